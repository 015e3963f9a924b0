-- What belongs to somebody in whose name the grantor may not act: it can grant nothing of it.
-- ?1 the grantor
SELECT object.kind, object.sch, object.name, object.sub, o.rolname AS owner, o.rolsuper
FROM (SELECT 'SCHEMA' AS kind, n.nspname::text AS sch, NULL::text AS name, NULL::text AS sub, n.nspowner AS owner
      FROM pg_namespace n
      UNION ALL
      SELECT CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, n.nspname, c.relname, NULL, c.relowner
      FROM pg_class c
           JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
      UNION ALL
      SELECT 'FUNCTION', n.nspname, p.proname, oidvectortypes(p.proargtypes), p.proowner
      FROM pg_proc p
           JOIN pg_namespace n ON n.oid = p.pronamespace
      UNION ALL
      SELECT 'TYPE', n.nspname, t.typname, NULL, t.typowner
      FROM pg_type t
           JOIN pg_namespace n ON n.oid = t.typnamespace
      WHERE t.typelem = 0 AND t.typrelid = 0) object
     JOIN pg_database d ON d.datname = current_database()
     JOIN pg_roles o ON o.oid = CASE WHEN object.owner = 'pg_database_owner'::regrole THEN d.datdba ELSE object.owner END,
     (SELECT ?::oid AS grantor) AS us
WHERE NOT pg_has_role(us.grantor, object.owner, 'USAGE')
  AND object.sch NOT IN ('pg_catalog', 'information_schema', 'pg_toast')

-- What everybody may do in this database, as far as that is more than is wise: the server's own dangerous defaults,
-- code that runs as its owner, and what somebody gave to everybody.
SELECT 'DATABASE' AS kind, d.datname::text AS sch, NULL::text AS name, held.privilege_type
FROM pg_database d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) held
WHERE d.datname = current_database() AND held.grantee = 0
UNION ALL
SELECT 'SCHEMA', n.nspname, NULL, held.privilege_type
FROM pg_namespace n, aclexplode(n.nspacl) held
WHERE held.grantee = 0 AND held.privilege_type = 'CREATE'
UNION ALL
SELECT CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, n.nspname, c.relname, held.privilege_type
FROM pg_class c
     JOIN pg_namespace n ON n.oid = c.relnamespace,
     aclexplode(c.relacl) held
WHERE held.grantee = 0
  AND c.oid >= 16384
  AND NOT EXISTS (SELECT FROM pg_depend e
                  WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e')
UNION ALL
SELECT 'FUNCTION', n.nspname, p.oid::regprocedure::text, held.privilege_type
FROM pg_proc p
     JOIN pg_namespace n ON n.oid = p.pronamespace,
     aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) held
WHERE held.grantee = 0 AND p.prosecdef AND p.oid >= 16384

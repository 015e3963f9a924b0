-- What roles hold on the objects of this database. Those that somebody made for his own session are left out: nobody else
-- reaches them, nobody but his session could take back what is granted on them, and they go with it.
-- ?1 the grantor role  ?2 the roles
WITH RECURSIVE place (id, name) AS (
    SELECT n.oid, n.nspname
    FROM pg_namespace n
    WHERE NOT starts_with(n.nspname, 'pg_temp_')
), object (kind, sch, name, sub, acl, wider, owner) AS (
    SELECT 'DATABASE', NULL::text, d.datname::text, NULL::text, d.datacl, NULL::aclitem[], d.datdba
    FROM pg_database d
    WHERE d.datname = current_database()
    UNION ALL
    SELECT 'SCHEMA', n.nspname, NULL, NULL, n.nspacl, NULL, n.nspowner
    FROM pg_namespace n
    UNION ALL
    SELECT CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, place.name, c.relname, NULL, c.relacl, NULL, c.relowner
    FROM pg_class c
         JOIN place ON place.id = c.relnamespace
    UNION ALL
    SELECT 'COLUMN', place.name, c.relname, a.attname::text, a.attacl, c.relacl, c.relowner
    FROM pg_attribute a
         JOIN pg_class c ON c.oid = a.attrelid
         JOIN place ON place.id = c.relnamespace
    WHERE a.attacl IS NOT NULL AND NOT a.attisdropped
    UNION ALL
    SELECT 'FUNCTION', place.name, p.proname, oidvectortypes(p.proargtypes), p.proacl, NULL, p.proowner
    FROM pg_proc p
         JOIN place ON place.id = p.pronamespace
    WHERE p.proacl IS NOT NULL
    UNION ALL
    SELECT 'TYPE', place.name, t.typname, NULL, t.typacl, NULL, t.typowner
    FROM pg_type t
         JOIN place ON place.id = t.typnamespace
    UNION ALL
    SELECT 'LANGUAGE', NULL, l.lanname, NULL, l.lanacl, NULL, l.lanowner
    FROM pg_language l
    UNION ALL
    SELECT 'FOREIGN_DATA_WRAPPER', NULL, w.fdwname, NULL, w.fdwacl, NULL, w.fdwowner
    FROM pg_foreign_data_wrapper w
    UNION ALL
    SELECT 'FOREIGN_SERVER', NULL, s.srvname, NULL, s.srvacl, NULL, s.srvowner
    FROM pg_foreign_server s
    UNION ALL
    SELECT 'LARGE_OBJECT', NULL, l.oid::text, NULL, l.lomacl, NULL, l.lomowner
    FROM pg_largeobject_metadata l
)
\include held

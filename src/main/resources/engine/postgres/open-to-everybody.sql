-- What everybody may do in this database, as far as that is more than is wise: what an application cannot tell from
-- an attack, and what is handed out without anybody having said so.
SELECT 'DATABASE' AS kind, d.datname::text AS sch, NULL::text AS name, NULL::text AS sub, held.privilege_type
FROM pg_database d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) held
WHERE d.datname = current_database() AND held.grantee = 0
UNION ALL
SELECT 'SCHEMA', n.nspname, NULL, NULL, held.privilege_type
FROM pg_namespace n, aclexplode(n.nspacl) held
WHERE held.grantee = 0 AND held.privilege_type = 'CREATE'
UNION ALL
SELECT CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, n.nspname, c.relname, NULL, held.privilege_type
FROM pg_class c
     JOIN pg_namespace n ON n.oid = c.relnamespace,
     aclexplode(c.relacl) held
WHERE held.grantee = 0 AND c.oid >= 16384
UNION ALL
SELECT 'FUNCTION', n.nspname, p.proname, oidvectortypes(p.proargtypes), held.privilege_type
FROM pg_proc p
     JOIN pg_namespace n ON n.oid = p.pronamespace,
     aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) held
WHERE held.grantee = 0 AND p.prosecdef AND p.oid >= 16384

-- What everybody may do in this database, as far as that is more than is wise: the server's own dangerous defaults,
-- code that runs as its owner, and what somebody gave to everybody, now or of what will be made. What the server or an
-- extension came with is wise enough; what was opened since is not.
WITH given (kind, class, id, part, sch, name, privilege, words) AS (
    SELECT CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, c.tableoid, c.oid, 0, n.nspname::text, c.relname::text,
           held.privilege_type, held.privilege_type
    FROM pg_class c
         JOIN pg_namespace n ON n.oid = c.relnamespace,
         aclexplode(c.relacl) held
    WHERE c.relacl IS NOT NULL AND held.grantee = 0
    UNION ALL
    SELECT 'TABLE', c.tableoid, c.oid, a.attnum, n.nspname, c.relname, held.privilege_type,
           format('%s (%I)', held.privilege_type, a.attname)
    FROM pg_attribute a
         JOIN pg_class c ON c.oid = a.attrelid
         JOIN pg_namespace n ON n.oid = c.relnamespace,
         aclexplode(a.attacl) held
    WHERE a.attacl IS NOT NULL AND held.grantee = 0 AND NOT a.attisdropped
    UNION ALL
    -- Whoever makes a function gives it to everybody, unless he says otherwise as the server did of what is dangerous.
    SELECT 'ROUTINE', p.tableoid, p.oid, 0, n.nspname, p.oid::regprocedure::text, held.privilege_type,
           held.privilege_type
    FROM pg_proc p
         JOIN pg_namespace n ON n.oid = p.pronamespace
         JOIN pg_init_privs i ON i.classoid = p.tableoid AND i.objoid = p.oid,
         aclexplode(p.proacl) held
    WHERE held.grantee = 0
    UNION ALL
    SELECT 'LARGE OBJECT', l.tableoid, l.oid, 0, '', l.oid::text, held.privilege_type, held.privilege_type
    FROM pg_largeobject_metadata l, aclexplode(l.lomacl) held
    WHERE held.grantee = 0
)
SELECT 'DATABASE' AS kind, d.datname::text AS sch, NULL::text AS name, held.privilege_type
FROM pg_database d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) held
WHERE d.datname = current_database() AND held.grantee = 0
UNION ALL
SELECT 'SCHEMA', n.nspname, NULL, held.privilege_type
FROM pg_namespace n, aclexplode(n.nspacl) held
WHERE held.grantee = 0 AND held.privilege_type = 'CREATE'
UNION ALL
SELECT 'FOREIGN SERVER', s.srvname, NULL, held.privilege_type
FROM pg_foreign_server s, aclexplode(s.srvacl) held
WHERE held.grantee = 0
UNION ALL
SELECT 'FOREIGN DATA WRAPPER', w.fdwname, NULL, held.privilege_type
FROM pg_foreign_data_wrapper w, aclexplode(w.fdwacl) held
WHERE held.grantee = 0
UNION ALL
SELECT 'TABLESPACE', t.spcname, NULL, held.privilege_type
FROM pg_tablespace t, aclexplode(t.spcacl) held
WHERE held.grantee = 0
UNION ALL
\include open-parameters
UNION ALL
SELECT given.kind, given.sch, given.name, given.words
FROM given
-- What is in here shows everybody no more than what is his; the server does not write down that it came with it.
WHERE given.sch <> 'information_schema'
  AND NOT EXISTS (SELECT
                  FROM pg_init_privs i, aclexplode(i.initprivs) at_first
                  WHERE i.classoid = given.class
                    AND i.objoid = given.id
                    AND i.objsubid = given.part
                    AND at_first.grantee = 0
                    AND at_first.privilege_type = given.privilege)
UNION ALL
SELECT 'FUNCTION', n.nspname, p.oid::regprocedure::text, held.privilege_type
FROM pg_proc p
     JOIN pg_namespace n ON n.oid = p.pronamespace,
     aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) held
WHERE held.grantee = 0 AND p.prosecdef AND p.oid >= 16384
UNION ALL
SELECT CASE d.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'n' THEN 'SCHEMAS' ELSE 'LARGE OBJECTS' END,
       coalesce(n.nspname, ''), pg_get_userbyid(d.defaclrole), held.privilege_type
FROM pg_default_acl d
     LEFT JOIN pg_namespace n ON n.oid = d.defaclnamespace,
     aclexplode(d.defaclacl) held
WHERE held.grantee = 0 AND d.defaclobjtype NOT IN ('f', 'T') -- which are everybody's anyway

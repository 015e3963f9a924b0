-- What roles hold on what belongs to the whole server.
-- ?1 the grantor role  ?2 the roles
WITH RECURSIVE object (kind, sch, name, sub, acl, wider, owner) AS (
    SELECT 'TABLESPACE', NULL::text, t.spcname::text, NULL::text, t.spcacl, NULL::aclitem[], t.spcowner
    FROM pg_tablespace t
)
\include held

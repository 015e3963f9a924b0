-- Whose future objects the grantor may not grant.
-- ?1 the grantor  ?2 names of roles
SELECT c.rolname, c.rolsuper
FROM pg_roles c,
     (SELECT ?::oid AS grantor) AS us
WHERE c.rolname = ANY (?)
  AND NOT pg_has_role(us.grantor, c.oid, 'USAGE')

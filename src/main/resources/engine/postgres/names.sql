-- ?1 roles
SELECT r.oid, r.rolname
FROM pg_roles r
WHERE r.oid = ANY (?)

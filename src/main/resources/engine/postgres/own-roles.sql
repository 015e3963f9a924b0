-- The roles of our own, and the connector.
-- ?1 their names
SELECT r.oid, r.rolname, r.rolcreaterole
FROM pg_roles r
WHERE r.rolname = ANY (?)

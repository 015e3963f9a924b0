-- The databases of the server, and whether our login may look into them.
SELECT d.oid, d.datname, d.datallowconn, has_database_privilege(session_user, d.oid, 'CONNECT') AS open_to_us
FROM pg_database d
ORDER BY d.datname

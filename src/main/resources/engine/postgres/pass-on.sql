-- Which privileges on this database the grantor may not pass on.
-- ?1 the grantor
SELECT wanted.privilege
FROM (VALUES ('CONNECT'), ('TEMPORARY')) AS wanted (privilege),
     (SELECT ?::oid AS grantor) AS us
WHERE NOT has_database_privilege(us.grantor, current_database(), wanted.privilege || ' WITH GRANT OPTION')

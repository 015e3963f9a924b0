-- What logins and roles of ours can do, or cannot do, by attributes that we never set.
-- ?1 the marker of contract roles  ?2 the marker  ?3 the marker of contract roles  ?4 the same  ?5 roles of our own
SELECT r.oid,
       array_remove(ARRAY[
           CASE WHEN r.rolsuper THEN 'SUPERUSER' END,
           CASE WHEN r.rolcreaterole THEN 'CREATEROLE' END,
           CASE WHEN r.rolcreatedb THEN 'CREATEDB' END,
           CASE WHEN r.rolreplication THEN 'REPLICATION' END,
           CASE WHEN r.rolbypassrls THEN 'BYPASSRLS' END,
           CASE WHEN NOT r.rolinherit THEN 'NOINHERIT' END,
           CASE WHEN m.roleid = ?::oid AND r.rolcanlogin THEN 'LOGIN' END,
           CASE WHEN r.rolconnlimit <> -1 THEN 'CONNECTION_LIMIT' END,
           CASE WHEN r.rolvaliduntil < 'infinity' THEN 'VALID_UNTIL' END], NULL) AS kinds
FROM pg_auth_members m
     JOIN pg_roles r ON r.oid = m.member
WHERE m.roleid IN (?::oid, ?::oid)
  AND (r.rolsuper OR r.rolcreaterole OR r.rolcreatedb OR r.rolreplication OR r.rolbypassrls OR NOT r.rolinherit
       OR (m.roleid = ?::oid AND r.rolcanlogin) OR r.rolconnlimit <> -1 OR r.rolvaliduntil < 'infinity')
  AND NOT m.member = ANY (?)

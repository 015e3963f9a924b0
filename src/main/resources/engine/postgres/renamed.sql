-- Who carries the mark of a role of our own that makes roles, and is called like none.
-- ?1 the mark  ?2 the names of ours
SELECT r.rolname
FROM pg_roles r
     JOIN pg_shdescription d ON d.objoid = r.oid AND d.classoid = 'pg_authid'::regclass
WHERE d.description = ?
  AND NOT r.rolname = ANY (?)
  AND r.rolcreaterole
  AND NOT r.rolcanlogin
  AND pg_has_role(session_user, r.oid,
\include becoming
)

-- Whoever has a comment that begins in one of some ways. No index knows comments: this reads all of them.
-- ?1 the marker  ?2 length of the beginnings  ?3 the beginnings
SELECT r.oid, r.rolname, r.rolcanlogin, d.description
FROM pg_shdescription d
     JOIN pg_roles r ON r.oid = d.objoid
WHERE d.classoid = 'pg_authid'::regclass
  AND EXISTS (SELECT FROM pg_auth_members m WHERE m.member = d.objoid AND m.roleid = ?::oid)
  AND left(d.description, ?) = ANY (?)

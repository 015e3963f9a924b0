-- Whoever has one of some names, by the index on names.
-- ?1 the marker  ?2 the marker of contract roles  ?3 the names
SELECT r.oid, r.rolname, r.rolcanlogin, d.description,
       EXISTS (SELECT FROM pg_auth_members m WHERE m.member = r.oid AND m.roleid = ?::oid) AS marked,
       EXISTS (SELECT FROM pg_auth_members m WHERE m.member = r.oid AND m.roleid = ?::oid) AS marked_role
FROM pg_roles r
     LEFT JOIN pg_shdescription d ON d.objoid = r.oid AND d.classoid = 'pg_authid'::regclass
WHERE r.rolname = ANY (?)

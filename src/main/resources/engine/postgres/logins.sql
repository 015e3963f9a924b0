-- Every member of the marker.
-- ?1 the marker
SELECT r.oid, r.rolname, r.rolcanlogin, d.description
FROM pg_auth_members m
     JOIN pg_roles r ON r.oid = m.member
     LEFT JOIN pg_shdescription d ON d.objoid = r.oid AND d.classoid = 'pg_authid'::regclass
WHERE m.roleid = ?::oid

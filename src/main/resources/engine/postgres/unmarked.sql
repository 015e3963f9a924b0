-- Whoever is no member of a marker, strangers all of them, whatever their comment says.
-- ?1 the marker  ?2 the marker of contract roles
SELECT r.oid, r.rolname, r.rolcanlogin, d.description
FROM pg_roles r
     LEFT JOIN pg_shdescription d ON d.objoid = r.oid AND d.classoid = 'pg_authid'::regclass
WHERE NOT EXISTS (SELECT FROM pg_auth_members m WHERE m.member = r.oid AND m.roleid IN (?::oid, ?::oid))

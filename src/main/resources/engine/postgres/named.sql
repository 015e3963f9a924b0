-- Whoever has one of some names or ids, by the indexes on both. Not with EXISTS, which the server may answer by reading all
-- members of a marker.
-- ?1 the marker  ?2 the marker of contract roles  ?3 the names  ?4 the ids
SELECT r.oid, r.rolname, r.rolcanlogin, d.description,
       (SELECT true FROM pg_auth_members m WHERE m.member = r.oid AND m.roleid = ?::oid LIMIT 1) IS NOT NULL AS marked,
       (SELECT true FROM pg_auth_members m WHERE m.member = r.oid AND m.roleid = ?::oid LIMIT 1) IS NOT NULL AS marked_role
FROM pg_roles r
     LEFT JOIN pg_shdescription d ON d.objoid = r.oid AND d.classoid = 'pg_authid'::regclass
WHERE r.rolname = ANY (?)
   OR r.oid = ANY (?::oid[])

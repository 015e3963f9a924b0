-- Our logins and roles that the grantor role may not pass on or change, since it did not make them.
-- ?1 the marker  ?2 the marker of contract roles  ?3 other roles of our own  ?4 ?5 the grantor role
SELECT r.rolname
FROM (SELECT m.member FROM pg_auth_members m WHERE m.roleid IN (?::oid, ?::oid)
      UNION ALL
      SELECT unnest(?)) AS needed (id)
     JOIN pg_roles r ON r.oid = needed.id
WHERE needed.id <> ?::oid
  AND NOT EXISTS (SELECT FROM pg_auth_members a
                  WHERE a.roleid = needed.id AND a.member = ?::oid AND a.admin_option)
LIMIT 21

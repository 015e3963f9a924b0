-- Privileges, policies and belongings that go by a login itself, where people are to hold memberships alone, and what
-- contract roles own. What suspended logins own is looked at elsewhere.
-- ?1 the marker  ?2 the marker of contract roles  ?3 roles of our own
SELECT r.rolname, coalesce(d.datname, '') AS database, s.deptype::text AS how, count(*) AS objects
FROM pg_auth_members m
     JOIN pg_roles r ON r.oid = m.member
     JOIN pg_shdepend s ON s.refclassid = 'pg_authid'::regclass AND s.refobjid = m.member
     LEFT JOIN pg_database d ON d.oid = s.dbid
WHERE (m.roleid = ?::oid AND s.deptype IN ('a', 'r') OR m.roleid = ?::oid AND s.deptype = 'o')
  AND s.classid <> 'pg_auth_members'::regclass
  AND NOT m.member = ANY (?)
GROUP BY r.rolname, d.datname, s.deptype
ORDER BY r.rolname
LIMIT 101

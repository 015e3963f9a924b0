-- Members of our logins and roles that are neither.
-- ?1 ?4 ?6 the marker  ?2 ?5 the marker of contract roles  ?3 roles of our own  ?7 ?8 between which names keepers have theirs
-- ?9 the registrar, who made them: the server itself gave it the right to pass them on
SELECT role.rolname AS role, member.rolname AS member, grantor.rolname AS grantor
FROM pg_auth_members marked
     JOIN pg_auth_members m ON m.roleid = marked.member
     JOIN pg_roles role ON role.oid = m.roleid
     JOIN pg_roles member ON member.oid = m.member
     LEFT JOIN pg_roles grantor ON grantor.oid = m.grantor
WHERE marked.roleid IN (?::oid, ?::oid)
  AND NOT m.member = ANY (?)
  AND NOT EXISTS (SELECT FROM pg_auth_members x WHERE x.member = m.member AND x.roleid IN (?::oid, ?::oid))
  AND NOT (marked.roleid = ?::oid AND m.admin_option AND member.rolname >= ? AND member.rolname < ?
           AND m.member IN (SELECT made.roleid
                            FROM pg_auth_members made
                            WHERE made.member = ?::oid AND made.admin_option AND made.grantor = 10))

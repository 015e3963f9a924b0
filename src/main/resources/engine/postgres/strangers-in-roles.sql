-- Members of our logins and roles that are neither. Names are looked up for those that are found, not for everybody.
-- ?1 ?4 ?6 the marker  ?2 ?5 the marker of contract roles  ?3 roles of our own  ?7 ?8 between which names keepers have theirs
-- ?9 the registrar, who made them: the server itself gave it the right to pass them on
SELECT (SELECT rolname FROM pg_roles WHERE oid = m.roleid) AS role,
       (SELECT rolname FROM pg_roles WHERE oid = m.member) AS member,
       (SELECT rolname FROM pg_roles WHERE oid = m.grantor) AS grantor
FROM pg_auth_members marked
     JOIN pg_auth_members m ON m.roleid = marked.member
WHERE marked.roleid IN (?::oid, ?::oid)
  AND NOT m.member = ANY (?)
  AND NOT EXISTS (SELECT FROM pg_auth_members x WHERE x.member = m.member AND x.roleid IN (?::oid, ?::oid))
  AND NOT (marked.roleid = ?::oid AND m.admin_option
           AND m.member IN (SELECT made.roleid
                            FROM pg_auth_members made
                                 JOIN pg_roles keeper ON keeper.oid = made.roleid
                            WHERE keeper.rolname >= ? AND keeper.rolname < ?
                              AND made.member = ?::oid AND made.admin_option AND made.grantor = 10))

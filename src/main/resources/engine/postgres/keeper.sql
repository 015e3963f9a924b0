-- Who of ours may change a login.
-- ?1 the login  ?2 the grantor role  ?3 ?4 between which names keepers have theirs
SELECT k.rolname
FROM pg_auth_members a
     JOIN pg_roles k ON k.oid = a.member
WHERE a.roleid = ?::oid
  AND a.admin_option
  AND (k.oid = ?::oid OR k.rolname >= ? AND k.rolname < ?)
LIMIT 1

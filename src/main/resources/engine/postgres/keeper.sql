-- Who of ours may change a login.
-- ?1 the login  ?2 the grantor role  ?3 the registrar
SELECT k.rolname
FROM pg_auth_members a
     JOIN pg_roles k ON k.oid = a.member
WHERE a.roleid = ?::oid
  AND a.admin_option
  AND (k.oid = ?::oid OR k.oid IN
\include made
  )
LIMIT 1

-- Keepers of ours, between two names: one that only is called so was not made by the registrar, whom the server itself
-- gave the right to pass on what it makes.
FROM pg_roles k
WHERE k.rolname >= ? AND k.rolname < ?
  AND EXISTS (SELECT
              FROM pg_auth_members made
              WHERE made.roleid = k.oid AND made.member = ?::oid AND made.admin_option AND made.grantor = 10)

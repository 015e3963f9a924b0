-- Those of the keepers that `registrar` made that may not change the logins that they made, or that our login cannot
-- become any more.
(SELECT k.rolname, k.rolcreaterole, k.settable
 FROM (SELECT r.rolname, r.rolcreaterole, r.rolsuper,
              EXISTS (SELECT
                      FROM pg_auth_members way
                      WHERE way.roleid = made.roleid AND way.member = made.member AND way.set_option) AS settable
       FROM pg_auth_members made
            JOIN pg_roles r ON r.oid = made.roleid
       WHERE made.member = registrar.oid AND made.admin_option AND made.grantor = 10) k
 WHERE NOT k.settable OR NOT (k.rolcreaterole OR k.rolsuper))

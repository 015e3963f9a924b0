-- Whether a login was made by us, or given a contract role by us.
-- ?1 the login  ?2 the grantor role  ?3 ?4 between which names keepers have theirs  ?5 the marker of contract roles
WITH asked (login, grantor, first, last, marker) AS (SELECT ?::oid, ?::oid, ?::text, ?::text, ?::oid)
SELECT EXISTS (SELECT
               FROM pg_auth_members a
                    JOIN pg_roles k ON k.oid = a.member
               WHERE a.roleid = asked.login
                 AND a.admin_option
                 AND (k.oid = asked.grantor OR k.rolname >= asked.first AND k.rolname < asked.last))
       OR EXISTS (SELECT
                  FROM pg_auth_members m
                       JOIN pg_auth_members c ON c.member = m.roleid AND c.roleid = asked.marker
                  WHERE m.member = asked.login
                    AND m.grantor = asked.grantor)
FROM asked

-- Whether a login was made by us, or given a contract role by us.
-- ?1 the login  ?2 the grantor role  ?3 the marker of contract roles  ?4 the registrar
WITH asked (login, grantor, marker) AS (SELECT ?::oid, ?::oid, ?::oid)
SELECT EXISTS (SELECT
               FROM pg_auth_members a
               WHERE a.roleid = asked.login
                 AND a.admin_option
                 AND (a.member = asked.grantor OR a.member IN
\include made
                 ))
       OR EXISTS (SELECT
                  FROM pg_auth_members m
                       JOIN pg_auth_members c ON c.member = m.roleid AND c.roleid = asked.marker
                  WHERE m.member = asked.login
                    AND m.grantor = asked.grantor)
FROM asked

-- Members of our logins and roles, and of the roles of our own, that are none of these. Names are looked up for those that
-- are found, not for everybody.
-- ?1 the registrar, or zero before 16  ?2 ?4 ?8 the marker  ?3 ?5 the marker of contract roles  ?6 ?7 ?10 roles of our own
-- ?9 those of our own that nobody else is to be in
WITH keepers (id) AS MATERIALIZED
\include made
, found (role, member, grantor) AS (
    SELECT m.roleid, m.member, m.grantor
    FROM pg_auth_members marked
         JOIN pg_auth_members m ON m.roleid = marked.member
    WHERE marked.roleid IN (?::oid, ?::oid)
      AND NOT EXISTS (SELECT FROM pg_auth_members x WHERE x.member = m.member AND x.roleid IN (?::oid, ?::oid))
      AND NOT m.member = ANY (?)
      AND NOT marked.member = ANY (?) -- who may pass the marker on is one of them
      AND NOT (marked.roleid = ?::oid AND m.admin_option AND m.member IN (SELECT id FROM keepers))
    UNION
    -- Whoever makes a role may pass it on, and has nothing of it.
    SELECT m.roleid, m.member, m.grantor
    FROM pg_auth_members m
    WHERE (m.roleid = ANY (?) OR m.roleid IN (SELECT id FROM keepers))
      AND NOT m.member = ANY (?)
      AND NOT m.member IN (SELECT id FROM keepers)
      AND NOT (m.grantor = 10 AND m.admin_option AND to_jsonb(m) ->> 'set_option' = 'false'
               AND to_jsonb(m) ->> 'inherit_option' = 'false')
)
SELECT (SELECT rolname FROM pg_roles WHERE oid = found.role) AS role,
       (SELECT rolname FROM pg_roles WHERE oid = found.member) AS member,
       (SELECT rolname FROM pg_roles WHERE oid = found.grantor) AS grantor
FROM found

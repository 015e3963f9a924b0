-- Which powers our login and the roles of our own have that our work does not need: by attributes of their own, by
-- membership in a superuser, and our login by having at once what it is to become somebody for.
-- ?1 ?2 the grantor and the registrar, who make roles  ?3 ours  ?4 the registrar, or zero before 16  ?5 ?6 the grantor and the
-- registrar
WITH own (id, makes) AS (
    SELECT id, id IN (?::oid, ?::oid)
    FROM unnest(?::oid[]) AS id
    UNION ALL
    SELECT k.oid, true
\include keepers
), in_superusers (superuser, member, member_name, grantor) AS MATERIALIZED (
    -- Before anything else: to ask whether somebody is a member of a role, the server gathers all that our login is a member
    -- of, and that is every login there is.
    SELECT s.rolname, m.oid, m.rolname, a.grantor
    FROM pg_auth_members a
         JOIN pg_roles s ON s.oid = a.roleid
         JOIN pg_roles m ON m.oid = a.member
    WHERE s.rolsuper AND NOT m.rolsuper
      -- Of ours it is told already, and our work needs them as members of each other.
      AND s.oid NOT IN (SELECT own.id FROM own)
      AND NOT (SELECT c.rolsuper FROM pg_roles c WHERE c.rolname = session_user)
)
SELECT format('%s has %s', r.rolname, concat_ws(', ',
              CASE WHEN r.rolsuper THEN 'SUPERUSER' END,
              CASE WHEN needed.no_login THEN 'LOGIN' END,
              CASE WHEN r.rolcreaterole AND needed.no_makes THEN 'CREATEROLE' END,
              CASE WHEN r.rolcreatedb THEN 'CREATEDB' END,
              CASE WHEN r.rolreplication THEN 'REPLICATION' END,
              CASE WHEN r.rolbypassrls THEN 'BYPASSRLS' END)) AS power,
       -- The first superuser stays one.
       CASE WHEN r.oid <> 10 THEN format('ALTER ROLE %I %s;', r.rolname, concat_ws(' ',
              CASE WHEN r.rolsuper THEN 'NOSUPERUSER' END,
              CASE WHEN needed.no_login THEN 'NOLOGIN' END,
              CASE WHEN r.rolcreaterole AND needed.no_makes THEN 'NOCREATEROLE' END,
              CASE WHEN r.rolcreatedb THEN 'NOCREATEDB' END,
              CASE WHEN r.rolreplication THEN 'NOREPLICATION' END,
              CASE WHEN r.rolbypassrls THEN 'NOBYPASSRLS' END)) END AS remedy
FROM pg_roles r
     JOIN own ON own.id = r.oid
     CROSS JOIN LATERAL (SELECT r.rolcanlogin AND r.rolname <> session_user AS no_login,
                                NOT own.makes AS no_makes) needed
WHERE r.rolsuper OR needed.no_login OR (r.rolcreaterole AND needed.no_makes) OR r.rolcreatedb OR r.rolreplication
   OR r.rolbypassrls
UNION ALL
SELECT format('%s is a member of %s, which is a superuser', i.member_name, i.superuser),
       format('REVOKE %I FROM %I%s;', i.superuser, i.member_name,
              CASE WHEN current_setting('server_version_num')::int >= 160000
                   THEN format(' GRANTED BY %I', g.rolname) ELSE '' END)
FROM in_superusers i
     LEFT JOIN pg_roles g ON g.oid = i.grantor
WHERE pg_has_role(session_user, i.member, 'MEMBER')
UNION ALL
SELECT format('%s has what %s may without becoming it', c.rolname, r.rolname),
       CASE WHEN current_setting('server_version_num')::int >= 160000
            THEN format('GRANT %I TO %I WITH INHERIT FALSE GRANTED BY %I;', r.rolname, c.rolname, g.rolname)
            ELSE format('ALTER ROLE %I NOINHERIT;', c.rolname) END
FROM pg_auth_members a
     JOIN pg_roles r ON r.oid = a.roleid
     JOIN pg_roles c ON c.oid = a.member
     LEFT JOIN pg_roles g ON g.oid = a.grantor
WHERE r.oid IN (?::oid, ?::oid)
  AND c.rolname = session_user
  AND NOT c.rolsuper
  AND coalesce((to_jsonb(a) ->> 'inherit_option')::boolean, c.rolinherit)

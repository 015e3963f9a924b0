-- Which of the rights that our work needs are missing: what each is about, and what gives it.
-- ?1 the name of the heir, or an empty text  ?2 the grantor role  ?3 to ?6 the registrar, or zero before 16
WITH us AS (
    SELECT session_user AS connector, g.oid, g.rolname AS grantor, g.rolcreaterole, h.oid AS heir_id, h.rolname AS heir, h.rolsuper AS heir_super, wanted.heir AS wanted,
           CASE WHEN grantors THEN ' WITH INHERIT FALSE, SET TRUE' ELSE '' END AS becoming,
           CASE WHEN grantors THEN ' WITH INHERIT TRUE, SET TRUE' ELSE '' END AS acting
    FROM pg_roles g
         CROSS JOIN (SELECT current_setting('server_version_num')::int >= 160000) AS version (grantors)
         CROSS JOIN (SELECT ?::text) AS wanted (heir)
         LEFT JOIN pg_roles h ON h.rolname = wanted.heir
    WHERE g.oid = ?::oid
)
SELECT 'GRANTOR' AS subject, 'the grantor may not create roles' AS lacks, format('ALTER ROLE %I CREATEROLE;', us.grantor) AS remedy
FROM us
WHERE NOT us.rolcreaterole
UNION ALL
SELECT 'REGISTRAR', 'the registrar may not create roles', format('ALTER ROLE %I CREATEROLE;', r.rolname)
FROM pg_roles r
WHERE r.oid = ?::oid AND NOT r.rolcreaterole
UNION ALL
SELECT 'KEEPERS', format('%s may not change the logins that it made', k.rolname),
       concat_ws(' ', CASE WHEN NOT k.rolcreaterole THEN format('ALTER ROLE %I CREATEROLE;', k.rolname) END,
                      CASE WHEN NOT k.settable THEN format('GRANT %I TO %I WITH INHERIT FALSE, SET TRUE;', k.rolname, r.rolname) END)
FROM pg_roles r,
\include lame-keepers
k
WHERE r.oid = ?::oid
UNION ALL
SELECT 'REGISTRAR', 'our login may not become the registrar', format('GRANT %I TO %I%s;', r.rolname, session_user, us.becoming)
FROM pg_roles r, us
WHERE r.oid = ?::oid AND NOT pg_has_role(session_user, r.oid,
\include becoming
)
UNION ALL
SELECT 'GRANTOR', 'our login may not become the grantor', format('GRANT %I TO %I%s;', us.grantor, us.connector, us.becoming)
FROM us
WHERE NOT pg_has_role(us.connector, us.oid,
\include becoming
)
UNION ALL
SELECT 'SESSIONS', 'the grantor may not end sessions', format('GRANT pg_signal_backend TO %I;', us.grantor)
FROM us
WHERE NOT pg_has_role(us.oid, 'pg_signal_backend', 'USAGE')
UNION ALL
SELECT 'HEIR', format('the grantor may not hand leavers'' data to the heir, %s%s', us.heir,
                      CASE WHEN us.heir_super THEN ', which is a superuser: let it be one no more, or name another' ELSE '' END),
       CASE WHEN NOT us.heir_super THEN format('GRANT %I TO %I%s;', us.heir, us.grantor, us.acting) END
FROM us
WHERE us.heir_id IS NOT NULL AND NOT pg_has_role(us.oid, us.heir_id, 'MEMBER')
UNION ALL
SELECT 'HEIR', format('there is no role %s, the heir', us.wanted),
       format('CREATE ROLE %I NOLOGIN; GRANT %I TO %I%s;', us.wanted, us.wanted, us.grantor, us.acting)
FROM us
WHERE us.wanted <> '' AND us.heir_id IS NULL

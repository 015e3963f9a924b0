-- Which of the rights that our work needs are missing, each with what gives it.
-- ?1 the name of the heir, or an empty text  ?2 the grantor role  ?3 to ?6 the registrar, or zero before 16
WITH us AS (
    SELECT session_user AS connector, g.oid, g.rolname AS grantor, g.rolcreaterole, h.oid AS heir_id, h.rolname AS heir
    FROM pg_roles g
         LEFT JOIN pg_roles h ON h.rolname = ?
    WHERE g.oid = ?::oid
)
SELECT 'the grantor may not create roles' AS lacks, format('ALTER ROLE %I CREATEROLE;', us.grantor) AS remedy
FROM us
WHERE NOT us.rolcreaterole
UNION ALL
SELECT 'the registrar may not create roles', format('ALTER ROLE %I CREATEROLE;', r.rolname)
FROM pg_roles r
WHERE r.oid = ?::oid AND NOT r.rolcreaterole
UNION ALL
SELECT format('%s may not change the logins that it made', k.rolname),
       concat_ws(' ', CASE WHEN NOT k.rolcreaterole THEN format('ALTER ROLE %I CREATEROLE;', k.rolname) END,
                      CASE WHEN NOT k.settable THEN format('GRANT %I TO %I WITH INHERIT FALSE, SET TRUE;', k.rolname, r.rolname) END)
FROM pg_roles r,
\include lame-keepers
k
WHERE r.oid = ?::oid
UNION ALL
SELECT 'our login may not become the registrar', format('GRANT %I TO %I;', r.rolname, session_user)
FROM pg_roles r
WHERE r.oid = ?::oid AND NOT pg_has_role(session_user, r.oid,
\include becoming
)
UNION ALL
SELECT 'our login may not become the grantor', format('GRANT %I TO %I;', us.grantor, us.connector)
FROM us
WHERE NOT pg_has_role(us.connector, us.oid,
\include becoming
)
UNION ALL
SELECT 'the grantor may not end sessions', format('GRANT pg_signal_backend TO %I;', us.grantor)
FROM us
WHERE NOT pg_has_role(us.oid, 'pg_signal_backend', 'USAGE')
UNION ALL
SELECT format('the grantor may not hand leavers'' data to the heir, %s', us.heir),
       format('GRANT %I TO %I;', us.heir, us.grantor)
FROM us
WHERE us.heir_id IS NOT NULL AND NOT pg_has_role(us.oid, us.heir_id, 'MEMBER')

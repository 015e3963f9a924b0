-- Which of the rights that our work needs are missing: what it is about, whose right it is, and what is there of it.
-- ?1 the grantor, or zero  ?2 the registrar, or zero before 16  ?3 the registrar
-- ?4 the name of the heir, or an empty text  ?5 the grantor
SELECT 'MAKER' AS about, maker.rolname::text AS role, maker.rolcreaterole AS one, maker.settable AS other
FROM (SELECT m.rolname, m.rolcreaterole, pg_has_role(session_user, m.oid,
\include becoming
      ) AS settable
      FROM pg_roles m
      WHERE m.oid IN (?::oid, ?::oid)) maker
WHERE NOT maker.rolcreaterole OR NOT maker.settable
UNION ALL
SELECT 'KEEPER', keeper.rolname, keeper.rolcreaterole, keeper.settable
FROM (
\include lame-keepers
) keeper
UNION ALL
SELECT missing.about, missing.role, missing.one, missing.other
FROM (SELECT ?::text AS heir) AS wanted,
     (SELECT g.oid FROM pg_roles g WHERE g.oid = ?::oid) AS grantor,
     LATERAL (SELECT 'SESSIONS', 'pg_signal_backend', true, true
              WHERE NOT pg_has_role(grantor.oid, 'pg_signal_backend', 'USAGE')
              UNION ALL
              SELECT 'HEIR', h.rolname, true, h.rolsuper
              FROM pg_roles h
              WHERE h.rolname = wanted.heir AND NOT pg_has_role(grantor.oid, h.oid,
\include becoming
              )
              UNION ALL
              SELECT 'HEIR', wanted.heir, false, false
              WHERE wanted.heir <> '' AND NOT EXISTS (SELECT FROM pg_roles h WHERE h.rolname = wanted.heir)
             ) AS missing (about, role, one, other)

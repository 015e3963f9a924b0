-- What roles of our own have that are to hold nothing: of which roles they are members, and on how much of each
-- database, or of the server, they hold privileges or are named in policies. Whoever is ours is a member of a
-- marker, and before 16 has what it has.
-- ?1 ?2 the markers and the quarantine
SELECT h.rolname AS holder, r.rolname AS role, g.rolname AS grantor, NULL::name AS database, 1::bigint AS objects, false AS owns
FROM pg_auth_members m
     JOIN pg_roles h ON h.oid = m.member
     JOIN pg_roles r ON r.oid = m.roleid
     LEFT JOIN pg_roles g ON g.oid = m.grantor
WHERE m.member = ANY (?)
UNION ALL
SELECT h.rolname, NULL, NULL, d.datname, count(*),
       EXISTS (SELECT
               FROM pg_shdepend o
               WHERE o.refclassid = 'pg_authid'::regclass AND o.refobjid = h.oid AND o.deptype = 'o'
                 AND o.dbid IN (0, coalesce(d.oid, 0)))
FROM pg_shdepend s
     JOIN pg_roles h ON h.oid = s.refobjid
     LEFT JOIN pg_database d ON d.oid = CASE WHEN s.classid = 'pg_database'::regclass THEN s.objid ELSE s.dbid END
WHERE s.refclassid = 'pg_authid'::regclass
  AND s.refobjid = ANY (?)
  AND s.deptype IN ('a', 'r')
  AND s.classid <> 'pg_auth_members'::regclass
GROUP BY h.oid, h.rolname, d.oid, d.datname

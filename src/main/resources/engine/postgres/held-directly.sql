-- Where privileges and policies go by a login itself, while people are to hold memberships alone, and what contract roles
-- own. A privilege on a database counts for that database, one on what no database has for none. What suspended logins own
-- is looked at elsewhere.
-- ?1 the marker  ?2 the marker of contract roles  ?3 roles of our own
SELECT held.login, held.how, coalesce(held.database, 0) AS database, coalesce(d.datname, '') AS name, count(*) AS objects
FROM (SELECT m.member AS login, s.deptype::text AS how,
             CASE WHEN s.classid = 'pg_database'::regclass THEN s.objid ELSE s.dbid END AS database
      FROM pg_auth_members m
           JOIN pg_shdepend s ON s.refclassid = 'pg_authid'::regclass AND s.refobjid = m.member
      WHERE (m.roleid = ?::oid AND s.deptype IN ('a', 'r') OR m.roleid = ?::oid AND s.deptype = 'o')
        AND s.classid <> 'pg_auth_members'::regclass
        AND NOT m.member = ANY (?)) held
     LEFT JOIN pg_database d ON d.oid = held.database
GROUP BY held.login, held.how, held.database, d.datname

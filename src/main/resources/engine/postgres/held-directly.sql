-- Where privileges and policies go by a login itself, while people are to hold memberships alone, what contract roles own,
-- and what these hold or are named in where the target manages nothing. A privilege on a database counts for that
-- database, one on what no database has for none. What suspended logins own is looked at elsewhere.
-- ?1 ?3 the marker  ?2 the marker of contract roles  ?4 databases that are not managed  ?5 roles of our own
SELECT held.login, held.how, coalesce(held.database, 0) AS database, coalesce(d.datname, '') AS name, count(*) AS objects
FROM (SELECT m.member AS login, s.deptype::text AS how, place.database
      FROM pg_auth_members m
           JOIN pg_shdepend s ON s.refclassid = 'pg_authid'::regclass AND s.refobjid = m.member,
           LATERAL (SELECT CASE WHEN s.classid = 'pg_database'::regclass THEN s.objid ELSE s.dbid END) place (database)
      WHERE m.roleid IN (?::oid, ?::oid)
        AND CASE WHEN m.roleid = ?::oid THEN s.deptype IN ('a', 'r')
                 ELSE s.deptype = 'o' OR s.deptype IN ('a', 'r') AND place.database = ANY (?::oid[]) END
        AND s.classid <> 'pg_auth_members'::regclass
        AND NOT m.member = ANY (?)) held
     LEFT JOIN pg_database d ON d.oid = held.database
GROUP BY held.login, held.how, held.database, d.datname

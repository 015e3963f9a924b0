-- What sessions of our logins and roles begin with, by settings of their own.
-- ?1 the marker  ?2 the marker of contract roles  ?3 roles of our own
SELECT s.setrole, d.datname, split_part(setting, '=', 1) AS parameter
FROM pg_db_role_setting s
     LEFT JOIN pg_database d ON d.oid = s.setdatabase,
     unnest(s.setconfig) setting
WHERE s.setrole IN (SELECT m.member FROM pg_auth_members m WHERE m.roleid IN (?::oid, ?::oid))
  AND NOT s.setrole = ANY (?)

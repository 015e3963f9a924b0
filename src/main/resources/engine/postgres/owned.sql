-- In which databases some roles own something, and what they own of the whole server (database zero).
-- ?1 the roles
SELECT DISTINCT s.refobjid AS owner, s.dbid,
       CASE WHEN s.dbid = 0 THEN pg_describe_object(s.classid, s.objid, s.objsubid) END AS what
FROM pg_shdepend s
WHERE s.refclassid = 'pg_authid'::regclass
  AND s.refobjid = ANY (?)
  AND s.deptype = 'o'

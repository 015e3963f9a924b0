-- Open sessions by the id of their login, which they keep when the login is dropped. Helpers of a parallel query end
-- with their leader.
SELECT a.usesysid, count(*) AS sessions, array_agg(a.pid) AS pids, bool_and(r.oid IS NULL) AS ghost
FROM pg_stat_get_activity(NULL) a
     LEFT JOIN pg_roles r ON r.oid = a.usesysid
WHERE a.usesysid IS NOT NULL
  AND a.leader_pid IS NULL
GROUP BY a.usesysid

-- Transactions that wait to be committed or rolled back, whoever prepared them.
SELECT x.ownerid, x.gid, d.datname
FROM pg_prepared_xact() x
     JOIN pg_database d ON d.oid = x.dbid

-- Since when the settings of logins and roles are as they are: all of one for one database are one row. The number of a
-- transaction whose row is frozen may belong to another one by now.
-- ?1 logins and roles  ?2 databases, or empty texts
SELECT asked.place,
       CASE WHEN current_setting('track_commit_timestamp') = 'on' AND age(s.xmin) <= age(catalogue.relfrozenxid)
            THEN pg_xact_commit_timestamp(s.xmin)
       END AS since,
       NULL AS author
FROM unnest(?::text[], ?::text[]) WITH ORDINALITY AS asked (role, database, place)
     JOIN pg_roles role ON role.rolname = asked.role::name
     JOIN pg_db_role_setting s ON s.setrole = role.oid
     LEFT JOIN pg_database d ON d.oid = s.setdatabase
     JOIN pg_class catalogue ON catalogue.oid = s.tableoid
WHERE asked.database = coalesce(d.datname, '')

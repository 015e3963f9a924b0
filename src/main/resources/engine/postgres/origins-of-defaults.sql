-- Since when default privileges of this database are as they are. The number of a transaction whose row is frozen may
-- belong to another one by now.
-- ?1 creators  ?2 schemas, or empty texts  ?3 kinds
SELECT asked.place,
       CASE WHEN current_setting('track_commit_timestamp') = 'on' AND age(d.xmin) <= age(catalogue.relfrozenxid)
            THEN pg_xact_commit_timestamp(d.xmin)
       END AS since,
       NULL AS author
FROM unnest(?::text[], ?::text[], ?::text[]) WITH ORDINALITY AS asked (creator, sch, kind, place)
     JOIN pg_roles creator ON creator.rolname = asked.creator::name
     JOIN pg_default_acl d ON d.defaclrole = creator.oid
          AND asked.kind = CASE d.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'FUNCTIONS'
                                                WHEN 'T' THEN 'TYPES' WHEN 'n' THEN 'SCHEMAS' WHEN 'L' THEN 'LARGE_OBJECTS' END
     LEFT JOIN pg_namespace n ON n.oid = d.defaclnamespace
     JOIN pg_class catalogue ON catalogue.oid = d.tableoid
WHERE asked.sch = coalesce(n.nspname, '')

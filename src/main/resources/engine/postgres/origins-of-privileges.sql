-- Since when the privileges on objects of this database are as they are. They are part of the object's row, so whatever
-- else changed the row counts too. The number of a transaction whose row is frozen may belong to another one by now.
-- ?1 kinds  ?2 schemas  ?3 names  ?4 columns; empty texts where there is no such thing
WITH object (kind, sch, name, sub, catalogue, written) AS (
    SELECT 'DATABASE', '', '', '', d.tableoid, d.xmin
    FROM pg_database d
    WHERE d.datname = current_database()
    UNION ALL
    SELECT 'SCHEMA', n.nspname::text, '', '', n.tableoid, n.xmin
    FROM pg_namespace n
    UNION ALL
    SELECT CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, n.nspname, c.relname, '', c.tableoid, c.xmin
    FROM pg_class c
         JOIN pg_namespace n ON n.oid = c.relnamespace
    UNION ALL
    SELECT 'COLUMN', n.nspname, c.relname, a.attname, a.tableoid, a.xmin
    FROM pg_attribute a
         JOIN pg_class c ON c.oid = a.attrelid
         JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE NOT a.attisdropped
    UNION ALL
    SELECT 'FUNCTION', n.nspname, p.proname || '(' || oidvectortypes(p.proargtypes) || ')', '', p.tableoid, p.xmin
    FROM pg_proc p
         JOIN pg_namespace n ON n.oid = p.pronamespace
    UNION ALL
    SELECT 'TYPE', n.nspname, t.typname, '', t.tableoid, t.xmin
    FROM pg_type t
         JOIN pg_namespace n ON n.oid = t.typnamespace
    UNION ALL
    SELECT 'LANGUAGE', '', l.lanname, '', l.tableoid, l.xmin
    FROM pg_language l
    UNION ALL
    SELECT 'FOREIGN_DATA_WRAPPER', '', w.fdwname, '', w.tableoid, w.xmin
    FROM pg_foreign_data_wrapper w
    UNION ALL
    SELECT 'FOREIGN_SERVER', '', s.srvname, '', s.tableoid, s.xmin
    FROM pg_foreign_server s
    UNION ALL
    SELECT 'LARGE_OBJECT', '', l.oid::text, '', l.tableoid, l.xmin
    FROM pg_largeobject_metadata l
    UNION ALL
    SELECT 'TABLESPACE', '', t.spcname, '', t.tableoid, t.xmin
    FROM pg_tablespace t
)
SELECT asked.place,
       CASE WHEN current_setting('track_commit_timestamp') = 'on' AND age(object.written) <= age(catalogue.relfrozenxid)
            THEN pg_xact_commit_timestamp(object.written)
       END AS since,
       NULL AS author
FROM unnest(?::text[], ?::text[], ?::text[], ?::text[]) WITH ORDINALITY AS asked (kind, sch, name, sub, place)
     JOIN object ON object.kind = asked.kind AND object.sch = asked.sch AND object.name = asked.name AND object.sub = asked.sub
     JOIN pg_class catalogue ON catalogue.oid = object.catalogue

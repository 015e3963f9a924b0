-- Views on tables whose rows we limit that show all rows, because they read with their owner's rights.
-- ?1 our policy's mark
SELECT DISTINCT vn.nspname, v.relname, tn.nspname AS table_schema, t.relname AS table_name,
       v.relkind = 'v' AND current_setting('server_version_num')::int >= 150000 AS mendable
FROM pg_policy p
     JOIN pg_description d ON d.objoid = p.oid AND d.classoid = 'pg_policy'::regclass AND starts_with(d.description, ?)
     JOIN pg_class t ON t.oid = p.polrelid
     JOIN pg_namespace tn ON tn.oid = t.relnamespace
     JOIN pg_depend use ON use.refclassid = 'pg_class'::regclass AND use.refobjid = t.oid
                       AND use.classid = 'pg_rewrite'::regclass
     JOIN pg_rewrite w ON w.oid = use.objid AND w.ev_class <> t.oid
     JOIN pg_class v ON v.oid = w.ev_class AND v.relkind IN ('v', 'm')
     JOIN pg_namespace vn ON vn.oid = v.relnamespace
WHERE NOT coalesce(v.reloptions::text[] && ARRAY['security_invoker=true', 'security_invoker=on',
                                                 'security_invoker=1', 'security_invoker=yes'], false)

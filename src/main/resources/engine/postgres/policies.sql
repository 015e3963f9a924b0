-- The row policies of this database, with what the server made of their conditions.
SELECT n.nspname, c.relname, p.polname, p.polcmd::text AS command, p.polpermissive, p.polroles,
       coalesce(pg_get_expr(p.polqual, p.polrelid), '') || '/' || coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '')
           AS form,
       d.description
FROM pg_policy p
     JOIN pg_class c ON c.oid = p.polrelid
     JOIN pg_namespace n ON n.oid = c.relnamespace
     LEFT JOIN pg_description d ON d.objoid = p.oid AND d.classoid = 'pg_policy'::regclass AND d.objsubid = 0

-- Since when the policies of single roles in this database are as they are. The number of a transaction whose row is
-- frozen may belong to another one by now.
-- ?1 roles  ?2 schemas  ?3 tables  ?4 commands  ?5 conditions, in the words of a comment of ours or in the server's form
SELECT asked.place,
       CASE WHEN current_setting('track_commit_timestamp') = 'on' AND age(p.xmin) <= age(catalogue.relfrozenxid)
            THEN pg_xact_commit_timestamp(p.xmin)
       END AS since,
       NULL AS author
FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
         WITH ORDINALITY AS asked (role, sch, tab, command, condition, place)
     JOIN pg_roles role ON role.rolname = asked.role::name
     JOIN pg_namespace n ON n.nspname = asked.sch::name
     JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = asked.tab::name
     JOIN pg_policy p ON p.polrelid = c.oid AND p.polroles = ARRAY[role.oid]
          AND asked.command = CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE'
                                            WHEN 'd' THEN 'DELETE' ELSE 'HELD' END
     LEFT JOIN pg_description d ON d.objoid = p.oid AND d.classoid = 'pg_policy'::regclass AND d.objsubid = 0
     JOIN pg_class catalogue ON catalogue.oid = p.tableoid
WHERE asked.condition IN (
    substring(d.description FROM position(';' IN d.description) + 1),
    coalesce(pg_get_expr(p.polqual, p.polrelid), '') || '/' || coalesce(pg_get_expr(p.polwithcheck, p.polrelid), ''))

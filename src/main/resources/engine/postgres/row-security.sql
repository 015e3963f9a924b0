-- The tables of this database whose rows are limited, and whether everybody outside of our roles passes as before.
-- ?1 our policy's mark
SELECT n.nspname, c.relname, c.relforcerowsecurity,
       EXISTS (SELECT
               FROM pg_policy p
                    JOIN pg_description d ON d.objoid = p.oid AND d.classoid = 'pg_policy'::regclass
               WHERE p.polrelid = c.oid AND d.description = ?) AS ours
FROM pg_class c
     JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relrowsecurity

-- The tables of this database whose rows are limited. Ours is one whose policy for everybody else carries our mark; it
-- is intact while the table's owner is limited too and the policy still says what the mark was made of.
-- ?1 how the mark begins
SELECT n.nspname, c.relname, c.relforcerowsecurity AND base.unchanged IS NOT FALSE AS intact,
       base.unchanged IS NOT NULL AS ours
FROM pg_class c
     JOIN pg_namespace n ON n.oid = c.relnamespace
     CROSS JOIN (SELECT ?::text AS begins) mark
     LEFT JOIN LATERAL (
         SELECT bool_and(d.description = mark.begins || encode(substring(sha256(convert_to(
                    coalesce(pg_get_expr(p.polqual, p.polrelid), '') || '/'
                    || coalesce(pg_get_expr(p.polwithcheck, p.polrelid), ''), 'UTF8')) FROM 1 FOR 8), 'hex')) AS unchanged
         FROM pg_policy p
              JOIN pg_description d ON d.objoid = p.oid AND d.classoid = 'pg_policy'::regclass
         WHERE p.polrelid = c.oid AND starts_with(d.description, mark.begins)
     ) base ON true
WHERE c.relrowsecurity

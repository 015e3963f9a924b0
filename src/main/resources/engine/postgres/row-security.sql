-- The tables of this database whose rows are limited. Ours is one with a policy of ours; it is intact while the table's
-- owner is limited too and our policy for everybody else is there, for everybody, and says what its mark was made of.
-- ?1 how the mark of that policy begins  ?2 how what it is made of begins  ?3 its name  ?4 how the marks of roles' policies begin
SELECT n.nspname, c.relname, c.relforcerowsecurity AND base.unchanged IS TRUE AS intact, base.ours IS TRUE AS ours,
       c.relforcerowsecurity AS forced
FROM pg_class c
     JOIN pg_namespace n ON n.oid = c.relnamespace
     CROSS JOIN (SELECT ?::text AS begins, ?::text AS wording, ?::name AS base, ?::text AS roles) mark
     LEFT JOIN LATERAL (
         SELECT bool_or(p.polname = mark.base AND p.polroles = '{0}'
                    AND d.description = mark.begins || encode(substring(sha256(convert_to(
                    mark.wording || coalesce(pg_get_expr(p.polqual, p.polrelid), '') || '/'
                    || coalesce(pg_get_expr(p.polwithcheck, p.polrelid), ''), 'UTF8')) FROM 1 FOR 8), 'hex')) AS unchanged,
                bool_or(p.polname = mark.base OR starts_with(d.description, mark.roles)) AS ours
         FROM pg_policy p
              JOIN pg_description d ON d.objoid = p.oid AND d.classoid = 'pg_policy'::regclass
         WHERE p.polrelid = c.oid
           AND (starts_with(d.description, mark.begins) OR starts_with(d.description, mark.roles))
     ) base ON true
WHERE c.relrowsecurity

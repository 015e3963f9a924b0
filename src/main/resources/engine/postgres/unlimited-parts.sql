-- Partitions and heirs of tables whose rows we limit that are not limited themselves: whoever reads them by their own
-- name sees all their rows.
-- ?1 our policy's mark
WITH RECURSIVE part (id, whole) AS (
    SELECT i.inhrelid, p.polrelid
    FROM pg_policy p
         JOIN pg_description d ON d.objoid = p.oid AND d.classoid = 'pg_policy'::regclass AND starts_with(d.description, ?)
         JOIN pg_inherits i ON i.inhparent = p.polrelid
    UNION
    SELECT i.inhrelid, part.whole
    FROM part
         JOIN pg_inherits i ON i.inhparent = part.id
)
SELECT pn.nspname, c.relname, tn.nspname AS table_schema, t.relname AS table_name
FROM part
     JOIN pg_class c ON c.oid = part.id AND NOT c.relrowsecurity
     JOIN pg_namespace pn ON pn.oid = c.relnamespace
     JOIN pg_class t ON t.oid = part.whole
     JOIN pg_namespace tn ON tn.oid = t.relnamespace

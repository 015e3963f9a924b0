-- The partitions of this database and the tables that inherit from others, each with every table that it is part of.
WITH RECURSIVE part (id, whole) AS (
    SELECT i.inhrelid, i.inhparent
    FROM pg_inherits i
    UNION
    SELECT part.id, i.inhparent
    FROM part
         JOIN pg_inherits i ON i.inhrelid = part.whole
)
SELECT pn.nspname, c.relname, tn.nspname AS whole_schema, t.relname AS whole_name
FROM part
     JOIN pg_class c ON c.oid = part.id AND c.relkind IN ('r', 'p', 'f')
     JOIN pg_namespace pn ON pn.oid = c.relnamespace
     JOIN pg_class t ON t.oid = part.whole
     JOIN pg_namespace tn ON tn.oid = t.relnamespace

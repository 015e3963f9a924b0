-- The names between some bounds, by the index on names.
-- ?1 lower bounds  ?2 upper bounds, not included
SELECT DISTINCT r.rolname
FROM unnest(?::text[], ?::text[]) AS range (low, high)
     JOIN pg_roles r ON r.rolname >= low::name AND r.rolname < high::name

-- Before PostgreSQL 15 nobody is granted parameters.
SELECT 'PARAMETER', NULL, NULL, NULL WHERE false

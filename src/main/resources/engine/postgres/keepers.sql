-- Keepers of ours.
FROM pg_roles k
WHERE k.oid IN
\include made

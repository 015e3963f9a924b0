-- Keepers of ours that lack what they need, and what each of them has of it.
-- ? the registrar, or zero before 16
SELECT k.rolname, k.rolcreaterole, k.settable
FROM (SELECT ?::oid AS oid) registrar CROSS JOIN LATERAL
\include lame
k

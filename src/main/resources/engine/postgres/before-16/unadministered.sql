-- Before PostgreSQL 16 whoever may create roles may change and pass on all of them.
-- ?1 the marker  ?2 the marker of contract roles  ?3 other roles of our own  ?4 ?5 the grantor role
-- ?6 the registrar
SELECT NULL::text AS rolname
WHERE coalesce(?::oid, ?::oid, (?::oid[])[1], ?::oid, ?::oid, ?::oid) IS NULL

-- Before PostgreSQL 16 there are no keepers.
-- ? the registrar, which is zero then
(SELECT NULL::name AS rolname, true AS rolcreaterole, true AS settable WHERE ?::oid IS NULL)

-- Before PostgreSQL 16 there are no keepers.
(SELECT NULL::name AS rolname, true AS rolcreaterole, true AS settable WHERE false)

-- Whether roles of our own are there, may no more than they must, and may make roles; whether our login may become them;
-- and of the registrar, whether it has keepers that lack something.
-- ?1 the name of the registrar, or an empty text when nobody mends keepers  ?2 the names of all
SELECT own.rolname,
       NOT (own.rolcanlogin OR own.rolsuper OR own.rolbypassrls OR own.rolreplication OR own.rolcreatedb),
       own.rolcreaterole,
       pg_has_role(session_user, own.oid,
\include becoming
       ),
       own.oid,
       EXISTS (SELECT
               FROM (SELECT own.oid WHERE own.rolname = ?) registrar CROSS JOIN LATERAL
\include lame
               k)
FROM pg_roles own
WHERE own.rolname = ANY (?)

-- What roles will hold on objects that others make later in this database.
-- ?1 the roles
SELECT held.grantee, pg_get_userbyid(d.defaclrole) AS creator, n.nspname, d.defaclobjtype::text AS kind, held.privilege_type,
       held.is_grantable
FROM pg_default_acl d
     LEFT JOIN pg_namespace n ON n.oid = d.defaclnamespace,
     aclexplode(d.defaclacl) held
WHERE held.grantee = ANY (?)
  AND held.grantee <> d.defaclrole

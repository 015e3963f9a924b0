-- The end of a query that begins with objects and their access lists: what roles hold on them, and whether a plain
-- REVOKE of the grantor role takes it back. Such a statement acts as the grantor role where that has the grant option
-- itself, and else as the first of the owner and the others with the grant option whose rights it has.
-- ?1 the grantor role  ?2 the roles
SELECT held.grantee, object.kind, object.sch, object.name, object.sub, held.privilege_type, held.is_grantable,
       pg_get_userbyid(held.grantor) AS grantor,
       held.grantor = coalesce(
           (SELECT holder.grantee
            FROM aclexplode(object.acl || object.wider) holder
            WHERE holder.grantee = ours.grantor
              AND holder.privilege_type = held.privilege_type
              AND holder.is_grantable
            LIMIT 1),
           (SELECT min(role)
            FROM (SELECT object.owner
                  UNION ALL
                  SELECT holder.grantee
                  FROM aclexplode(object.acl || object.wider) holder
                  WHERE holder.privilege_type = held.privilege_type
                    AND holder.is_grantable) candidate (role)
            WHERE pg_has_role(ours.grantor, role, 'USAGE')),
           ours.grantor) AS ours
FROM object, aclexplode(object.acl) held, (SELECT ?::oid) AS ours (grantor)
WHERE held.grantee = ANY (?)
  AND held.grantee <> object.owner

-- What roles hold on what belongs to the whole server.
-- ?1 the grantor role  ?2 the roles
WITH object (kind, sch, name, sub, acl, wider, owner) AS (
    SELECT 'TABLESPACE', NULL::text, t.spcname::text, NULL::text, t.spcacl, NULL::aclitem[], t.spcowner
    FROM pg_tablespace t
    UNION ALL
    SELECT 'PARAMETER', NULL, p.parname, NULL, p.paracl, NULL, 10
    FROM pg_parameter_acl p
)
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

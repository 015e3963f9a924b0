-- The end of a query that begins with objects and their access lists: what roles hold on them, and whether a plain
-- REVOKE of the grantor role takes it back. Such a statement acts as the first of those whose rights the grantor role has
-- that own the object or hold the grant option: itself, then those it is a member of, the older ones first, then those
-- they are members of, and so on.
-- ?1 the grantor role  ?2 the roles
, ours (grantor) AS (
    SELECT ?::oid
), way (role, steps) AS (
    SELECT ours.grantor, ARRAY[]::oid[]
    FROM ours
    UNION ALL
    SELECT edge.role, way.steps || edge.step
    FROM way,
         LATERAL (
             SELECT m.roleid, m.roleid
             FROM pg_auth_members m
                  JOIN pg_roles r ON r.oid = m.member
             WHERE m.member = way.role
               AND coalesce((to_jsonb(m) ->> 'inherit_option')::boolean, r.rolinherit)
             UNION ALL
             -- Nobody is written down as a member of this one, and it comes after those of whom somebody is.
             SELECT 'pg_database_owner'::regrole::oid, 4294967295::oid
             FROM pg_database d
             WHERE d.datname = current_database() AND d.datdba = way.role
         ) edge (role, step)
), turn (role, steps) AS MATERIALIZED (
    SELECT DISTINCT ON (way.role) way.role, way.steps
    FROM way
    ORDER BY way.role, cardinality(way.steps), way.steps
)
SELECT held.grantee, object.kind, object.sch, object.name, object.sub, held.privilege_type, held.is_grantable,
       pg_get_userbyid(held.grantor) AS grantor,
       held.grantor = coalesce(
           (SELECT turn.role
            FROM (SELECT object.owner
                  UNION ALL
                  SELECT holder.grantee
                  FROM aclexplode(object.acl || object.wider) holder
                  WHERE holder.privilege_type = held.privilege_type
                    AND holder.is_grantable) candidate (role)
                 JOIN turn ON turn.role = candidate.role
            ORDER BY cardinality(turn.steps), turn.steps
            LIMIT 1),
           ours.grantor) AS ours
FROM object, aclexplode(object.acl) held, ours
WHERE held.grantee = ANY (?)
  AND held.grantee <> object.owner

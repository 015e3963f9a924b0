-- The memberships of some, by the index on members. They have no options, and anybody's REVOKE takes them back.
-- ?1 the members
SELECT m.member, m.roleid, true AS inherit_option, false AS set_option, m.admin_option, 0::oid AS grantor
FROM pg_auth_members m
WHERE m.member = ANY (?)

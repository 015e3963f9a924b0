-- The memberships of some, by the index on members.
-- ?1 the members
SELECT m.member, m.roleid, m.inherit_option, m.set_option, m.admin_option, m.grantor
FROM pg_auth_members m
WHERE m.member = ANY (?)

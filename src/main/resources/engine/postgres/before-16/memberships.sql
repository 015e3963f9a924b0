-- The memberships of all who are members of a marker. They have no options, and anybody's REVOKE takes them back.
-- ?1 the marker
SELECT m.member, m.roleid, true AS inherit_option, false AS set_option, m.admin_option, 0::oid AS grantor
FROM pg_auth_members m
WHERE m.member IN (SELECT marked.member FROM pg_auth_members marked WHERE marked.roleid = ?::oid)

-- The memberships of all who are members of a marker.
-- ?1 the marker
SELECT m.member, m.roleid, m.inherit_option, m.set_option, m.admin_option, m.grantor
FROM pg_auth_members m
WHERE m.member IN (SELECT marked.member FROM pg_auth_members marked WHERE marked.roleid = ?::oid)

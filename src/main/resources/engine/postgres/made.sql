-- Which roles the registrar made: those are keepers of ours, whatever they are called by now, and whoever is only called
-- like one is none. The server itself gave it the right to pass on what it makes.
-- ? the registrar, or zero before 16
(SELECT made.roleid FROM pg_auth_members made WHERE made.member = ?::oid AND made.admin_option AND made.grantor = 10)

-- What the server and our login are.
-- ?1 the marker of logins, whose comment remembers the last pass
SELECT current_setting('server_version') AS version,
       (SELECT system_identifier::text FROM pg_control_system()) AS identity,
       session_user::text AS connector,
       (SELECT timeline_id FROM pg_control_checkpoint()) AS timeline,
       (SELECT shobj_description(r.oid, 'pg_authid') FROM pg_roles r WHERE r.rolname = ?) AS remembered

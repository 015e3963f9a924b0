-- What the server and our login are.
SELECT current_setting('server_version') AS version,
       (SELECT system_identifier::text FROM pg_control_system()) AS identity,
       session_user::text AS connector,
       (SELECT timeline_id FROM pg_control_checkpoint()) AS timeline

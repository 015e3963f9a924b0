-- How the server is set, as far as our work depends on it. Our own sessions set that they change nothing; what others get
-- is what is asked for.
SELECT pg_is_in_recovery() AS standby,
       (SELECT s.reset_val = 'on' FROM pg_settings s WHERE s.name = 'default_transaction_read_only') AS read_only,
       coalesce((SELECT s.ssl FROM pg_stat_ssl s WHERE s.pid = pg_backend_pid()), false) AS encrypted,
       (SELECT s.version FROM pg_stat_ssl s WHERE s.pid = pg_backend_pid()) AS protocol,
       coalesce(host(inet_client_addr()) IN ('127.0.0.1', '::1'), true) AS within,
       (SELECT d.datistemplate FROM pg_database d WHERE d.datname = current_database()) AS template,
       current_setting('reserved_connections', true) AS reserved,
       (SELECT pg_has_role(session_user, r.oid, 'USAGE')
        FROM pg_roles r
        WHERE r.rolname = 'pg_use_reserved_connections') AS may_use_reserved,
       current_setting('track_commit_timestamp') = 'on' AS dated,
       current_setting('password_encryption') AS encryption

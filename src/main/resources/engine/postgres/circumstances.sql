-- How the server is set, as far as our work depends on it. Our own sessions set that they change nothing; what others get
-- is what is asked for.
SELECT pg_is_in_recovery() AS standby,
       (SELECT s.reset_val = 'on' FROM pg_settings s WHERE s.name = 'default_transaction_read_only') AS read_only,
       coalesce((SELECT format(CASE WHEN s.setrole = 0 THEN 'BEGIN READ WRITE; ALTER DATABASE %2$I RESET %3$s; COMMIT;'
                                    WHEN s.setdatabase = 0 THEN 'BEGIN READ WRITE; ALTER ROLE %1$I RESET %3$s; COMMIT;'
                                    ELSE 'BEGIN READ WRITE; ALTER ROLE %1$I IN DATABASE %2$I RESET %3$s; COMMIT;' END,
                               session_user, current_database(), 'default_transaction_read_only')
                 FROM pg_db_role_setting s
                 WHERE s.setrole IN (0, (SELECT r.oid FROM pg_roles r WHERE r.rolname = session_user))
                   AND s.setdatabase IN (0, (SELECT d.oid FROM pg_database d WHERE d.datname = current_database()))
                   AND EXISTS (SELECT FROM unnest(s.setconfig) said WHERE said LIKE 'default_transaction_read_only=%')
                 ORDER BY s.setrole = 0, s.setdatabase = 0
                 LIMIT 1),
                'ALTER SYSTEM RESET default_transaction_read_only; SELECT pg_reload_conf();') AS writable,
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

-- The roles that the server brings along and that make nobody a superuser.
SELECT r.rolname
FROM pg_roles r
WHERE r.rolname >= 'pg_' AND r.rolname < 'pg`'
  AND r.oid < 16384
  AND r.rolname NOT IN ('pg_read_server_files', 'pg_write_server_files', 'pg_execute_server_program',
                        'pg_database_owner')

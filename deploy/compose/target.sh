#!/bin/bash
# Makes the database of the example contract, and the login that Rolewright manages it with, as an administrator does it
# elsewhere. The target's container runs it once, when its server is new.
set -eu
demo=${DEMO:-/demo}
export PASSWORD_FILE=${PASSWORD_FILE:-/run/secrets/target/connector.password}
ask() { psql -X -q -v ON_ERROR_STOP=1 -U "${POSTGRES_USER:-postgres}" -o /dev/null "$@"; }

ask -d postgres <<'SQL'
CREATE ROLE orders_owner;
CREATE DATABASE orders OWNER orders_owner;
REVOKE CONNECT, TEMPORARY ON DATABASE orders FROM PUBLIC;
SQL
ask -d orders -f "$demo/orders.sql"
ask -d postgres -v connector=orders_connector -v installation=rolewright -v databases=orders -v owners=orders_owner \
    -f "$demo/connector.sql"
# Whatever the server writes down of others, or is set to, it writes nothing of this session.
ask -d postgres <<'SQL'
SET log_statement = 'none';
SET log_min_duration_statement = -1;
SET log_min_duration_sample = -1;
SET log_transaction_sample_rate = 0;
SET log_min_error_statement = 'panic';
SET debug_print_parse = off;
SET debug_print_rewritten = off;
SET debug_print_plan = off;
SET track_activities = off;
\set password `cat "$PASSWORD_FILE"`
ALTER ROLE orders_connector PASSWORD :'password';
SQL

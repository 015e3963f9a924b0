-- Prepares a PostgreSQL server (14 to 18) for Rolewright. A superuser runs it once in the database of the target's
-- URL, and again whenever a database or an owner is added; running it twice changes nothing.
--
--   psql -d postgres -v ON_ERROR_STOP=1 -v connector=rolewright_connector -v installation=rolewright \
--        -v databases=orders,crm -v owners=orders_owner,crm_owner -f connector.sql
--   psql -d postgres -c '\password rolewright_connector'
--
--   connector     the login of Rolewright itself. It has no right of its own but to connect, also to a full server, and
--                 to become the grantor.
--   installation  the value of rolewright.installation
--   databases     those that the contract lists for this target; empty for none
--   owners        the roles that own what the contract speaks of, and the heir; empty for none
--
-- Worth switching on beside it, by a restart: ALTER SYSTEM SET track_commit_timestamp = on; tells when something was
-- changed by hand. From PostgreSQL 16 on ALTER SYSTEM SET reserved_connections = 5; keeps room for Rolewright when
-- somebody takes every other connection.
--
-- Names go through settings, because psql does not look for its variables inside of $$.
SELECT set_config('rolewright.connector', :'connector', false),
       set_config('rolewright.installation', :'installation', false),
       set_config('rolewright.databases', :'databases', false),
       set_config('rolewright.owners', :'owners', false);

DO $$
DECLARE
    connector text := current_setting('rolewright.connector');
    ours      text := current_setting('rolewright.installation');
    grantor   text := ours || '_grantor';
    options   boolean := current_setting('server_version_num')::int >= 160000;
    name      text;
BEGIN
    -- The login. Before PostgreSQL 16 only NOINHERIT keeps it from having the grantor's rights without asking.
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = connector) THEN
        EXECUTE format('CREATE ROLE %I LOGIN NOINHERIT', connector);
    END IF;

    -- To get in when somebody has taken all connections; of use when the server sets reserved_connections.
    IF options THEN
        EXECUTE format('GRANT pg_use_reserved_connections TO %I WITH INHERIT TRUE, SET FALSE, ADMIN FALSE', connector);
    END IF;

    -- Who really acts. Everything is given in this name, so the login can be replaced at any time.
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = grantor) THEN
        EXECUTE format('CREATE ROLE %I NOLOGIN CREATEROLE', grantor);
        EXECUTE format('COMMENT ON ROLE %I IS %L', grantor, 'rolewright:' || ours || ':own');
    END IF;
    EXECUTE format('GRANT %I TO %I', grantor, connector)
        || CASE WHEN options THEN ' WITH INHERIT FALSE, SET TRUE, ADMIN FALSE' ELSE '' END;

    -- Who makes the keepers of logins and leads to them: whoever makes a login is its keeper, and the more logins
    -- somebody keeps the longer the server takes to change one, so each keeps few. Used from PostgreSQL 16 on.
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = ours || '_registrar') THEN
        EXECUTE format('CREATE ROLE %I NOLOGIN CREATEROLE', ours || '_registrar');
        EXECUTE format('COMMENT ON ROLE %I IS %L', ours || '_registrar', 'rolewright:' || ours || ':own');
    END IF;
    EXECUTE format('GRANT %I TO %I', ours || '_registrar', connector)
        || CASE WHEN options THEN ' WITH INHERIT FALSE, SET TRUE, ADMIN FALSE' ELSE '' END;

    -- What marks our logins and roles, and who takes over leavers' code. The grantor makes them, so that it may hand
    -- them out.
    EXECUTE format('SET LOCAL ROLE %I', grantor);
    FOREACH name IN ARRAY ARRAY[ours || '_marker', ours || '_role_marker', ours || '_quarantine'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN', name);
            EXECUTE format('COMMENT ON ROLE %I IS %L', name, 'rolewright:' || ours || ':own');
        END IF;
    END LOOP;
    RESET ROLE;

    -- To end the sessions of those who lose access.
    EXECUTE format('GRANT pg_signal_backend TO %I', grantor);

    -- To look into every database before a leaver is dropped, also where PUBLIC may not connect.
    FOR name IN SELECT datname FROM pg_database WHERE datallowconn LOOP
        EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', name, connector);
    END LOOP;

    -- To pass on what the contract grants: on databases by grant option, below them as their owner.
    FOREACH name IN ARRAY string_to_array(current_setting('rolewright.databases'), ',') LOOP
        EXECUTE format('GRANT CONNECT, TEMPORARY ON DATABASE %I TO %I WITH GRANT OPTION', trim(name), grantor);
    END LOOP;
    FOREACH name IN ARRAY string_to_array(current_setting('rolewright.owners'), ',') LOOP
        EXECUTE format('GRANT %I TO %I', trim(name), grantor)
            || CASE WHEN options THEN ' WITH INHERIT TRUE, SET TRUE, ADMIN FALSE' ELSE '' END;
    END LOOP;
END
$$;

-- Prepares a PostgreSQL server (14 to 18) for Rolewright. An administrator runs it once in the database of the target's
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
-- The administrator is a superuser or, where a service keeps that to itself (RDS, Cloud SQL, Azure), a role with CREATEROLE
-- that owns the databases or has their owners' rights. What he may not give is left out: a NOTICE says so, with the
-- statement for somebody who may, and everything else is done.
--
-- Worth switching on beside it, by a restart: ALTER SYSTEM SET track_commit_timestamp = on; tells when something was
-- changed by hand. From PostgreSQL 16 on ALTER SYSTEM SET reserved_connections = 5; keeps room for Rolewright when
-- somebody takes every other connection.
--
-- Names go through settings, because psql does not look for its variables inside of $$. What words mean is for the server
-- to say, and not for the owner of the database, who may have put functions of his own before the server's.
SELECT pg_catalog.set_config('rolewright.path', pg_catalog.current_setting('search_path'), false),
       pg_catalog.set_config('rolewright.connector', :'connector', false),
       pg_catalog.set_config('rolewright.installation', :'installation', false),
       pg_catalog.set_config('rolewright.databases', :'databases', false),
       pg_catalog.set_config('rolewright.owners', :'owners', false);
SELECT pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', false);

DO $$
DECLARE
    connector text := current_setting('rolewright.connector');
    ours      text := current_setting('rolewright.installation');
    grantor   text := ours || '_grantor';
    registrar text := ours || '_registrar';
    managed   text[] := ARRAY(SELECT trim(part) FROM regexp_split_to_table(current_setting('rolewright.databases'), ',') part
                              WHERE trim(part) <> '');
    owners    text[] := ARRAY(SELECT trim(part) FROM regexp_split_to_table(current_setting('rolewright.owners'), ',') part
                              WHERE trim(part) <> '');
    me        text := current_user;
    options   boolean := current_setting('server_version_num')::int >= 160000;
    lent      boolean := false;
    name      text;
    needed    record;
BEGIN
    FOREACH name IN ARRAY managed LOOP
        IF NOT EXISTS (SELECT FROM pg_database WHERE datname = name) THEN
            RAISE EXCEPTION 'database "%" does not exist', name;
        END IF;
    END LOOP;
    FOREACH name IN ARRAY owners LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
            RAISE EXCEPTION 'role "%" does not exist', name;
        END IF;
    END LOOP;
    IF options THEN
        -- Whoever makes a role here is to have no more of it than to be able to pass it on.
        PERFORM set_config('createrole_self_grant', '', true);
    END IF;

    -- The login. Before PostgreSQL 16 only NOINHERIT keeps it from having the grantor's rights without asking.
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = connector) THEN
        EXECUTE format('CREATE ROLE %I LOGIN NOINHERIT', connector);
    END IF;

    -- The grantor is who really acts. Everything is given in this name, so the login can be replaced at any time. The
    -- registrar makes the keepers of logins and leads to them: whoever makes a login is its keeper, and the more logins
    -- somebody keeps the longer the server takes to change one, so each keeps few. Used from PostgreSQL 16 on.
    FOREACH name IN ARRAY ARRAY[grantor, registrar] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN CREATEROLE', name);
            EXECUTE format('COMMENT ON ROLE %I IS %L', name, 'rolewright:' || ours || ':own');
        END IF;
        IF NOT EXISTS (SELECT FROM pg_auth_members m, to_jsonb(m) AS said (so)
                       WHERE m.roleid = quote_ident(name)::regrole AND m.member = quote_ident(connector)::regrole
                         AND (NOT options OR so ->> 'set_option' = 'true' AND so ->> 'inherit_option' = 'false')) THEN
            EXECUTE format('GRANT %I TO %I', name, connector)
                || CASE WHEN options THEN ' WITH INHERIT FALSE, SET TRUE, ADMIN FALSE' ELSE '' END;
        END IF;
    END LOOP;

    -- What marks our logins and roles, and who takes over leavers' code. The grantor makes them, so that it may hand
    -- them out. Who is no superuser becomes the grantor for just that long.
    IF NOT pg_has_role(me, grantor, CASE WHEN options THEN 'SET' ELSE 'MEMBER' END) THEN
        lent := true;
        EXECUTE format('GRANT %I TO %I', grantor, me) || CASE WHEN options THEN ' WITH INHERIT FALSE, SET TRUE' ELSE '' END;
    END IF;
    EXECUTE format('SET LOCAL ROLE %I', grantor);
    FOREACH name IN ARRAY ARRAY[ours || '_marker', ours || '_role_marker', ours || '_quarantine'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN', name);
            EXECUTE format('COMMENT ON ROLE %I IS %L', name, 'rolewright:' || ours || ':own');
        END IF;
    END LOOP;
    EXECUTE format('SET LOCAL ROLE %I', me);
    IF lent THEN
        EXECUTE format('REVOKE %I FROM %I', grantor, me) || CASE WHEN options THEN format(' GRANTED BY %I', me) ELSE '' END;
    END IF;

    -- To get in when somebody has taken all connections, which is of use when the server sets reserved_connections; to end
    -- the sessions of those who lose access; and below databases to pass on as their owner what the contract grants.
    FOR needed IN
        SELECT role, member, format('GRANT %I TO %I', role, member)
               || CASE WHEN options THEN ' WITH INHERIT TRUE, SET ' || settable || ', ADMIN FALSE' ELSE '' END AS give,
               settable::boolean AS settable
        FROM (SELECT 'pg_use_reserved_connections' AS role, connector AS member, 'FALSE' AS settable WHERE options
              UNION ALL
              SELECT 'pg_signal_backend', grantor, 'TRUE'
              UNION ALL
              SELECT owner, grantor, 'TRUE' FROM unnest(owners) AS owner) AS wanted
    LOOP
        CONTINUE WHEN pg_has_role(needed.member, needed.role, 'USAGE')
            AND (NOT options OR NOT needed.settable OR pg_has_role(needed.member, needed.role, 'SET'));
        BEGIN
            -- The grantor would become the administrator himself.
            IF needed.role = me AND NOT (SELECT rolsuper FROM pg_roles WHERE rolname = me) THEN
                RAISE insufficient_privilege USING MESSAGE =
                    format('%s is to own nothing that the contract speaks of; give it to a role without login', me);
            END IF;
            EXECUTE needed.give;
        EXCEPTION WHEN insufficient_privilege OR invalid_grant_operation THEN
            RAISE NOTICE 'left out: %; -- %', needed.give, SQLERRM;
        END;
    END LOOP;

    -- To look into every database before a leaver is dropped, also where PUBLIC may not connect; and on databases of the
    -- contract to pass on by grant option. To give what he has no grant option for is only warned of by the server.
    FOR needed IN
        SELECT d.oid, privilege, member, how, format('GRANT %s ON DATABASE %I TO %I', privilege, d.datname, member) || how AS give
        FROM pg_database d,
             (VALUES ('CONNECT', connector, false, ''), ('CONNECT', grantor, true, ' WITH GRANT OPTION'),
                     ('TEMPORARY', grantor, true, ' WITH GRANT OPTION')) AS wanted (privilege, member, passes, how)
        WHERE d.datallowconn AND (NOT passes OR d.datname = ANY (managed))
          AND NOT EXISTS (SELECT FROM aclexplode(d.datacl) held
                          WHERE held.grantee = (SELECT oid FROM pg_roles WHERE rolname = member)
                            AND held.privilege_type = privilege AND held.is_grantable >= passes)
        ORDER BY d.datname, member, privilege
    LOOP
        IF has_database_privilege(me, needed.oid, needed.privilege || ' WITH GRANT OPTION') THEN
            EXECUTE needed.give;
        ELSIF NOT has_database_privilege(needed.member, needed.oid, needed.privilege || needed.how) THEN
            RAISE NOTICE 'left out: %; -- % may not give it', needed.give, me;
        END IF;
    END LOOP;
END
$$;
SELECT pg_catalog.set_config('search_path', pg_catalog.current_setting('rolewright.path'), false);

-- Whose access a push may have changed. Triggers write it, so that no way into the directory can forget it, and in the
-- push's own transaction, so that it stands exactly when the push does.
--
-- Only ever appended to and taken away from, without an index and without a key: two pushes never wait for each other
-- here. A row lives until the next look, milliseconds; what it leaves behind is cleared away early. The file keeps its
-- size: giving pages back would lock out every push for a moment.
CREATE TABLE touched (
    resource uuid        NOT NULL, -- a person, or a group that stands for everybody below it
    gone     boolean     NOT NULL, -- a person who was deleted; nothing is left to look up
    at       timestamptz NOT NULL
) WITH (
    autovacuum_vacuum_threshold = 2000,
    autovacuum_vacuum_scale_factor = 0,
    autovacuum_vacuum_cost_delay = 0,
    vacuum_truncate = off
);

CREATE FUNCTION touch_created_resources() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- A new group has no members yet; these come one by one.
    INSERT INTO touched SELECT id, false, statement_timestamp() FROM fresh WHERE type <> 'Group';
    RETURN NULL;
END
$$;

CREATE FUNCTION touch_changed_resources() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Of a group only that counts by which the contract knows it.
    INSERT INTO touched SELECT fresh.id, false, statement_timestamp() FROM fresh JOIN stale ON stale.id = fresh.id
    WHERE fresh.type <> 'Group'
       OR fresh.document -> 'displayName' IS DISTINCT FROM stale.document -> 'displayName'
       OR fresh.document -> 'externalId' IS DISTINCT FROM stale.document -> 'externalId';
    RETURN NULL;
END
$$;

CREATE FUNCTION touch_deleted_resources() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- The members of a group that goes are touched when their memberships go with it.
    INSERT INTO touched SELECT id, true, statement_timestamp() FROM stale WHERE type <> 'Group';
    RETURN NULL;
END
$$;

CREATE FUNCTION touch_members_who_came() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO touched SELECT member_id, false, statement_timestamp() FROM fresh;
    RETURN NULL;
END
$$;

CREATE FUNCTION touch_members_who_went() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO touched SELECT member_id, false, statement_timestamp() FROM stale;
    RETURN NULL;
END
$$;

CREATE TRIGGER touch_created AFTER INSERT ON resource REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION touch_created_resources();
CREATE TRIGGER touch_changed AFTER UPDATE ON resource REFERENCING OLD TABLE AS stale NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION touch_changed_resources();
CREATE TRIGGER touch_deleted AFTER DELETE ON resource REFERENCING OLD TABLE AS stale
    FOR EACH STATEMENT EXECUTE FUNCTION touch_deleted_resources();
CREATE TRIGGER touch_came AFTER INSERT ON membership REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION touch_members_who_came();
CREATE TRIGGER touch_went AFTER DELETE ON membership REFERENCING OLD TABLE AS stale
    FOR EACH STATEMENT EXECUTE FUNCTION touch_members_who_went();

-- What is there already is as good as new.
INSERT INTO touched SELECT id, false, statement_timestamp() FROM resource WHERE type <> 'Group';

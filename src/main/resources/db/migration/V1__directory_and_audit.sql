-- The directory (what the identity providers told us) and the audit trail.
--
-- Two habits keep this schema fast when many requests arrive at once:
--   * nothing that every request touches is one row: counters and group versions are spread over slots, one per server
--     process, so that two writers never wait for each other's commit;
--   * no foreign key leads to the row of a source: every insert would lock that one row.

-- One connection of one identity provider. Sources are closed, never deleted.
CREATE TABLE source (
    id      integer     GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name    text        NOT NULL UNIQUE,
    created timestamptz NOT NULL DEFAULT now()
);

INSERT INTO source (name) VALUES ('default');

-- People, groups and whatever other type the schemas name.
CREATE TABLE resource (
    id            uuid             PRIMARY KEY,      -- version 7: the order of ids is the order of creation
    source_id     integer          NOT NULL,
    type          text COLLATE "C" NOT NULL,         -- name of the resource type
    version       bigint           NOT NULL,
    created       timestamptz      NOT NULL,
    last_modified timestamptz      NOT NULL,
    document      jsonb            NOT NULL,         -- what clients see, without id, meta, schemas, groups and members
    search        jsonb            NOT NULL          -- the folded copy that filters and sorts compare
);

CREATE INDEX resource_page ON resource (source_id, type, id);
-- Not partial: the planner takes no figures from partial indexes and would expect thousands to share a name.
CREATE UNIQUE INDEX resource_user_name ON resource (source_id, type, ((search ->> 'userName') COLLATE "C"));
CREATE INDEX resource_external_id ON resource (source_id, type, ((search ->> 'externalId') COLLATE "C"), id);
CREATE INDEX resource_display_name ON resource (source_id, type, ((search ->> 'displayName') COLLATE "C"), id);
CREATE INDEX resource_last_modified ON resource (source_id, type, last_modified, id);
-- Without a pending list: it would make one insert in many slow, and every look-up read it through.
CREATE INDEX resource_emails ON resource USING gin ((search -> 'emails') jsonb_path_ops) WITH (fastupdate = off);

-- Who is in which group: a set of rows, so one more member of a large group costs one row.
CREATE TABLE membership (
    group_id  uuid NOT NULL REFERENCES resource ON DELETE CASCADE,
    member_id uuid NOT NULL REFERENCES resource ON DELETE CASCADE,
    PRIMARY KEY (group_id, member_id)
);

CREATE INDEX membership_member ON membership (member_id, group_id);

-- Changes of a group's members, counted next to the group's own row: the group's version is its row's version plus the
-- sum of its slots, and it was last modified at the latest of their times. Concurrent changes of one group's members
-- therefore never queue for the group's row.
CREATE TABLE membership_change (
    group_id     uuid        NOT NULL REFERENCES resource ON DELETE CASCADE,
    slot         integer     NOT NULL,
    changes      bigint      NOT NULL,
    last_changed timestamptz NOT NULL,
    PRIMARY KEY (group_id, slot)
) WITH (fillfactor = 50);

-- A reference to something the identity provider has not told us about yet. It waits for a resource with that id, or
-- for exactly one with that externalId.
CREATE TABLE pending_reference (
    holder    uuid             NOT NULL REFERENCES resource ON DELETE CASCADE,
    attribute text             NOT NULL CHECK (attribute IN ('members', 'manager')),
    value     text COLLATE "C" NOT NULL,
    source_id integer          NOT NULL,
    since     timestamptz      NOT NULL DEFAULT now(),
    PRIMARY KEY (holder, attribute, value)
);

CREATE INDEX pending_reference_value ON pending_reference (source_id, value);

-- Values that a schema declares unique, other than userName, which has an index of its own.
CREATE TABLE unique_value (
    source_id   integer          NOT NULL,
    type        text COLLATE "C" NOT NULL,
    attribute   text COLLATE "C" NOT NULL,
    key         text COLLATE "C" NOT NULL,           -- folded as the attribute compares
    resource_id uuid             NOT NULL REFERENCES resource ON DELETE CASCADE,
    PRIMARY KEY (source_id, type, attribute, key)
);

CREATE INDEX unique_value_resource ON unique_value (resource_id);

-- How many resources there are; the sum over the slots is the truth.
CREATE TABLE resource_count (
    source_id integer          NOT NULL,
    type      text COLLATE "C" NOT NULL,
    slot      integer          NOT NULL,
    n         bigint           NOT NULL,
    PRIMARY KEY (source_id, type, slot)
) WITH (fillfactor = 50);

-- Keys made by the application itself and shared by its replicas, such as the one that seals page cursors.
CREATE TABLE application_key (
    purpose text        PRIMARY KEY,
    secret  bytea       NOT NULL,
    created timestamptz NOT NULL DEFAULT now()
);

-- What happened. Never an attribute's value, never a secret.
CREATE TABLE audit_event (
    id            bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at            timestamptz NOT NULL DEFAULT statement_timestamp(),
    source_id     integer     NOT NULL,
    source        text        NOT NULL,
    actor         text        NOT NULL,              -- a token's or an admin's name, or a JWT's subject
    request_id    text        NOT NULL,
    action        text        NOT NULL,
    subject_type  text        NOT NULL,
    subject_id    text        NOT NULL,
    before_digest bytea,                             -- SHA-256 of the resource's document::text before …
    after_digest  bytea,                             -- … and after
    detail        jsonb       NOT NULL
);

CREATE INDEX audit_event_subject ON audit_event (subject_id, id);
CREATE INDEX audit_event_request ON audit_event (request_id);
CREATE INDEX audit_event_actor ON audit_event (actor, id);
CREATE INDEX audit_event_at ON audit_event USING brin (at) WITH (pages_per_range = 32, autosummarize = on);

CREATE FUNCTION audit_event_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit_event is append-only: % is refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER audit_event_is_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event
    FOR EACH STATEMENT EXECUTE FUNCTION audit_event_is_append_only();

-- Also for sessions that replay a replication stream, which skip ordinary triggers.
ALTER TABLE audit_event ENABLE ALWAYS TRIGGER audit_event_is_append_only;

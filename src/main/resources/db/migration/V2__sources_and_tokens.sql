-- Who may speak for a source.

-- A closed source lets nobody in and keeps what it has.
ALTER TABLE source ADD COLUMN closed timestamptz;

-- Bearer tokens: everything about them but the token itself.
CREATE TABLE source_token (
    id          bigint           GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source_id   integer          NOT NULL,
    name        text             NOT NULL,           -- the actor in the audit trail
    fingerprint text COLLATE "C" NOT NULL UNIQUE CHECK (fingerprint ~ '^[0-9a-f]{64}$'), -- SHA-256 of the token
    hint        text             NOT NULL,           -- its first characters, for people
    person      uuid,                                -- whose token it is; no foreign key, because a token must not
                                                     -- turn into the identity provider's own when the person goes
    created     timestamptz      NOT NULL,
    created_by  text             NOT NULL,
    expires     timestamptz,
    last_used   timestamptz,                         -- to the minute
    revoked     timestamptz
);

CREATE INDEX source_token_page ON source_token (source_id, id);
CREATE UNIQUE INDEX source_token_name ON source_token (source_id, name) WHERE revoked IS NULL;

-- Passwords on their way to their owners. None of them is here, nor is anything it could be told from.

-- Links by which somebody takes a password once.
CREATE TABLE pickup (
    id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    fingerprint text        NOT NULL UNIQUE,          -- SHA-256 of what is in the link
    person      uuid        NOT NULL,
    maker       text        NOT NULL,
    made        timestamptz NOT NULL,
    expires     timestamptz NOT NULL,
    -- Who is at it just now. Of two at once one finds it claimed; a claim that nobody came back from ends by itself.
    claim       uuid,
    claimed     timestamptz,
    done        text[]      NOT NULL DEFAULT '{}',    -- the targets whose password was taken by it
    closed      timestamptz                           -- since when it is of no use: spent, withdrawn, or replaced
);

CREATE INDEX pickup_open ON pickup (person) WHERE closed IS NULL;

-- Sessions that are to end with the password that let them in. Written before the password is set.
CREATE TABLE ephemeral (
    id     bigint           GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    target text COLLATE "C" NOT NULL,
    person uuid             NOT NULL,
    ends   timestamptz      NOT NULL,
    due    timestamptz      NOT NULL,                 -- when to look next: at the end, and once more behind it
    given  boolean          NOT NULL DEFAULT false    -- whether the server has taken the password
);

CREATE INDEX ephemeral_due ON ephemeral (due);
CREATE INDEX ephemeral_login ON ephemeral (target, person);

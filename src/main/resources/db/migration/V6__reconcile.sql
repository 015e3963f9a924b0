-- What we know of the targets, what has to be done there, and what was done.

-- Targets may differ from what is desired for these people: the queue. Rows are written together with the deletion of
-- the change that they follow from, and go when a pass that read them is through.
CREATE TABLE dirty (
    id     bigint           GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    target text COLLATE "C" NOT NULL,
    person uuid,                                     -- null: the whole target
    at     timestamptz      NOT NULL,                -- since when
    asker  text                                      -- who asked for a pass; null when it follows from a change
);

CREATE INDEX dirty_target ON dirty (target, id);
-- A queue: most rows are dead soon, and a plan must not read through the dead.
ALTER TABLE dirty SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

-- One row for each target that was ever in a contract.
CREATE TABLE target_state (
    target        text COLLATE "C" PRIMARY KEY,
    retired       boolean          NOT NULL DEFAULT false,  -- no longer in the contract
    -- One pass at a time: who works on it, until when that holds, and a number that rises with every claim. Results are
    -- written only by whom the number still belongs to.
    lease_holder  text,
    lease_until   timestamptz,
    lease_number  bigint           NOT NULL DEFAULT 0,
    whole_due     timestamptz      NOT NULL DEFAULT now(),  -- when the whole target is to be looked at
    last_whole    timestamptz,                       -- when it last was, to the end
    contract      timestamptz,                       -- since when the contract held that it was last looked at with
    settled       boolean          NOT NULL DEFAULT false,  -- whether its roles were then as that contract says
    -- What we manage there; the whole that the brakes' shares are of.
    logins        bigint           NOT NULL DEFAULT 0,
    active        bigint           NOT NULL DEFAULT 0,
    memberships   bigint           NOT NULL DEFAULT 0,
    product       text,
    server        text,                              -- the server's identity
    notes         jsonb            NOT NULL DEFAULT '[]',   -- the notes of the last look at the whole
    -- The circuit: after failures of the target as a whole it is left alone for a while.
    failures      integer          NOT NULL DEFAULT 0,
    not_before    timestamptz,
    failed        timestamptz,
    failure_kind  text,
    failure       text,                              -- a sentence for people, without secrets
    remedy        text                               -- a statement that an administrator could run
) WITH (fillfactor = 50);

-- Which login a person has on a target, as far as we know. The name is written down before the login is made, and stays
-- with the person for ever: a name is never used again for somebody else.
CREATE TABLE login (
    target    text COLLATE "C" NOT NULL,
    person    uuid             NOT NULL,
    name      text COLLATE "C" NOT NULL,
    look      text COLLATE "C" NOT NULL,             -- one spelling for all names that people take for each other
    server_id text,                                  -- the server's own id of it, once it was seen
    state     text             NOT NULL CHECK (state IN ('pending', 'active', 'suspended', 'dropped')),
    since     timestamptz      NOT NULL,             -- since when it is in that state
    held      boolean          NOT NULL DEFAULT false,      -- something about it waits for a human
    settled   boolean          NOT NULL DEFAULT false,      -- whether it was as desired when last looked at
    error     text,                                  -- why it is not: a sentence for people
    attempts  integer          NOT NULL DEFAULT 0,   -- failures in a row
    due       timestamptz,                           -- when it has to be looked at again: end of a grace, another try
    seen      timestamptz,                           -- when it was last seen on the server
    PRIMARY KEY (target, person)
) WITH (fillfactor = 80);

CREATE INDEX login_person ON login (person);
-- Not unique: names that somebody changed by hand, or that come back after a loss of this store, must be kept as they are.
CREATE INDEX login_look ON login (target, look);
CREATE INDEX login_due ON login (target, due) WHERE due IS NOT NULL;
CREATE INDEX login_unsettled ON login (target, person) WHERE NOT settled;

-- Passes that had something to do, were asked for, or failed. A row without an end was cut off.
CREATE TABLE pass (
    id         bigint           GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    target     text COLLATE "C" NOT NULL,
    whole      boolean          NOT NULL,
    people     integer          NOT NULL,            -- whom it was about; of no meaning for a whole pass
    contract   bigint           NOT NULL,            -- number of its version
    asked      timestamptz      NOT NULL,            -- when the oldest change that it follows became known
    began      timestamptz      NOT NULL,
    ended      timestamptz,
    outcome    text             CHECK (outcome IN ('done', 'partly', 'held', 'failed')),
    done       integer          NOT NULL DEFAULT 0,
    failed     integer          NOT NULL DEFAULT 0,
    skipped    integer          NOT NULL DEFAULT 0,
    held       integer          NOT NULL DEFAULT 0,
    drift      integer          NOT NULL DEFAULT 0,
    -- What it took from people: the brakes look back over the last hour.
    suspended  integer          NOT NULL DEFAULT 0,
    dropped    integer          NOT NULL DEFAULT 0,
    revoked    integer          NOT NULL DEFAULT 0,
    plan       json,                                 -- the intent: what was to be performed
    digest     text,                                 -- SHA-256 over its steps and the server's identity
    failure    text,
    answers    bigint[]         NOT NULL DEFAULT '{}'       -- the requests for a pass that it answers: ids of dirty rows
);

CREATE INDEX pass_target ON pass (target, id);
CREATE INDEX pass_took ON pass (target, began) WHERE suspended > 0 OR dropped > 0 OR revoked > 0;

-- What a plan would take and the brakes keep back, until a human decides.
CREATE TABLE hold (
    id        bigint           GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    target    text COLLATE "C" NOT NULL,
    state     text             NOT NULL CHECK (state IN ('open', 'released', 'refused', 'replaced', 'expired', 'done')),
    plan      json             NOT NULL,
    digest    text             NOT NULL,             -- what a release signs
    server    text             NOT NULL,             -- the server's identity
    why       text[]           NOT NULL,             -- the limits that were passed
    census    jsonb            NOT NULL,
    limits    jsonb            NOT NULL,
    since     timestamptz      NOT NULL,
    seen      timestamptz      NOT NULL,             -- when the plan last said the same
    decided   timestamptz,
    decider   text,
    reason    text
);

CREATE UNIQUE INDEX hold_open ON hold (target) WHERE state = 'open';
CREATE INDEX hold_page ON hold (target, id);

-- Changes made by hand.
CREATE TABLE drift (
    id         bigint           GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    target     text COLLATE "C" NOT NULL,
    difference text             NOT NULL CHECK (difference IN ('EXTRA', 'MISSING', 'CHANGED')),
    item       text             NOT NULL,            -- what it is about, as people read it
    remedy     jsonb            NOT NULL,            -- the step that puts it right
    author     text,                                 -- who did it, where the server tells
    made       timestamptz,                          -- and when
    first_seen timestamptz      NOT NULL,
    last_seen  timestamptz      NOT NULL,
    gone       timestamptz,                          -- when it was first seen no more
    reverted   boolean          NOT NULL DEFAULT false,     -- whether that was our doing
    pass       bigint
);

CREATE UNIQUE INDEX drift_open ON drift (target, md5(remedy::text)) WHERE gone IS NULL;
CREATE INDEX drift_page ON drift (target, id);

-- Proof that somebody lost what they were to lose. A row without a verdict is a proof that is owed.
CREATE TABLE receipt (
    id        bigint           GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    target    text COLLATE "C" NOT NULL,
    person    uuid             NOT NULL,
    login     text             NOT NULL,
    server_id text             NOT NULL,
    pass      bigint           NOT NULL,
    what      text             NOT NULL CHECK (what IN ('suspended', 'revoked', 'dropped')),
    asked     timestamptz      NOT NULL,             -- when the change that led to it became known
    claimed   timestamptz      NOT NULL,             -- when the pass began
    done      timestamptz      NOT NULL,             -- when it was performed
    proven    timestamptz,                           -- when the server was asked again
    verdict   boolean,
    why       text,                                  -- what speaks against it
    checks    jsonb            NOT NULL DEFAULT '[]',
    requests  text[]           NOT NULL DEFAULT '{}'        -- the requests of the identity provider that led to it
);

CREATE INDEX receipt_person ON receipt (person, id);
CREATE INDEX receipt_target ON receipt (target, id);
CREATE INDEX receipt_owed ON receipt (target, id) WHERE verdict IS NULL;

-- Feeds of HR systems: many statements in one body, kept here before any of them becomes a fact.

CREATE TABLE hr_feed (
    id        bigint           GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    sender    text COLLATE "C" NOT NULL,
    request   text             NOT NULL,             -- the id of the request that brought it
    digest    text             NOT NULL,             -- of its bytes; who releases it signs that
    state     text             NOT NULL CHECK (state IN
                  ('arriving', 'rehearsed', 'held', 'refused', 'applying', 'applied')),
    received  timestamptz      NOT NULL DEFAULT now(),
    seen      timestamptz      NOT NULL DEFAULT now(),      -- when something was last done about it
    done      integer          NOT NULL DEFAULT 0,          -- up to which line it is applied
    applied   integer          NOT NULL DEFAULT 0,          -- how many rows came to what, or would come to it
    waiting   integer          NOT NULL DEFAULT 0,
    known     integer          NOT NULL DEFAULT 0,
    ambiguous integer          NOT NULL DEFAULT 0,
    refused   integer          NOT NULL DEFAULT 0,
    silent    integer          NOT NULL DEFAULT 0,
    stops     integer          NOT NULL DEFAULT 0,          -- how many active people it fences, or would
    why       text[]           NOT NULL DEFAULT '{}',       -- why that is too many at once
    decided   timestamptz,
    decider   text,
    reason    text
);

CREATE INDEX hr_feed_open ON hr_feed (state, id) WHERE state IN ('arriving', 'held', 'applying');
CREATE INDEX hr_feed_digest ON hr_feed (sender, digest) WHERE state IN ('held', 'refused');
CREATE INDEX hr_feed_received ON hr_feed (received);

-- One row of a feed, as it was understood, and what became of it. It goes with its feed; a foreign key would cost each
-- of very many rows a look at it.
CREATE TABLE hr_feed_row (
    feed      bigint           NOT NULL,
    line      integer          NOT NULL,
    outcome   text             NOT NULL CHECK (outcome IN
                  ('applied', 'waiting', 'known', 'ambiguous', 'refused', 'silent')),
    problem   text,
    event     text COLLATE "C",                      -- null: the row cannot be understood, or says nothing
    key       text,
    value     text COLLATE "C",
    kind      text,
    moment    timestamptz,
    first_day date,
    last_day  date,
    zone      text,
    stops     uuid,                                  -- whom it fences, who is active and was not fenced
    PRIMARY KEY (feed, line)
);

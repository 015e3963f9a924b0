-- What nobody answers for any more is looked for once a day by one of the processes; the figures are for all of them.

CREATE TABLE orphan_round (
    due timestamptz NOT NULL
);

INSERT INTO orphan_round VALUES (now());

CREATE TABLE orphan_count (
    kind text   PRIMARY KEY,
    n    bigint NOT NULL
);

-- Since when something is known that nobody else knows the age of. What is seen no more is forgotten.
CREATE TABLE orphan_seen (
    kind  text             NOT NULL,
    key   text COLLATE "C" NOT NULL,                 -- for something on a target, the target's name and a slash come first
    since timestamptz      NOT NULL,
    PRIMARY KEY (kind, key)
);

-- The versions of the contract, and which of them held when.

-- What a contract said, once and for all; a text that says the same is the same version.
CREATE TABLE contract_version (
    number   bigint           PRIMARY KEY,
    digest   text COLLATE "C" NOT NULL UNIQUE CHECK (digest ~ '^[0-9a-f]{64}$'),
    findings json             NOT NULL,              -- warnings and notes of its first reading
    origin   text             NOT NULL,
    read     timestamptz      NOT NULL DEFAULT now()
);

CREATE TABLE contract_file (
    number bigint           NOT NULL REFERENCES contract_version,
    name   text COLLATE "C" NOT NULL,
    text   text             NOT NULL,
    PRIMARY KEY (number, name)
);

-- The newest row says what holds.
CREATE TABLE contract_activation (
    id     bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    number bigint      NOT NULL REFERENCES contract_version,
    at     timestamptz NOT NULL DEFAULT now(),
    origin text        NOT NULL,
    stood  boolean     NOT NULL                      -- by files that a replica goes on to stand behind
);

CREATE INDEX contract_activation_number ON contract_activation (number, id);

-- What each replica finds in its files now. A row that is not renewed is of a replica that is gone.
CREATE TABLE contract_reader (
    replica  uuid        PRIMARY KEY,
    origin   text        NOT NULL,
    number   bigint      REFERENCES contract_version, -- the version that they say; NULL when they are not sound
    findings json        NOT NULL,
    since    timestamptz NOT NULL,
    seen     timestamptz NOT NULL DEFAULT now()
);

-- What HR said follows people whom the identity provider deletes and makes anew under another id.

-- By which names the directory ever knew people of whom HR has spoken. They stay when the person goes: by them is known
-- who comes back.
CREATE TABLE hr_alias (
    person uuid             NOT NULL,
    key    text             NOT NULL CHECK (key IN ('employee_number', 'email', 'user_name', 'external_id')),
    value  text COLLATE "C" NOT NULL,                -- folded as the attribute compares
    source integer          NOT NULL,                -- whose externalId it is; 0 for names that mean the same everywhere
    PRIMARY KEY (key, value, source, person)
);

CREATE INDEX hr_alias_person ON hr_alias (person);

-- Whom a name led to until that person went. What waits so waits for the same human, and not for whoever has the name.
ALTER TABLE hr_subject ADD COLUMN was uuid;
CREATE INDEX hr_subject_was ON hr_subject (was) WHERE person IS NULL AND was IS NOT NULL;

-- Whoever is called so from now on is meant by another row.
ALTER TABLE hr_subject ADD COLUMN past boolean NOT NULL DEFAULT false;
ALTER TABLE hr_subject DROP CONSTRAINT hr_subject_key_value_sender_key;
CREATE UNIQUE INDEX hr_subject_name ON hr_subject (key, value, sender) WHERE NOT past;
CREATE INDEX hr_subject_past ON hr_subject (key, value) WHERE past;

-- Everybody of whom HR has spoken is looked at once, and their names are kept then.
INSERT INTO touched SELECT DISTINCT person, false, statement_timestamp() FROM hr_subject WHERE person IS NOT NULL;

-- What HR systems say, and the fences that follow from it.

-- Whom a sender speaks of, as it names them. The name of a person leads to one person for as long as the directory knows
-- that one, whatever becomes of the attribute: who is renamed is still the same. Otherwise it waits for somebody.
CREATE TABLE hr_subject (
    id         bigint           GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    sender     text COLLATE "C" NOT NULL,
    key        text             NOT NULL CHECK (key IN ('id', 'employee_number', 'email', 'user_name', 'external_id')),
    value      text COLLATE "C" NOT NULL,            -- folded as the attribute compares
    person     uuid,                                 -- null: nobody, or not clear who
    candidates uuid[]           NOT NULL DEFAULT '{}',      -- why it is not clear
    since      timestamptz      NOT NULL DEFAULT now(),     -- since when it leads to that person, or waits
    UNIQUE (key, value, sender)
);

CREATE INDEX hr_subject_person ON hr_subject (person) WHERE person IS NOT NULL;
CREATE INDEX hr_subject_waiting ON hr_subject (id) WHERE person IS NULL;
CREATE INDEX hr_subject_unclear ON hr_subject (id) WHERE person IS NULL AND candidates <> '{}';

-- One thing that a sender said. What was said stays said; what is wrong about it is put right by saying more.
CREATE TABLE hr_fact (
    id        bigint           GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    sender    text COLLATE "C" NOT NULL,
    event     text COLLATE "C" NOT NULL,             -- the sender's own name for it
    subject   bigint           NOT NULL REFERENCES hr_subject,
    kind      text             NOT NULL CHECK (kind IN ('leaver', 'rehire', 'leave_begins', 'leave_ends')),
    moment    timestamptz,                           -- when it takes effect: a moment, …
    first_day date,                                  -- … or the beginning of a day, …
    last_day  date,                                  -- … or the end of one, …
    zone      text,                                  -- … in this time zone; null: in the person's
    request   text             NOT NULL,             -- the id of the request that brought it
    received  timestamptz      NOT NULL DEFAULT now(),
    UNIQUE (sender, event),
    CHECK (num_nonnulls(moment, first_day, last_day) = 1)
);

CREATE INDEX hr_fact_subject ON hr_fact (subject);

CREATE FUNCTION hr_fact_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'hr_fact is append-only: % is refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER hr_fact_is_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON hr_fact
    FOR EACH STATEMENT EXECUTE FUNCTION hr_fact_is_append_only();

-- Everybody of whom HR has ever spoken. Whoever settles somebody's facts holds the row.
CREATE TABLE hr_person (
    person uuid        PRIMARY KEY,
    zone   text,                                     -- the time zone the directory gave when the facts were settled
    due    timestamptz                               -- when a fence begins or ends next
);

CREATE INDEX hr_person_due ON hr_person (due) WHERE due IS NOT NULL;

-- What the facts settle to: from when to when somebody is stopped, and by what.
CREATE TABLE fence (
    person uuid             NOT NULL REFERENCES hr_person ON DELETE CASCADE,
    sender text COLLATE "C" NOT NULL,
    kind   text             NOT NULL CHECK (kind IN ('leaver', 'leave')),
    event  text COLLATE "C" NOT NULL,
    since  timestamptz      NOT NULL,
    until  timestamptz,
    PRIMARY KEY (person, sender, kind, since)
);

-- Another fence is another access: the mark of it is written with it, like that of a push, so that nobody can forget it.
CREATE FUNCTION touch_fenced_people() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO touched SELECT DISTINCT person, false, statement_timestamp() FROM changed;
    RETURN NULL;
END
$$;

CREATE TRIGGER touch_fenced AFTER INSERT ON fence REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION touch_fenced_people();
CREATE TRIGGER touch_freed AFTER DELETE ON fence REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION touch_fenced_people();

-- What was due and is due no more has happened: from then on the person's access is another one.
CREATE FUNCTION touch_due_people() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO touched SELECT fresh.person, false, stale.due FROM fresh JOIN stale ON stale.person = fresh.person
    WHERE stale.due <= statement_timestamp() AND fresh.due IS DISTINCT FROM stale.due;
    RETURN NULL;
END
$$;

CREATE TRIGGER touch_due AFTER UPDATE ON hr_person REFERENCING OLD TABLE AS stale NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION touch_due_people();

-- By which HR systems know people. Most installations have few people without a number or none with one.
CREATE INDEX resource_employee_number ON resource (((search
    -> 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User' ->> 'employeeNumber') COLLATE "C"))
    WHERE (search -> 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User' ->> 'employeeNumber') IS NOT NULL;

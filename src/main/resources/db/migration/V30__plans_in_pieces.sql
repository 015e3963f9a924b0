-- A plan may be about everybody. What does not fit into the row of its pass or hold follows here, some lines at a time.
CREATE TABLE pass_plan (
    pass  bigint  NOT NULL,
    place integer NOT NULL,
    lines json    NOT NULL,
    PRIMARY KEY (pass, place)
);

CREATE TABLE hold_plan (
    hold  bigint  NOT NULL,
    place integer NOT NULL,
    lines json    NOT NULL,
    PRIMARY KEY (hold, place)
);

-- What a list of holds tells of a plan without reading it.
ALTER TABLE hold
    ADD COLUMN steps integer,
    ADD COLUMN takes jsonb;

-- What a plan takes from people, if all of it stands in its row. An earlier version goes on to write such rows as long as
-- it runs beside this one, and counts nothing.
CREATE FUNCTION hold_takes(plan json) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    WITH step AS (
        SELECT line #>> '{step,is}' AS kind, line #>> '{step,account,person}' AS person,
            line #>> '{step,membership,role}' AS role
        FROM json_array_elements(plan -> 'lines') AS line)
    SELECT jsonb_build_object(
        'suspended', (SELECT count(DISTINCT person) FROM step WHERE kind = 'SuspendLogin'),
        'dropped', (SELECT count(DISTINCT person) FROM step WHERE kind = 'DropLogin'),
        'revoked', (SELECT count(*) FROM (
            SELECT person, role FROM step WHERE kind = 'Leave'
            EXCEPT SELECT person, role FROM step WHERE kind = 'Join') AS lost))
$$;

UPDATE hold SET steps = json_array_length(plan -> 'lines'), takes = hold_takes(plan);

-- So that a step can be spoken of without its text.
ALTER TABLE held_step ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY;
CREATE INDEX held_step_id ON held_step (id);

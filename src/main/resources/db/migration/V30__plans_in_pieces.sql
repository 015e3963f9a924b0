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

-- What a list of holds tells of a plan without reading it. Older ones are whole in their row, and are counted there.
ALTER TABLE hold
    ADD COLUMN steps integer,
    ADD COLUMN takes jsonb;

-- So that a step can be spoken of without its text.
ALTER TABLE held_step ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY;
CREATE INDEX held_step_id ON held_step (id);

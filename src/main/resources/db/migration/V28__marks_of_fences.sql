-- A fence that is another is another access of the same person. Its mark says so: nobody looks again then whom the names of
-- that person lead to, fifty thousand times in a feed of leavers.
ALTER TABLE touched ADD COLUMN same boolean NOT NULL DEFAULT false; -- whether the directory says of the person what it said

CREATE OR REPLACE FUNCTION touch_fenced_people() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO touched (resource, gone, at, same)
    SELECT DISTINCT person, false, statement_timestamp(), true FROM changed;
    RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION touch_due_people() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO touched (resource, gone, at, same)
    SELECT fresh.person, false, stale.due, true FROM fresh JOIN stale ON stale.person = fresh.person
    WHERE stale.due <= statement_timestamp() AND fresh.due IS DISTINCT FROM stale.due;
    RETURN NULL;
END
$$;

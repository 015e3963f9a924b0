-- A decision about a held step is about what was said until then. Whoever is dismissed anew since is another leaver.
ALTER TABLE held_step ADD COLUMN since timestamptz NOT NULL DEFAULT now();

-- Whom HR stops again is stopped already, so no fence changes. Somebody is to look all the same: it may wait for a human.
CREATE FUNCTION touch_people_said_again() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO touched (resource, gone, at, same)
    SELECT DISTINCT s.person, false, statement_timestamp(), true FROM fresh JOIN hr_subject s ON s.id = fresh.subject
    WHERE fresh.kind IN ('leaver', 'leave_begins') AND EXISTS (SELECT FROM fence WHERE fence.person = s.person);
    RETURN NULL;
END
$$;

CREATE TRIGGER touch_said_again AFTER INSERT ON hr_fact REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION touch_people_said_again();

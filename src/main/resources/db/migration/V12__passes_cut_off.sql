-- What was asked of a pass that was cut off counts for the brakes, as far as it is not still to be done.
ALTER TABLE pass
    ADD COLUMN unclear boolean NOT NULL DEFAULT false;  -- nobody knows yet how far it came

CREATE INDEX pass_unclear ON pass (target) WHERE unclear;

-- A store that is brought back from a copy is older than what was done on its targets, and has to notice.

ALTER TABLE target_state ADD COLUMN last_pass bigint;  -- the last that was to change something there
ALTER TABLE target_state ADD COLUMN outrun bigint;     -- the pass that the target knows and this store does not

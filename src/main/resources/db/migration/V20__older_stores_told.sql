-- That a target knows more than the store is told again and again, and not by every process at every pass.

ALTER TABLE target_state ADD COLUMN outrun_told timestamptz;  -- when the log was last told of outrun

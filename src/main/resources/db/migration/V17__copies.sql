-- A copy of a server keeps the identity of the original, and only a human knows that it is a server of its own.

ALTER TABLE target_state ADD COLUMN copy_of text;  -- the target whose server this one's is a copy of

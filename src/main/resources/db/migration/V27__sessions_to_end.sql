-- Whose open sessions are still to be ended: one may have become a role that the login has lost, which no look at the
-- server tells.
ALTER TABLE login ADD COLUMN hiding boolean NOT NULL DEFAULT false;

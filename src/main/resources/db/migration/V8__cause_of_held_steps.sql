-- Why a held step was planned, where it was because somebody's access ended. When the identity provider later says
-- something about the person alone, that is another order than the one that waits.
ALTER TABLE held_step ADD COLUMN cause text;

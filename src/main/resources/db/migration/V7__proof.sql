-- What a proof has to show, and what of a plan waits for a human.

-- A proof is promised before anything is taken, so that it is owed even if we die in between; `done` follows.
ALTER TABLE receipt
    ALTER COLUMN done DROP NOT NULL,
    ADD COLUMN lost text[] NOT NULL DEFAULT '{}',    -- the roles that are taken
    ADD COLUMN kept text[] NOT NULL DEFAULT '{}',    -- the roles that are left
    ADD COLUMN suspended timestamptz,                -- when the login was, as its mark on the server tells
    ADD COLUMN overtaken bigint;                     -- the pass that gave something back before the server was asked

CREATE INDEX receipt_pass ON receipt (pass);
CREATE INDEX receipt_unproven ON receipt (id) WHERE NOT verdict;

-- The takings of a hold that are still wanted. While the hold is open or refused they wait in every pass; while it is
-- released they may go. A row goes when its step is planned no more: whoever leaves again later is another leaver.
CREATE TABLE held_step (
    hold   bigint           NOT NULL,
    target text COLLATE "C" NOT NULL,
    person uuid,                                     -- null: it is about a role
    step   text             NOT NULL                 -- as JSON
);

CREATE INDEX held_step_person ON held_step (target, person);
CREATE INDEX held_step_hold ON held_step (hold);

-- Every password that was given is known by its end, so that it is over then whatever anybody does on the target. The
-- same rows say what somebody wants ended before. No password is here, nor anything it could be told from.

ALTER TABLE ephemeral RENAME TO password;
ALTER TABLE password RENAME CONSTRAINT ephemeral_pkey TO password_pkey;
ALTER SEQUENCE ephemeral_id_seq RENAME TO password_id_seq;
ALTER INDEX ephemeral_due RENAME TO password_due;
ALTER INDEX ephemeral_login RENAME TO password_login;

ALTER TABLE password
    ADD COLUMN asked    timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN sessions boolean     NOT NULL DEFAULT true,  -- whether what is open ends with it
    ADD COLUMN demanded boolean     NOT NULL DEFAULT false, -- somebody wants all passwords ended that were given before
    ADD COLUMN taken    boolean     NOT NULL DEFAULT false, -- what is left is to look once more
    ADD COLUMN attempts integer     NOT NULL DEFAULT 0;     -- failures in a row

UPDATE password SET taken = true WHERE due > ends;

CREATE INDEX password_ends ON password (ends, id) WHERE given AND NOT taken;

-- Once a day one of the processes tells how many end soon.
CREATE TABLE password_round (
    due timestamptz NOT NULL
);

INSERT INTO password_round VALUES (now());

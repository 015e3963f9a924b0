-- Signatures that were used, for as long as their timestamps are young enough to be used again.
CREATE TABLE hr_signature (
    sender    text COLLATE "C" NOT NULL,
    signature bytea            NOT NULL,
    at        timestamptz      NOT NULL DEFAULT now(),
    PRIMARY KEY (sender, signature)
);

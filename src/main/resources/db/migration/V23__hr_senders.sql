-- When something that an HR system said was last taken, by whichever process.
CREATE TABLE hr_sender (
    sender text COLLATE "C" PRIMARY KEY,
    heard  timestamptz      NOT NULL DEFAULT now()
);

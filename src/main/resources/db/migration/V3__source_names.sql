-- A source's name is part of a URL; one that cannot be would stop all doors at the next reading of the sources.
ALTER TABLE source
    ADD CONSTRAINT source_name_in_url CHECK (name ~ '^[a-z][a-z0-9-]{0,62}$' AND name !~ '^v[0-9]+$');

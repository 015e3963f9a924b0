-- A human decides about a feed that is held by what was shown: its bytes, and whom they would stop.
ALTER TABLE hr_feed ADD COLUMN shown text; -- the digest of both, since it was held
COMMENT ON COLUMN hr_feed.digest IS 'of its bytes, by which it is known again';

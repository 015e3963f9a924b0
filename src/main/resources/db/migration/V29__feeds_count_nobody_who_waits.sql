-- Whoever is not there has nothing to lose, so nobody counts them any more.
ALTER TABLE hr_feed_row DROP COLUMN awaits;
ALTER TABLE hr_feed DROP COLUMN awaits;

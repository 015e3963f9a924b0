-- A feed may also stop people whom the directory does not know yet: they count as those who are there.
ALTER TABLE hr_feed_row ADD COLUMN awaits boolean NOT NULL DEFAULT false;
ALTER TABLE hr_feed ADD COLUMN awaits integer NOT NULL DEFAULT 0;

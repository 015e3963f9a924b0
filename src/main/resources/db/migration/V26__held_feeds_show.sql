-- Feeds that a human was already to decide about when it became of interest whom they would stop.
UPDATE hr_feed f SET shown = encode(sha256(convert_to(concat_ws(' ', digest, (
    SELECT string_agg(DISTINCT stops::text, ' ' ORDER BY stops::text) FROM hr_feed_row WHERE feed = f.id)),
    'UTF8')), 'hex')
WHERE state = 'held' AND shown IS NULL;

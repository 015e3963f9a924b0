-- What was seen of orphans is told apart by the target and by a name of its own. Roles and services without an owner
-- were told apart by a sentence about them until now, from which no name can be taken safely: they are seen anew.

DELETE FROM orphan_seen WHERE kind = 'owner_gone';

ALTER TABLE orphan_seen ADD COLUMN target text COLLATE "C" NOT NULL DEFAULT '';  -- empty for what is on none
ALTER TABLE orphan_seen RENAME COLUMN key TO name;

UPDATE orphan_seen SET target = split_part(name, '/', 1), name = substr(name, strpos(name, '/') + 1);

ALTER TABLE orphan_seen ALTER COLUMN target DROP DEFAULT;
ALTER TABLE orphan_seen DROP CONSTRAINT orphan_seen_pkey;
ALTER TABLE orphan_seen ADD PRIMARY KEY (kind, target, name);

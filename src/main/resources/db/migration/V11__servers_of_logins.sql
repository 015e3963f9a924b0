-- A server's own id of a login says nothing on another server.

ALTER TABLE login
    ADD COLUMN server text;                          -- the lineage of the server that gave the id

ALTER TABLE receipt
    ADD COLUMN server text;                          -- the lineage of the server that it was taken from on; null: promised before this was kept

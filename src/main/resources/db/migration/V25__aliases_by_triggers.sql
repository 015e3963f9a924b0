-- By which names people of whom HR has spoken were known is kept when they lose the names, by triggers and in the push's own
-- transaction: nothing can forget it, and whoever keeps all names costs nothing.
CREATE FUNCTION keep_aliases() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM stale o JOIN hr_subject s ON s.person = o.id) THEN
        RETURN NULL; -- as nearly always
    END IF;
    INSERT INTO hr_alias (person, key, value, source)
    SELECT o.id, n.key, n.value, CASE n.key WHEN 'external_id' THEN o.source_id ELSE 0 END
    FROM stale o CROSS JOIN LATERAL (
        VALUES ('user_name', o.search ->> 'userName'), ('external_id', o.search ->> 'externalId'),
               ('employee_number', o.search -> 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
                                   ->> 'employeeNumber')
        UNION ALL SELECT 'email', e #>> '{}' FROM jsonb_path_query(o.search, 'lax $.emails[*].value') e) n (key, value)
    WHERE o.type = 'User' AND EXISTS (SELECT FROM hr_subject s WHERE s.person = o.id)
      AND octet_length(n.value) <= 2000 -- no sender can say more, and no index keeps much more
    ORDER BY n.key, n.value ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;

CREATE TRIGGER keep_aliases_of_changed AFTER UPDATE ON resource REFERENCING OLD TABLE AS stale
    FOR EACH STATEMENT EXECUTE FUNCTION keep_aliases();
CREATE TRIGGER keep_aliases_of_gone AFTER DELETE ON resource REFERENCING OLD TABLE AS stale
    FOR EACH STATEMENT EXECUTE FUNCTION keep_aliases();

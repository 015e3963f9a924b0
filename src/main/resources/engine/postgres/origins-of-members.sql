-- Since when rows of membership are as they are, and by whom they were given. The number of a transaction whose row is
-- frozen may belong to another one by now.
-- ?1 members  ?2 roles  ?3 grantors, or empty texts
SELECT asked.place,
       CASE WHEN current_setting('track_commit_timestamp') = 'on' AND age(m.xmin) <= age(catalogue.relfrozenxid)
            THEN pg_xact_commit_timestamp(m.xmin)
       END AS since,
       grantor.rolname AS author
FROM unnest(?::text[], ?::text[], ?::text[]) WITH ORDINALITY AS asked (member, role, grantor, place)
     JOIN pg_roles member ON member.rolname = asked.member::name
     JOIN pg_roles role ON role.rolname = asked.role::name
     JOIN pg_auth_members m ON m.member = member.oid AND m.roleid = role.oid
     LEFT JOIN pg_roles grantor ON grantor.oid = m.grantor
     JOIN pg_class catalogue ON catalogue.oid = m.tableoid
WHERE asked.grantor IN ('', grantor.rolname)

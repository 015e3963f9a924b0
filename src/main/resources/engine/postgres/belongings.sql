-- What some roles own in this database, and who can take it over. Data is what does nothing by itself. Code acts with
-- its owner's rights, or runs with the rights of whoever comes near it; that holds for a table, too, when it has
-- triggers, rules, policies, or expressions that call somebody's functions: the server evaluates those as the table's
-- owner when it analyses the table. So it does with what a type calls: the check of a domain or the difference of a range,
-- and so of an array, a row or a domain of it; and with a cast between the keys of two tables, as the owners of both.
-- OFFSET 0 keeps a server from walking through all uses of functions there are for each table. An obstacle can be handed
-- over by an administrator only.
-- ?1 the roles
WITH RECURSIVE live (type) AS (
    SELECT t.oid
    FROM pg_type t
    WHERE t.typtype IN ('d', 'r')
      AND EXISTS (SELECT
                  FROM pg_depend use
                  WHERE use.refclassid IN ('pg_proc'::regclass, 'pg_operator'::regclass)
                    AND ((use.classid = 'pg_type'::regclass AND use.objid = t.oid)
                         OR (use.classid = 'pg_constraint'::regclass
                             AND use.objid IN (SELECT k.oid FROM pg_constraint k WHERE k.contypid = t.oid))))
    UNION
    SELECT CASE use.classid
               WHEN 'pg_type'::regclass THEN use.objid
               WHEN 'pg_class'::regclass THEN (SELECT c.reltype FROM pg_class c WHERE c.oid = use.objid)
               ELSE (SELECT k.contypid FROM pg_constraint k WHERE k.oid = use.objid)
           END
    FROM live
         JOIN pg_depend use ON use.refclassid = 'pg_type'::regclass AND use.refobjid = live.type
    WHERE use.classid IN ('pg_type'::regclass, 'pg_class'::regclass, 'pg_constraint'::regclass)
),
cast_by_itself (type) AS (
    SELECT x.castsource
    FROM pg_cast x
         JOIN pg_depend use ON use.classid = 'pg_cast'::regclass AND use.objid = x.oid
    WHERE x.castcontext = 'i' AND use.refclassid = 'pg_proc'::regclass
    UNION
    SELECT t.oid
    FROM cast_by_itself s
         JOIN pg_type t ON t.typtype = 'd' AND t.typbasetype = s.type
)
SELECT s.refobjid AS owner, s.classid, s.objid,
       CASE
           WHEN s.classid = 'pg_class'::regclass THEN
               CASE
                   WHEN c.relkind = 'f' THEN 'obstacle'
                   WHEN c.relkind IN ('v', 'm') THEN 'code'
                   WHEN c.relkind IN ('r', 'p') AND (
                       EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal)
                       OR EXISTS (SELECT FROM pg_rewrite w WHERE w.ev_class = c.oid)
                       OR EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid)
                       OR EXISTS (SELECT
                                  FROM pg_depend use
                                  WHERE use.classid = 'pg_class'::regclass
                                    AND use.objid = c.oid
                                    AND use.refclassid = 'pg_type'::regclass
                                    AND use.refobjid IN (SELECT live.type FROM live)
                                  OFFSET 0)
                       OR EXISTS (SELECT
                                  FROM pg_depend use
                                       JOIN pg_constraint k ON k.oid = use.objid AND k.contype = 'f'
                                       JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey)
                                  WHERE use.classid = 'pg_constraint'::regclass
                                    AND use.refclassid = 'pg_class'::regclass
                                    AND use.refobjid = c.oid
                                    AND a.atttypid IN (SELECT s.type FROM cast_by_itself s)
                                  OFFSET 0)
                       OR EXISTS (SELECT
                                  FROM pg_depend part
                                  WHERE part.refclassid = 'pg_class'::regclass
                                    AND part.refobjid = c.oid
                                    AND part.deptype IN ('a', 'i')
                                    AND EXISTS (SELECT
                                                FROM pg_depend use
                                                WHERE use.classid = part.classid
                                                  AND use.objid = part.objid
                                                  AND (use.refclassid IN ('pg_proc'::regclass, 'pg_operator'::regclass)
                                                       OR (use.refclassid = 'pg_type'::regclass
                                                           AND use.refobjid IN (SELECT live.type FROM live)))
                                                OFFSET 0)
                                  OFFSET 0)
                   ) THEN 'code'
                   ELSE 'data'
               END
           WHEN s.classid IN ('pg_namespace'::regclass, 'pg_largeobject'::regclass) THEN 'data'
           WHEN s.classid = 'pg_type'::regclass THEN CASE WHEN t.typtype IN ('c', 'e') THEN 'data' ELSE 'code' END
           WHEN s.classid = 'pg_default_acl'::regclass THEN 'promise'
           WHEN s.classid IN ('pg_proc'::regclass, 'pg_operator'::regclass, 'pg_opclass'::regclass,
                              'pg_opfamily'::regclass, 'pg_conversion'::regclass, 'pg_collation'::regclass,
                              'pg_statistic_ext'::regclass, 'pg_ts_config'::regclass, 'pg_ts_dict'::regclass)
               THEN 'code'
           ELSE 'obstacle'
       END AS kind,
       pg_describe_object(s.classid, s.objid, 0) AS what
FROM pg_shdepend s
     LEFT JOIN pg_class c ON s.classid = 'pg_class'::regclass AND c.oid = s.objid
     LEFT JOIN pg_type t ON s.classid = 'pg_type'::regclass AND t.oid = s.objid
WHERE s.refclassid = 'pg_authid'::regclass
  AND s.refobjid = ANY (?)
  AND s.deptype = 'o'
  AND s.dbid = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())

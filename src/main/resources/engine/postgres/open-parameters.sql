-- Which parameters everybody may set, or set for the whole server.
SELECT 'PARAMETER', p.parname, NULL, held.privilege_type
FROM pg_parameter_acl p, aclexplode(p.paracl) held
WHERE held.grantee = 0

-- With which kind of right somebody becomes a role.
'SET'

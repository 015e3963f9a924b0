-- With which kind of right somebody becomes a role: before 16 every member may.
'MEMBER'

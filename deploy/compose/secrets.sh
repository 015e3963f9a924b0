#!/bin/bash
# Makes the secrets of the compose file that are missing. A folder other than /run/secrets can be given.
set -eu
folder=${1:-/run/secrets}
rolewright=65532 postgres=999

make_secret() { # the file $1 for the group $2
    mkdir -p "$(dirname "$folder/$1")"
    if [ ! -s "$folder/$1" ]; then
        (umask 377 && head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=\n' > "$folder/$1.new")
        chown "$rolewright:$2" "$folder/$1.new"
        chmod 440 "$folder/$1.new"
        mv "$folder/$1.new" "$folder/$1"
    fi
}

make_secret rolewright/quarkus.datasource.password $postgres
make_secret rolewright/rolewright.admin.token $rolewright
make_secret rolewright/rolewright.scim.token $rolewright
make_secret target/connector.password $postgres
make_secret target/superuser.password $postgres
chown "$postgres" "$folder/target/superuser.password"
chmod 400 "$folder/target/superuser.password"

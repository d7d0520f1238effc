#!/bin/sh
# The image's start: data folder and first user are made ready, then the server replaces this script.
# While that happens a server without the replica set answers inside the container, as with the official image.
set -eu
case "${1:-mongod}" in -*) set -- mongod "$@" ;; esac
if [ "${1:-}" = mongod ] && [ "$(id -u)" = 0 ]; then
  chown -R 999:999 /data/db
  export MONGO_RUN_AS=999
  if [ -n "${MONGO_INITDB_ROOT_USERNAME:-}" ] && [ -z "$(ls -A /data/db)" ]; then
    mongod --bind_ip 127.0.0.1 &
    until mongosh --quiet --eval 'db.hello()' >/dev/null 2>&1; do sleep 0.1; done
    mongosh --quiet --eval "db.getSiblingDB('admin').createUser({ user: '$MONGO_INITDB_ROOT_USERNAME', pwd: '$MONGO_INITDB_ROOT_PASSWORD', roles: ['root'] })" >/dev/null
    kill -TERM "$!"
    wait "$!"
  fi
fi
exec "$@"

#!/bin/sh
# Brings the server to what the merged document says, if that is still what was reviewed: else it is refused, and nothing is written.
# Needs STACK and EXPECT (the review's checksum), the connection and the state's place in the environment. A stack with
# `rocketchat:production: "true"` needs CONFIRM as well: the server's host.
set -eu
set -- -f workspace.yaml --stack "$STACK" --yes --expect "${EXPECT:?the checksum of the review}"
if [ -n "${CONFIRM:-}" ]; then set -- "$@" --confirm "$CONFIRM"; fi
exec npx pulumi-rocketchat up "$@"

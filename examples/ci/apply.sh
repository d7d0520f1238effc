#!/bin/sh
# Brings the server to what the merged document says, if that is still what was reviewed: else it is refused, and nothing is written.
# Needs STACK and EXPECT (the review's checksum), the connection and the state's place in the environment.
set -eu
npx pulumi-rocketchat review -f workspace.yaml --stack "$STACK" --format json --out review.json
checksum=$(node -p 'JSON.parse(require("fs").readFileSync("review.json", "utf8")).checksum')
if [ "$checksum" != "${EXPECT:?the checksum of the review}" ]; then
  echo "What up would do now ($checksum) is not what was reviewed ($EXPECT): review it again." >&2
  exit 1
fi
npx pulumi-rocketchat up -f workspace.yaml --stack "$STACK" --yes

#!/bin/sh
# What `up` would do, for a pull request: review.md, whose first line holds the checksum. Changes nothing.
# Needs STACK, and the connection (ROCKETCHAT_…) and the state's place (PULUMI_…) in the environment.
set -eu
# A preview may hold secrets; it is not left behind.
trap 'rm -f plan.json' EXIT
npx pulumi-rocketchat preview -f workspace.yaml --stack "$STACK" --json > plan.json
npx pulumi-rocketchat review --plan plan.json --format json --out review.json
npx pulumi-rocketchat review --plan plan.json --format md --out report.md
checksum=$(node -p 'JSON.parse(require("fs").readFileSync("review.json", "utf8")).checksum')
{
  echo "<!-- workspace review $checksum -->"
  echo "**What merging this does to $STACK**"
  echo
  cat report.md
} > review.md

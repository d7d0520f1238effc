#!/bin/sh
# What `up` would do, for a pull request: review.md, whose first line holds the checksum. Changes nothing. Where there is nothing to be done
# because the document is wrong, review.md says what is wrong with it, and this fails.
# Needs STACK, and the connection (ROCKETCHAT_…) and the state's place (PULUMI_…) in the environment.
set -eu
# A preview may hold secrets; it is not left behind.
trap 'rm -f plan.json' EXIT
if ! npx pulumi-rocketchat preview -f workspace.yaml --stack "$STACK" --json > plan.json 2> problems.txt; then
  # What is found out by a program stands in the preview itself.
  if [ -s plan.json ]; then
    npx pulumi-rocketchat review --plan plan.json 2>&1 | sed -e '1,/^$/d' -e '/^Checksum: /d' > problems.txt
  fi
  cat problems.txt >&2
  {
    echo "<!-- workspace review none -->"
    echo "**This can't be reviewed, and merging it changes nothing in $STACK**"
    echo
    echo '~~~~text'
    grep -v -e '^Engine: ' -e '^npm ' problems.txt | head -c 60000
    echo '~~~~'
  } > review.md
  exit 1
fi
npx pulumi-rocketchat review --plan plan.json --format json --out review.json
npx pulumi-rocketchat review --plan plan.json --format md --out report.md
checksum=$(node -p 'JSON.parse(require("fs").readFileSync("review.json", "utf8")).checksum')
{
  echo "<!-- workspace review $checksum -->"
  echo "**What merging this does to $STACK**"
  echo
  cat report.md
} > review.md

#!/bin/sh
# Makes staging equal to production, with what overlay.staging.yaml says. May be run again at any time: only what has changed
# since is changed.
#
# Needs from the environment, never from arguments:
#   PRODUCTION_URL   ROCKETCHAT_FROM_USER_ID, ROCKETCHAT_FROM_AUTH_TOKEN (or …_USERNAME, …_PASSWORD)
#   STAGING_URL      ROCKETCHAT_USER_ID, ROCKETCHAT_AUTH_TOKEN (or …_USERNAME, …_PASSWORD)
#   PULUMI_BACKEND_URL, PULUMI_CONFIG_PASSPHRASE   where state is kept, and what seals the secrets of the stack "staging"
#
# ./clone.sh --preview-only   shows what would change
# ./clone.sh --yes            does not ask
set -eu
cd "$(dirname "$0")"
npx pulumi-rocketchat clone \
  --from "$PRODUCTION_URL" \
  --to "$STAGING_URL" \
  --overlay overlay.staging.yaml \
  --stack staging \
  --out work \
  --new-urls new-urls.tsv \
  "$@"

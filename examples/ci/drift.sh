#!/bin/sh
# Fails when somebody has changed by hand what the document manages, and shows what. Changes nothing.
# Needs STACK, the connection and the state's place in the environment.
set -eu
# Where the state is in a folder (file://), `pulumi-rocketchat drift` tells the same in shorter lines.
npx pulumi-rocketchat refresh -f workspace.yaml --stack "$STACK" --preview-only --expect-no-changes --diff

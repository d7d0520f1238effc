#!/bin/sh
# Fails when somebody has changed by hand what the document manages, and shows what. Changes nothing.
# Needs STACK, the connection and the state's place in the environment.
set -eu
# Exit code 2: something was changed; 1: not everything could be read.
npx pulumi-rocketchat drift -f workspace.yaml --stack "$STACK"

/**
 * A workspace out of one document. Without this program the same is done by `pulumi-rocketchat up -f workspace.yaml`.
 * Once: `pulumi config set --secret alicePassword …`, and BOB_PASSWORD in the environment.
 */
import { existsSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import * as rocketchat from "pulumi-rocketchat";

const overlay = `overlay.${pulumi.getStack()}.yaml`;

const acme = new rocketchat.Workspace("acme", {
  file: "workspace.yaml",
  overlays: existsSync(overlay) ? [overlay] : [],
});

export const builds = acme.resource("channels", "builds")?.id;

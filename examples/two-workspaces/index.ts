/**
 * Two workspaces in one program: what has no `provider` goes to the stack's own connection, the rest where its provider leads.
 * Once: `pulumi config set stagingUrl https://staging.example.com`, `pulumi config set stagingUserId …` and
 * `pulumi config set --secret stagingToken …`; what is not set comes from the environment (ROCKETCHAT_URL and so on).
 */
import * as pulumi from "@pulumi/pulumi";
import * as rocketchat from "pulumi-rocketchat";

const config = new pulumi.Config();

const url = config.get("stagingUrl");
const userId = config.get("stagingUserId");
const authToken = config.getSecret("stagingToken");
const staging = new rocketchat.Provider("staging", {
  ...(url && { url }),
  ...(userId && authToken && { userId, authToken }),
});

new rocketchat.Channel("releases", { name: "releases", topic: "What went out, and when" });

const trial = new rocketchat.Channel("trial-releases", { name: "trial-releases" }, { provider: staging });

export const stagingServer = trial.serverUrl;

/** oauth-apps.*: applications that sign their users in with this server. */
import { failure, meteorError } from "../core/failure.ts";
import { authToken, objectId, randomId } from "../core/ids.ts";
import { bare, type Call, may, type Route } from "../core/route.ts";
import type { OAuthAppDoc } from "../core/state.ts";
import { flag, type Schema, strict, text } from "../core/validate.ts";

const PERMISSION = "manage-oauth-apps";

interface Wanted {
  appId?: string;
  name: string;
  active: boolean;
  redirectUri: string;
}

/** Several addresses come separated by newline or comma and are kept separated by comma. */
function addresses(redirectUri: string): string {
  return redirectUri
    .split(/[\n,]/)
    .map((address) => address.trim())
    .filter((address) => address !== "")
    .join(",");
}

function checked(call: Call, method: string): Wanted {
  const wanted = call.body as unknown as Wanted;
  if (wanted.name.trim() === "") throw meteorError("error-invalid-name", "Invalid name", { method });
  const redirectUri = addresses(wanted.redirectUri);
  if (redirectUri === "") throw meteorError("error-invalid-redirectUri", "Invalid redirectUri", { method });
  return { ...wanted, redirectUri };
}

const caller = ({ user }: Call) => ({ _id: user._id, username: user.username });

function create(call: Call) {
  const { name, active, redirectUri } = checked(call, "addOAuthApp");
  const now = call.clock.now();
  const application: OAuthAppDoc = {
    _id: objectId(),
    name,
    active,
    redirectUri,
    clientId: randomId(),
    clientSecret: authToken(),
    _createdAt: now,
    _updatedAt: now,
    _createdBy: caller(call),
  };
  call.state.oauthApps[application._id] = application;
  return { application };
}

function demand(call: Call, method: string): OAuthAppDoc {
  const app = call.state.oauthApps[call.body.appId as string];
  if (!app) throw meteorError("error-application-not-found", "Application not found", { method });
  return app;
}

function update(call: Call) {
  const { name, active, redirectUri } = checked(call, "updateOAuthApp");
  const app = demand(call, "updateOAuthApp");
  return Object.assign(app, { name, active, redirectUri, _updatedAt: call.clock.now(), _updatedBy: caller(call) });
}

function get(call: Call) {
  const { _id, clientId, appId } = call.query;
  const app = Object.values(call.state.oauthApps).find(
    (known) => known._id === (_id ?? appId) || known.clientId === clientId,
  );
  if (!app) throw failure("OAuth app not found.");
  const { clientSecret, ...open } = app;
  return { oauthApp: may(call, PERMISSION) ? { ...open, clientSecret } : open };
}

function remove(call: Call) {
  delete call.state.oauthApps[demand(call, "deleteOAuthApp")._id];
  return bare(true);
}

const fields: Record<string, Schema> = { name: text, active: flag, redirectUri: text };
const permissions = [PERMISSION];

export const oauthAppRoutes: readonly Route[] = [
  {
    method: "POST",
    path: "/api/v1/oauth-apps.create",
    permissions,
    body: strict(fields, ["name", "active", "redirectUri"]),
    handler: create,
  },
  {
    method: "POST",
    path: "/api/v1/oauth-apps.update",
    permissions,
    body: strict({ ...fields, appId: text }, ["appId", "name", "active", "redirectUri"]),
    handler: update,
  },
  {
    method: "POST",
    path: "/api/v1/oauth-apps.delete",
    permissions,
    body: strict({ appId: text }, ["appId"]),
    handler: remove,
  },
  {
    method: "GET",
    path: "/api/v1/oauth-apps.list",
    permissions,
    handler: (call) => ({ oauthApps: Object.values(call.state.oauthApps) }),
  },
  {
    method: "GET",
    path: "/api/v1/oauth-apps.get",
    query: (version) => ({
      type: "object",
      oneOf: ["_id", "clientId", ...(version === "7.7.1" ? ["appId"] : [])].map((key) =>
        strict({ [key]: text }, [key]),
      ),
    }),
    handler: get,
  },
];

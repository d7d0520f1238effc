/** `integrations.*`: incoming and outgoing webhooks. */
import { failure, meteorError } from "../core/failure.ts";
import { paged, pageOf, pageProperties, sorted, sortOf } from "../core/paging.ts";
import { type Call, demandAny, type Route } from "../core/route.ts";
import type { IntegrationDoc } from "../core/state.ts";
import { open, strict, text } from "../core/validate.ts";
import { createIncoming, updateIncoming } from "../integrations/incoming.ts";
import { createOutgoing, updateOutgoing } from "../integrations/outgoing.ts";
import { DIRECTIONS, MANAGE_ANY, mayManage, sees } from "../integrations/rights.ts";
import { createBody, removeBody, updateBody } from "../integrations/schemas.ts";

const asStored = (call: Call, integration: IntegrationDoc): object => {
  if (call.is8) return integration;
  // release 7.7.1 answers a new one as it was before it was stored
  const { _updatedAt, ...rest } = integration;
  return rest;
};

function create(call: Call): object {
  const { type, ...body } = call.body;
  const made = type === "webhook-incoming" ? createIncoming(call, body) : createOutgoing(call, body);
  return { integration: asStored(call, made) };
}

/** By `target_url` (one of its urls) or by `integrationId`. */
function found(call: Call): IntegrationDoc {
  const { integrationId, target_url: url, type } = call.body;
  const all = Object.values(call.state.integrations);
  const integration =
    type === "webhook-outgoing" && url !== undefined
      ? all.find(({ urls }) => Array.isArray(urls) && urls.includes(url))
      : call.state.integrations[String(integrationId)];
  if (!integration) throw failure("No integration found.");
  return integration;
}

function update(call: Call): object {
  const integration = found(call);
  if (call.body.type === "webhook-incoming") updateIncoming(call, integration, call.body);
  else updateOutgoing(call, integration, call.body);
  return { integration };
}

function remove(call: Call): object {
  const integration = found(call);
  if (!sees(call, integration)) {
    throw meteorError("error-invalid-integration", "Invalid integration", { method: "deleteIntegration" });
  }
  delete call.state.integrations[integration._id];
  return { integration };
}

function get(call: Call): object {
  if (!DIRECTIONS.some((direction) => mayManage(call, direction))) throw failure("not-authorized");
  const { integrationId, createdBy } = call.query;
  const integration = call.state.integrations[String(integrationId)];
  const wanted =
    integration && sees(call, integration) && (createdBy ?? integration._createdBy._id) === integration._createdBy._id;
  if (!wanted) throw failure("The integration does not exists.");
  return { integration };
}

/** List answers say the number of rows twice. */
function page<T extends object>(call: Call, rows: readonly T[]) {
  const { rows: part, offset, count, total } = paged(rows, pageOf(call));
  return { part, numbers: { offset, items: count, count, total } };
}

function list(call: Call): object {
  const { name, type } = call.query;
  const matches = (integration: IntegrationDoc) =>
    sees(call, integration) &&
    (name === undefined || integration.name.toLowerCase().includes(String(name).toLowerCase())) &&
    (type === undefined || integration.type === type);
  const { part, numbers } = page(
    call,
    sorted(Object.values(call.state.integrations).filter(matches), sortOf(call, { ts: -1 })),
  );
  return { integrations: part, ...numbers };
}

/** What outgoing integrations did is not written down here, so that nothing is ever in their history. */
function history(call: Call): object {
  demandAny(call, ["manage-outgoing-integrations", "manage-own-outgoing-integrations"]);
  const { part, numbers } = page(call, []);
  return { history: part, ...numbers };
}

export const integrationRoutes: readonly Route[] = [
  { method: "POST", path: "/api/v1/integrations.create", body: createBody, handler: create },
  { method: "PUT", path: "/api/v1/integrations.update", body: updateBody, handler: update },
  {
    method: "POST",
    path: "/api/v1/integrations.remove",
    permissions: { any: MANAGE_ANY },
    body: removeBody,
    handler: remove,
  },
  {
    method: "GET",
    path: "/api/v1/integrations.get",
    query: open({ integrationId: text, createdBy: text }, ["integrationId"]),
    handler: get,
  },
  {
    method: "GET",
    path: "/api/v1/integrations.list",
    permissions: { any: MANAGE_ANY },
    query: strict({ ...pageProperties, name: text, type: text }),
    handler: list,
  },
  {
    method: "GET",
    path: "/api/v1/integrations.history",
    query: open({ id: text }, ["id"]),
    handler: history,
  },
];

/** Webhooks, apps and sign-in services: where data goes, who may post, which code runs. */
import { type Change, field, isLost, listOf, textOf } from "../change.ts";
import { high, medium, type Rule, when } from "./rule.ts";

const hostOf = (address: string): string => (URL.canParse(address) ? new URL(address).host : address);

/** Hosts that data goes to now and did not before. */
function newHosts(change: Change, key: string): string[] {
  const differs = field(change, key);
  const known = new Set(listOf(differs?.before).map(hostOf));
  return [...new Set(listOf(differs?.after).map(hostOf))].filter((host) => !known.has(host));
}

const script = (change: Change, what: string) =>
  when([
    change.after?.scriptEnabled === true &&
      (field(change, "script") !== undefined || field(change, "scriptEnabled") !== undefined),
    () => medium("script", `New code runs on the server for ${what}`),
  ]);

const incoming: Rule = (change) => {
  const what = `the incoming webhook "${textOf(change, "name")}"`;
  const open = change.after?.overrideDestinationChannelEnabled === true;
  return [
    ...when(
      [change.op === "create", () => medium("webhook", `A new address lets outsiders post: ${what}`)],
      [isLost(change), () => high("token-rotation", `The address of ${what} stops working`)],
      [
        open && field(change, "overrideDestinationChannelEnabled") !== undefined,
        () => high("webhook-anywhere", `Callers of ${what} choose the room or person themselves`),
      ],
      [
        change.op === "update" && field(change, "channel") !== undefined,
        () => medium("webhook-target", `Messages of ${what} go elsewhere`),
      ],
    ),
    ...script(change, what),
  ];
};

const outgoing: Rule = (change) => {
  const what = `the outgoing webhook "${textOf(change, "name")}"`;
  return [
    ...newHosts(change, "urls").map((host) =>
      high("webhook-host", `What happens in the workspace is sent to ${host} by ${what}`),
    ),
    ...when(
      [
        change.op === "update" && field(change, "token") !== undefined,
        () => high("token-rotation", `The token of ${what} changes; receivers must learn the new one`),
      ],
      [
        change.op === "update" && field(change, "channel") !== undefined,
        () => medium("webhook-source", `The rooms that ${what} listens to change`),
      ],
      [isLost(change), () => medium("deletion", `${what.replace("the", "The")} is deleted`)],
    ),
    ...script(change, what),
  ];
};

const app: Rule = (change) => {
  const what = `the OAuth app "${textOf(change, "name")}"`;
  return [
    ...newHosts(change, "redirectUri").map((host) =>
      high("oauth-host", `People who sign in through ${what} are sent to ${host}`),
    ),
    ...when(
      [isLost(change), () => high("deletion", `${what.replace("the", "The")} is deleted; signing in through it stops`)],
      [
        field(change, "active")?.after === false,
        () => high("deactivation", `${what.replace("the", "The")} is switched off`),
      ],
    ),
  ];
};

const service: Rule = (change) => {
  const what = `The sign-in service "${textOf(change, "name")}"`;
  const enabled = field(change, "enabled");
  const address = change.op === "update" && field(change, "url") !== undefined;
  return when(
    [
      change.op === "create" && change.after?.enabled !== false,
      () => high("sign-in-on", `${what} is a new way to sign in`),
    ],
    [change.op === "update" && enabled?.after === true, () => high("sign-in-on", `${what} is switched on`)],
    [change.op === "update" && enabled?.after === false, () => high("sign-in-off", `${what} is switched off`)],
    [change.op === "delete" && change.destroy !== "retain", () => high("sign-in-off", `${what} is taken back`)],
    [address, () => high("sign-in-host", `${what} asks another host who people are`)],
    [
      change.op === "update" && field(change, "clientSecret") !== undefined,
      () => high("token-rotation", `${what} gets another client secret`),
    ],
    [
      change.after?.mergeUsers === true && field(change, "mergeUsers") !== undefined,
      () => high("sign-in-merge", `${what} signs people in to accounts that are there already`),
    ],
  );
};

export const integrationRules: Readonly<Record<string, Rule>> = {
  IncomingWebhook: incoming,
  OutgoingWebhook: outgoing,
  OAuthApp: app,
  CustomOAuthService: service,
};

/** OAuthApp: found again by name, though the server lets several have the same. */
import {
  createOAuthApp,
  deleteOAuthApp,
  getOAuthApp,
  listOAuthApps,
  OAUTH_APP_LIST,
  type OAuthApp,
  type OAuthAppFields,
  updateOAuthApp,
} from "../../client/api/oauth-apps.ts";
import { sameField } from "../../engine/compare.ts";
import type { Context, Handler } from "../../engine/handler.ts";
import { isUnknown } from "../../engine/schema.ts";
import { onlyOne } from "../base/only-one.ts";
import { originOf } from "../base/origin.ts";
import { type OAuthAppInputs, oauthAppInputs, oauthAppSchema } from "./schema.ts";

const describe = ({ name }: Partial<OAuthAppInputs>): string => `OAuth app "${name ?? "?"}"`;

const sharedList = ({ client, lists }: Context) =>
  lists.of<OAuthApp>(
    OAUTH_APP_LIST,
    async () => {
      const rows = await listOAuthApps(client);
      return { rows, total: rows.length };
    },
    ({ _id }) => _id,
  );

const fromApi = ({ name, active, redirectUri }: OAuthApp) => ({
  name,
  active,
  redirectUri: redirectUri.split(/[\n,]/).map((address) => address.trim()),
});

const toApi = ({ name, active = true, redirectUri }: OAuthAppInputs): OAuthAppFields => ({
  name,
  active,
  redirectUri: redirectUri.join(","),
});

export const oauthAppHandler: Handler<OAuthAppInputs, OAuthApp> = {
  kind: "OAuthApp",
  schema: oauthAppSchema,
  uniqueKey: false,
  describe,

  normalize: ({ redirectUri, ...inputs }) => ({
    ...inputs,
    redirectUri: isUnknown(redirectUri) ? redirectUri : redirectUri.map((address) => address.trim()),
  }),

  async *list(ctx) {
    yield* (await sharedList(ctx).rows()).values();
  },

  async find({ client }, inputs) {
    const hits = (await listOAuthApps(client)).filter(({ name }) => name === inputs.name);
    return onlyOne(client, hits, { what: describe(inputs), noun: "OAuth apps", operation: OAUTH_APP_LIST });
  },

  async read(ctx, id, _declared, { fresh }) {
    const row = fresh ? undefined : await sharedList(ctx).row(id);
    return row?.clientSecret ? row : getOAuthApp(ctx.client, id);
  },

  async create(ctx, inputs) {
    const live = await createOAuthApp(ctx.client, toApi(inputs));
    ctx.lists.forget(OAUTH_APP_LIST);
    return live;
  },

  async update(ctx, live, inputs) {
    const now = fromApi(live);
    const differs = (Object.keys(now) as (keyof typeof now)[]).some(
      (key) => inputs[key] !== undefined && !sameField(oauthAppInputs.shape[key], inputs[key], now[key]),
    );
    if (!differs) return live;
    const wanted = toApi({ ...now, ...inputs });
    await updateOAuthApp(ctx.client, live._id, wanted);
    ctx.lists.forget(OAUTH_APP_LIST);
    return { ...live, ...wanted };
  },

  async delete(ctx, id) {
    await deleteOAuthApp(ctx.client, id);
    ctx.lists.forget(OAUTH_APP_LIST);
  },

  map: (live) => ({
    id: live._id,
    inputs: fromApi(live),
    outputs: { clientId: live.clientId, clientSecret: live.clientSecret ?? undefined },
  }),

  origin: (live) => originOf(live, live._id),
};

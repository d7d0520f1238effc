/** Properties of `docker:index/remoteImage:RemoteImage`. */
import { metaOf, type ResourceSchema } from "./field.ts";

export const remoteImage: ResourceSchema = {
  meta: metaOf(undefined, true),
  fields: {
    name: { kind: "text", required: true, replace: true },
    imageId: { kind: "text", outputOnly: true },
    repoDigest: { kind: "text", outputOnly: true },
    keepLocally: { kind: "flag" },
    forceRemove: { kind: "flag" },
    pullTriggers: { kind: "texts", set: true, replace: true },
    triggers: { kind: "map", replace: true },
    platform: { kind: "text", replace: true },
    build: { kind: "object", fields: {}, unsupported: true },
  },
};

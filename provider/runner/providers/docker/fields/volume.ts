/** Properties of `docker:index/volume:Volume`. */
import { labels, metaOf, type ResourceSchema } from "./field.ts";

export const volume: ResourceSchema = {
  meta: metaOf(1, false),
  fields: {
    name: { kind: "text", computed: true, replace: true, autoname: true },
    labels,
    driver: { kind: "text", computed: true, replace: true },
    driverOpts: { kind: "map", replace: true },
    mountpoint: { kind: "text", outputOnly: true },
    cluster: { kind: "object", fields: {}, unsupported: true },
  },
};

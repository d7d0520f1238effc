/** Properties of `docker:index/network:Network`. */
import { labels, metaOf, type ResourceSchema } from "./field.ts";

export const network: ResourceSchema = {
  meta: metaOf(1, false),
  fields: {
    name: { kind: "text", required: true, replace: true, autoname: true },
    labels,
    driver: { kind: "text", replace: true, computed: true },
    options: { kind: "map", replace: true, computed: true },
    internal: { kind: "flag", replace: true, computed: true },
    attachable: { kind: "flag", replace: true },
    ingress: { kind: "flag", replace: true },
    ipv6: { kind: "flag", replace: true },
    ipamDriver: { kind: "text", fallback: "default", replace: true },
    ipamOptions: { kind: "map", replace: true },
    ipamConfigs: {
      kind: "objects",
      set: true,
      replace: true,
      computed: true,
      stored: "ipam_config",
      fields: {
        subnet: { kind: "text" },
        ipRange: { kind: "text" },
        gateway: { kind: "text" },
        auxAddress: { kind: "map" },
      },
    },
    scope: { kind: "text", outputOnly: true },
  },
};

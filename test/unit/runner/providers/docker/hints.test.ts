import { expect, it } from "vitest";
import { hintFor } from "../../../../../provider/runner/providers/docker/hints.ts";

/** What engines said. */
it.each([
  [
    'Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io on 10.0.0.2:53: no such host',
    /docker load/,
  ],
  ['Get "http://127.0.0.1:1/v2/": dial tcp 127.0.0.1:1: connect: connection refused', /docker load/],
  [
    "pull access denied for nobody/nothing, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
    /Check the name and the version; a private registry needs docker:registryAuth/,
  ],
  ["manifest for mongo:99.9 not found: manifest unknown: manifest unknown", /Check the name and the version/],
  ['Head "https://ghcr.io/v2/x/y/manifests/1": unauthorized', /registry's credentials: docker:registryAuth/],
  ["no matching manifest for linux/arm64/v8 in the manifest list entries", /`platform`/],
  ["toomanyrequests: You have reached your pull rate limit.", /docker:registryAuth/],
  ["write /var/lib/docker/tmp/GetImageBlob123: no space left on device", /docker system df/],
  ['exec: "mongodd": executable file not found in $PATH: unknown', /`entrypoints`, or of `command`/],
  ["could not find an available, non-overlapping IPv4 address pool among the defaults", /docker network prune/],
])("%s", (why, hint) => {
  expect(hintFor(why)).toMatch(hint);
});

it("has nothing to say of what it doesn't know", () => {
  expect(hintFor("invalid volume specification")).toBeUndefined();
});

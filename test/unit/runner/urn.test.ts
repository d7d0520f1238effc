import { expect, it } from "vitest";
import { makeUrn, shownTypeOf } from "../../../provider/runner/urn.ts";

it.each([
  ["docker:index/volume:Volume", "docker:index:Volume"],
  ["docker:index/remoteImage:RemoteImage", "docker:index:RemoteImage"],
  ["pulumi-nodejs:dynamic/rocketchat:User", "pulumi-nodejs:dynamic/rocketchat:User"],
  ["pulumi:providers:docker", "pulumi:providers:docker"],
  ["rocketchat:components:RocketChatServer", "rocketchat:components:RocketChatServer"],
])("shows the type %s as %s", (type, shown) => {
  expect(shownTypeOf(makeUrn("dev", "p", "", type, "x"))).toBe(shown);
});

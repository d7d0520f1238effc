/** The personal access token of a new server's admin. Knows no platform. */
import type * as pulumi from "@pulumi/pulumi";
import { PersonalAccessToken } from "../../kinds/personal-access-token/resource.ts";
import type { Provider } from "../../kinds/provider/resource.ts";
import type { TokenArgs } from "./args.ts";

export function adminToken(
  parent: pulumi.Resource,
  name: string,
  connection: Provider,
  asked: boolean | TokenArgs | undefined,
): PersonalAccessToken | undefined {
  if (!asked) return undefined;
  const tokenName = asked === true ? name : (asked.name ?? name);
  return new PersonalAccessToken(
    `${name}-token`,
    { name: tokenName, bypassTwoFactor: true },
    { parent, provider: connection },
  );
}

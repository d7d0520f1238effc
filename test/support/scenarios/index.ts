/**
 * What both engines must do alike, by theme. What the Pulumi CLI did stands in test/fixtures/runner/scenarios/<theme>.json;
 * the embedded runner must do the same.
 */

import type { Scenarios } from "./act.ts";
import { failures } from "./failures.ts";
import { lifecycle } from "./lifecycle.ts";
import { names } from "./names.ts";
import { options } from "./options.ts";
import { providers } from "./providers.ts";
import { refresh } from "./refresh.ts";
import { replace } from "./replace.ts";
import { secrets } from "./secrets.ts";

export const themes: Readonly<Record<string, Scenarios>> = {
  lifecycle,
  replace,
  names,
  providers,
  options,
  secrets,
  failures,
  refresh,
};

/** The test controls under `/_control/`. They change the sandbox, not the workspace's rules. */
import type { Reply } from "./failure.ts";
import { FAULT_ACTIONS, type Fault } from "./faults.ts";
import type { Request } from "./route.ts";

/** What the controls may touch. */
export interface Controlled {
  advance(seconds: number, rateLimits: boolean): void;
  reset(): void;
  calls: Map<string, number>;
  addFaults(faults: readonly Fault[]): void;
  clearFaults(): void;
  setRateLimit(rule: { calls: number; ms: number } | undefined): void;
}

const ok = (json: unknown = {}): Reply => ({ status: 200, json });
const bad = (error: string): Reply => ({ status: 400, json: { error } });

/** One fault, a list of them, or `{faults: [...]}`. */
function faults({ body, list: given }: Request): Fault[] | string {
  const list = (given ?? (Array.isArray(body.faults) ? body.faults : [body])) as Fault[];
  for (const fault of list) {
    if (typeof fault.path !== "string") return "a fault needs a path";
    if (!FAULT_ACTIONS.includes(fault.action))
      return `unknown action ${JSON.stringify(fault.action)}: one of ${FAULT_ACTIONS.join(", ")}`;
  }
  return list;
}

/** @returns undefined where the path is none of them. */
export function control(request: Request, controlled: Controlled): Reply | undefined {
  const { body } = request;
  switch (`${request.method} ${request.path}`) {
    case "POST /_control/advance-clock": {
      if (typeof body.seconds !== "number" || !(body.seconds >= 0)) return bad("seconds must be a number from 0");
      controlled.advance(body.seconds, body.rateLimits === true);
      return ok();
    }
    case "POST /_control/reset":
      controlled.reset();
      return ok();
    case "GET /_control/calls": {
      const counts = Object.fromEntries(controlled.calls);
      if (request.query.clear === "1") controlled.calls.clear();
      return ok(counts);
    }
    case "DELETE /_control/calls":
      controlled.calls.clear();
      return ok();
    case "POST /_control/faults": {
      const list = faults(request);
      if (typeof list === "string") return bad(list);
      controlled.addFaults(list);
      return ok();
    }
    case "DELETE /_control/faults":
      controlled.clearFaults();
      return ok();
    case "POST /_control/rate-limit": {
      const { calls, seconds } = body;
      const rule = typeof calls === "number" && typeof seconds === "number" ? { calls, ms: seconds * 1000 } : undefined;
      controlled.setRateLimit(rule);
      return ok();
    }
    default:
      return undefined;
  }
}

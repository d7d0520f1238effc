/** Keeps the values of secret environment variables out of what a container says. Knows no engine. */
import { createRedaction } from "../../redaction.ts";
import { forHandler, hasSecret, type Properties } from "../../values.ts";
import { textsOf } from "./labels.ts";

const TELLING = /pass|secret|token|key|cred|auth|pwd|salt|cookie/i;
/** One secret among them marks them all, so what is plainly none has to be told apart: words, and addresses without a log-in. */
const PLAIN = /^([a-z_-]*|https?:\/\/[^@?#]*|.{0,7})$/i;

/** `inputs`: as they are marked. */
export function hider(inputs: Properties): (text: string) => string {
  if (!hasSecret(inputs.envs)) return (text) => text;
  const values = (textsOf(forHandler(inputs.envs)) ?? []).flatMap((entry) => {
    const [name = "", value = ""] = entry.split(/=(.*)/s, 2);
    return TELLING.test(name) || !PLAIN.test(value) ? [value] : [];
  });
  return createRedaction(values).text;
}

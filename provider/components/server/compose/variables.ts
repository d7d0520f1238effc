/** Puts values in for `${NAME}` as Docker Compose does. Knows no file. */

export type Variables = Readonly<Record<string, string | undefined>>;

export interface Substituted {
  readonly text: string;
  /** Names that are set nowhere and have no default; Compose puts "" in. */
  readonly unset: readonly string[];
  /** What can't be put in, in words. */
  readonly wrong: readonly string[];
}

const NAME = /^[A-Za-z_]\w*/;
const OPERATOR = /^(:?[-?+])/;

/** Index of the brace that closes the one whose inside begins at `from`; -1 when there is none. */
function closing(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    if (text.startsWith("${", at)) depth++;
    else if (text[at] === "}" && --depth === 0) return at;
  }
  return -1;
}

export function substitute(text: string, variables: Variables): Substituted {
  const unset: string[] = [];
  const wrong: string[] = [];

  const inner = (given: string): string => {
    const result = substitute(given, variables);
    unset.push(...result.unset);
    wrong.push(...result.wrong);
    return result.text;
  };

  /** The inside of `${…}`. */
  const braced = (inside: string): string => {
    const name = NAME.exec(inside)?.[0];
    const rest = inside.slice(name?.length ?? 0);
    const operator = OPERATOR.exec(rest)?.[0];
    if (name === undefined || (rest !== "" && operator === undefined)) {
      wrong.push(`\${${inside}} is no substitution that Docker Compose knows`);
      return "";
    }
    const value = variables[name];
    const isSet = value !== undefined && !(operator?.startsWith(":") && value === "");
    const word = rest.slice(operator?.length ?? 0);
    switch (operator?.at(-1)) {
      case "-":
        return isSet ? value : inner(word);
      case "+":
        return isSet ? inner(word) : "";
      case "?":
        if (!isSet) wrong.push(`the variable ${name} is required${word === "" ? "" : `: ${word}`}`);
        return value ?? "";
      default:
        if (value === undefined) unset.push(name);
        return value ?? "";
    }
  };

  let result = "";
  let at = 0;
  while (at < text.length) {
    const dollar = text.indexOf("$", at);
    if (dollar < 0) break;
    result += text.slice(at, dollar);
    at = dollar + 1;
    if (text[at] === "$") {
      result += "$";
      at++;
    } else if (text[at] === "{") {
      const end = closing(text, at + 1);
      if (end < 0) {
        wrong.push("a ${ has no closing brace");
        return { text: result, unset, wrong };
      }
      result += braced(text.slice(at + 1, end));
      at = end + 1;
    } else {
      const name = NAME.exec(text.slice(at))?.[0];
      if (name === undefined) wrong.push("a single $ must be written $$");
      else result += braced(name);
      at += name?.length ?? 0;
    }
  }
  return { text: result + text.slice(at), unset, wrong };
}

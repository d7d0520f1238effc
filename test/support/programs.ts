/** Writes the text of test programs: resources by name, with plain values and expressions as arguments. */

/** A piece of program text where a value is expected: `alice.username`. */
export class Expression {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export const expression = (text: string): Expression => new Expression(text);

export type Arguments = Readonly<Record<string, unknown>>;

export interface Declaration {
  readonly kind: string;
  readonly args: Arguments;
  /** Resource options. */
  readonly options?: Arguments | undefined;
}

/** Resources in the order of declaration; the name is the resource's and the variable's. */
export type Declarations = Readonly<Record<string, Declaration>>;

export const declare = (kind: string, args: Arguments, options?: Arguments): Declaration => ({ kind, args, options });

export function render(value: unknown): string {
  if (value instanceof Expression) return value.text;
  if (Array.isArray(value)) return `[${value.map(render).join(", ")}]`;
  if (value !== null && typeof value === "object") {
    const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
    return `{ ${entries.map(([key, inner]) => `${JSON.stringify(key)}: ${render(inner)}`).join(", ")} }`;
  }
  return JSON.stringify(value);
}

export function programOf(declarations: Declarations): string {
  return Object.entries(declarations)
    .map(([name, { kind, args, options }]) => {
      const tail = options === undefined ? "" : `, ${render(options)}`;
      return `const ${name} = new rocketchat.${kind}("${name}", ${render(args)}${tail});`;
    })
    .join("\n");
}

/** The declarations with some arguments changed; `undefined` takes an argument away. */
export function edited(declarations: Declarations, changes: Readonly<Record<string, Arguments>>): Declarations {
  return Object.fromEntries(
    Object.entries(declarations).map(([name, declaration]) => [
      name,
      { ...declaration, args: { ...declaration.args, ...changes[name] } },
    ]),
  );
}

/** The declarations without some of them. */
export const without = (declarations: Declarations, ...names: string[]): Declarations =>
  Object.fromEntries(Object.entries(declarations).filter(([name]) => !names.includes(name)));

/** Pulumi's URNs: `urn:pulumi:<stack>::<project>::<parent type>$<type>::<name>`. Knows no resource's content. */

export const STACK_TYPE = "pulumi:pulumi:Stack";
const PROVIDER_TYPE_PREFIX = "pulumi:providers:";

export interface UrnParts {
  readonly stack: string;
  readonly project: string;
  /** With the types of the parents before it. */
  readonly qualifiedType: string;
  readonly name: string;
}

export function parseUrn(urn: string): UrnParts {
  const [head = "", project = "", qualifiedType = "", ...name] = urn.split("::");
  return { stack: head.slice("urn:pulumi:".length), project, qualifiedType, name: name.join("::") };
}

/** The type alone, without those of the parents. */
export function typeOf(urn: string): string {
  return parseUrn(urn).qualifiedType.split("$").pop() ?? "";
}

/** As the CLI shows it: "docker:index/volume:Volume" is "docker:index:Volume". */
export function shownTypeOf(urn: string): string {
  return typeOf(urn).replace(
    /^([^:]*:[^:]*)\/([^:/]*):([^:]*)$/,
    (whole, module: string, file: string, name: string) =>
      file === `${name.charAt(0).toLowerCase()}${name.slice(1)}` ? `${module}:${name}` : whole,
  );
}

export function nameOf(urn: string): string {
  return parseUrn(urn).name;
}

/** The stack is everybody's parent and so is never part of a type. */
export function makeUrn(stack: string, project: string, parent: string, type: string, name: string): string {
  const above = parent === "" ? "" : parseUrn(parent).qualifiedType;
  const qualified = above === "" || above === STACK_TYPE ? type : `${above}$${type}`;
  return `urn:pulumi:${stack}::${project}::${qualified}::${name}`;
}

export function isProviderType(type: string): boolean {
  return type.startsWith(PROVIDER_TYPE_PREFIX);
}

/** The package that a provider resource stands for, or that a resource's type belongs to. */
export function packageOf(type: string): string {
  return isProviderType(type) ? type.slice(PROVIDER_TYPE_PREFIX.length) : (type.split(":")[0] ?? "");
}

/** A default provider is made by the engine, not by the program; the CLI never shows it. */
export function isDefaultProvider(urn: string): boolean {
  // Asked of every resource, several times, and true of one or two.
  return urn.includes(PROVIDER_TYPE_PREFIX) && isProviderType(typeOf(urn)) && /^default(_|$)/.test(nameOf(urn));
}

/** `<urn>::<id>` of a provider resource. */
export function parseProviderReference(reference: string): { readonly urn: string; readonly id: string } {
  const at = reference.lastIndexOf("::");
  return { urn: reference.slice(0, at), id: reference.slice(at + 2) };
}

// Prints types as the reference shows them: without Pulumi's wrappers, in an order that does not hang on what else is compiled.
import ts from "typescript";

/** Pulumi's ways to give a value later. */
const LATER = new Set(["Promise", "OutputInstance"]);
const WRAPPERS = new Set(["Input", "Output", ...LATER]);
const { TypeFlags } = ts;

/** The first that applies, in the order in which the parts of a union are shown. */
const RANKS = [TypeFlags.String, TypeFlags.Number, TypeFlags.Boolean, TypeFlags.StringLiteral, TypeFlags.NumberLiteral];
const rank = ({ flags }) => {
  const found = RANKS.findIndex((flag) => flags & flag);
  return found < 0 ? RANKS.length : found;
};

export function typePrinter(checker, isOurs) {
  const nameOf = (type) => type.aliasSymbol?.name ?? type.symbol?.name;
  /** The type inside `Input<…>`, `Output<…>` and `Promise<…>`. */
  const unwrap = (type) => {
    const name = nameOf(type);
    const inner = type.aliasTypeArguments?.[0] ?? checker.getTypeArguments(type)[0];
    return WRAPPERS.has(name) && inner !== undefined ? unwrap(inner) : type;
  };

  /** Parts of a union, without `undefined`; a wrapped part gives its own parts. */
  function parts(given) {
    const type = unwrap(given);
    if (!type.isUnion()) return type.flags & TypeFlags.Undefined ? [] : [type];
    // The two halves of `boolean` are one word.
    if (type.flags & TypeFlags.Boolean) return [type];
    // An optional `Input<T>` is flattened into a union of T and the ways to give it later.
    const types = type.types.filter((part) => !LATER.has(nameOf(part)));
    const booleans = types.filter(({ flags }) => flags & TypeFlags.BooleanLiteral);
    const rest = types.filter((part) => booleans.length < 2 || !booleans.includes(part)).flatMap(parts);
    return booleans.length === 2 ? [checker.getBooleanType(), ...rest] : rest;
  }

  const elementOf = (type) => (checker.isArrayType(type) ? checker.getTypeArguments(type)[0] : undefined);

  /** Members that have a row of their own; undefined for what is shown in one word. */
  function membersOf(type) {
    if (elementOf(type) !== undefined || !(type.flags & TypeFlags.Object)) return undefined;
    const members = checker
      .getPropertiesOfType(type)
      .filter(({ declarations }) => declarations?.some((one) => isOurs(one.getSourceFile().fileName)));
    return members.length > 0 && checker.getSignaturesOfType(type, ts.SignatureKind.Call).length === 0
      ? members
      : undefined;
  }

  function printOne(type) {
    const element = elementOf(type);
    if (element !== undefined) {
      const inner = print(element);
      return inner.includes(" | ") ? `(${inner})[]` : `${inner}[]`;
    }
    const index = checker.getIndexTypeOfType(type, ts.IndexKind.String);
    if (index !== undefined && !(type.flags & TypeFlags.StringLike) && membersOf(type) === undefined)
      return `Record<string, ${print(index)}>`;
    if (type.isClass() || (type.symbol?.flags ?? 0) & ts.SymbolFlags.Class) return type.symbol.name;
    if (membersOf(type) !== undefined) return "object";
    return checker.typeToString(type, undefined, ts.TypeFormatFlags.NoTruncation);
  }

  function print(type) {
    const texts = parts(type)
      .map((part) => ({ text: printOne(part), at: rank(part) }))
      .sort((a, b) => a.at - b.at || (a.text < b.text ? -1 : a.text > b.text ? 1 : 0))
      .map(({ text }) => text);
    return [...new Set(texts)].join(" | ") || "undefined";
  }

  /** Objects below a type that have members to be shown: `{ suffix, members }`, `suffix` being `[]` for those of a list. */
  function below(type) {
    return parts(type).flatMap((part) => {
      const element = elementOf(part);
      if (element !== undefined)
        return below(element).map(({ suffix, members }) => ({ suffix: `[]${suffix}`, members }));
      const members = part.symbol?.flags & ts.SymbolFlags.Class ? undefined : membersOf(part);
      return members === undefined ? [] : [{ suffix: "", members }];
    });
  }

  return { print, below };
}

// Reads the public API from the sources with TypeScript's compiler: what is exported, with types and comments. Writes no text.
import path from "node:path";
import ts from "typescript";
import { commentOf, oneLine, readComment, splitDefault } from "./comments.mjs";
import { typePrinter } from "./types.mjs";

/** Objects in objects in objects: deeper ones are named by their type alone. */
const DEEPEST = 3;

const BASES = { RocketChatResource: "kind", ProviderResource: "provider", ComponentResource: "component" };

function compile(root) {
  const { config } = ts.readConfigFile(path.join(root, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  const entry = path.join(root, "provider", "index.ts");
  const program = ts.createProgram([entry], options);
  return { checker: program.getTypeChecker(), entry: program.getSourceFile(entry) };
}

/** @returns `{ classes, functions }`, each by name in alphabetical order. */
export function readApi(root) {
  const { checker, entry } = compile(root);
  const ours = path.join(root, "provider") + path.sep;
  const printer = typePrinter(checker, (file) => path.resolve(file).startsWith(ours));

  /** A row per member, and below it one per member of its objects. */
  function rowsOf(members, prefix = "", depth = 1) {
    return members.flatMap((member) => {
      const declaration = member.declarations?.[0];
      if (declaration === undefined || !path.resolve(declaration.getSourceFile().fileName).startsWith(ours)) return [];
      const type = checker.getTypeOfSymbol(member);
      const name = `${prefix}${member.name}`;
      const { text, standard } = splitDefault(commentOf(declaration));
      const isOptional = (member.flags & ts.SymbolFlags.Optional) !== 0;
      const row = { name, type: printer.print(type), isOptional, text, standard };
      if (depth >= DEEPEST) return [row];
      const inner = printer
        .below(type)
        .flatMap(({ suffix, members: below }) => rowsOf(below, `${name}${suffix}.`, depth + 1));
      return [row, ...inner];
    });
  }

  const rowsOfType = (type) => printer.below(type).flatMap(({ members }) => rowsOf(members));

  function roleOf(symbol) {
    const names = [];
    for (let type = checker.getDeclaredTypeOfSymbol(symbol); type; type = checker.getBaseTypes(type)?.[0])
      names.push(type.symbol.name);
    return BASES[names.find((name) => name in BASES)];
  }

  const fileOf = (declaration) => path.relative(root, declaration.getSourceFile().fileName).split(path.sep).join("/");

  function readClass(symbol) {
    const declaration = symbol.valueDeclaration;
    const maker = declaration.members.find(ts.isConstructorDeclaration);
    const args = maker?.parameters[1];
    const isShown = (member) =>
      ts.isPropertyDeclaration(member) &&
      !(ts.getCombinedModifierFlags(member) & ts.ModifierFlags.NonPublicAccessibilityModifier);
    return {
      name: symbol.name,
      role: roleOf(symbol),
      file: fileOf(declaration),
      ...readComment(commentOf(declaration)),
      args: args === undefined ? [] : rowsOfType(checker.getTypeAtLocation(args)),
      properties: declaration.members.filter(isShown).map((member) => ({
        name: member.name.getText(),
        type: printer.print(checker.getTypeAtLocation(member)),
        text: oneLine(commentOf(member)),
      })),
      hasGet: declaration.members.some((member) => ts.isMethodDeclaration(member) && member.name.getText() === "get"),
    };
  }

  const signatureOf = (symbol) =>
    checker.getSignaturesOfType(checker.getTypeOfSymbol(symbol), ts.SignatureKind.Call)[0];

  function readFunction(symbol) {
    const signature = signatureOf(symbol);
    const declaration = signature.getDeclaration();
    // A constant has its comment above the whole statement.
    const { parent } = symbol.valueDeclaration;
    const commented = ts.isVariableDeclarationList(parent) ? parent.parent : symbol.valueDeclaration;
    const parameters = declaration.parameters.map((parameter) => {
      const type = checker.getTypeAtLocation(parameter);
      return {
        name: parameter.name.getText(),
        type: oneLine(parameter.type?.getText() ?? printer.print(type)),
        isOptional: parameter.questionToken !== undefined || parameter.initializer !== undefined,
        rows: rowsOfType(type),
      };
    });
    const result = checker.getReturnTypeOfSignature(signature);
    return {
      name: symbol.name,
      file: fileOf(symbol.valueDeclaration),
      ...readComment(commentOf(commented)),
      parameters,
      result: { type: oneLine(declaration.type?.getText() ?? printer.print(result)), rows: rowsOfType(result) },
    };
  }

  const isFunction = (symbol) =>
    /^[a-z]/.test(symbol.name) &&
    (symbol.flags & (ts.SymbolFlags.Function | ts.SymbolFlags.Variable)) !== 0 &&
    signatureOf(symbol) !== undefined;

  const exported = checker
    .getExportsOfModule(checker.getSymbolAtLocation(entry))
    .map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    classes: exported
      .filter((symbol) => symbol.flags & ts.SymbolFlags.Class && roleOf(symbol) !== undefined)
      .map(readClass),
    functions: exported.filter(isFunction).map(readFunction),
  };
}

/** No value gets from a plan that was not kept into a log, as the Pulumi CLI 3.260 prints it. */
import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { printHidden, valuesHidden } from "../../../../provider/cli/engine/plan-output.ts";

const URN = "urn:pulumi:dev::acme::pulumi-nodejs:dynamic/rocketchat:User::u";
const VIOLATION = `resource ${URN} violates plan: properties changed: =+bio[{&{{Hidden-bio
second-line}}}], ~~password[{&{{Old-secret-1}}}!={&{{New-secret-2}}}]`;
const PRINTED = `Updating (dev):

    pulumi-nodejs:dynamic/rocketchat:User u  error: ${VIOLATION}
@ updating....
    pulumi:pulumi:Stack acme-dev
Diagnostics:
  pulumi-nodejs:dynamic/rocketchat:User (u):
    error: ${VIOLATION.replace("\n", "\n    ")}

Resources:
    1 unchanged
`;
const SECRETS = /Hidden-bio|second-line|Old-secret|New-secret/;

test("a line is cut where values begin, and what belongs to them is left out", async () => {
  const [from, to] = [new PassThrough(), new PassThrough()];
  printHidden(from, to, false);
  // In pieces, as a pipe hands them on.
  for (const piece of PRINTED.match(/.{1,37}/gs) ?? []) from.write(piece);
  from.end();
  await new Promise((done) => from.once("close", done));
  const text = String(to.read());
  expect(text).not.toMatch(SECRETS);
  const instead = `error: resource ${URN} violates plan: what it declares has changed since it was checked (values are not shown)\n`;
  expect(text.split(instead)).toHaveLength(3);
  expect(text).toContain("@ updating....\n    pulumi:pulumi:Stack acme-dev\nDiagnostics:\n");
  expect(text).toMatch(/Resources:\n {4}1 unchanged\n$/);
});

test("the document of --json stays one", () => {
  const document = { diagnostics: [{ message: `${VIOLATION} "quoted" \\`, severity: "error" }], steps: [] };
  const line = valuesHidden(true)(JSON.stringify(document)) ?? "";
  expect(line).not.toMatch(SECRETS);
  expect(JSON.parse(line)).toMatchObject({ diagnostics: [{ severity: "error" }], steps: [] });
});

test("what no plan is violated in is handed on as it is", () => {
  const shown = valuesHidden(false);
  for (const line of ["", "  + create", "password: [secret]"]) expect(shown(line)).toBe(line);
});

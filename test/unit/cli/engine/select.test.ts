import { PassThrough } from "node:stream";
import { expect, it } from "vitest";
import { select } from "../../../../provider/cli/engine/select.ts";
import { FakeTerminal } from "../../runner/display/terminal.ts";

const answers = ["yes", "no", "details"] as const;

function ask(signal = new AbortController().signal) {
  const output = new FakeTerminal();
  const modes: boolean[] = [];
  const input = Object.assign(new PassThrough(), { setRawMode: (mode: boolean) => modes.push(mode) });
  const answer = select({ question: "Go on?", answers, preset: "no", input, output, signal });
  return { input, output, modes, answer };
}

it.each([
  ["the arrow keys", "\u001b[A\r", "yes"],
  ["going round", "\u001b[B\u001b[B\r", "yes"],
  ["return alone", "\r", "no"],
  ["a whole word", "yes\r", "yes"],
  ["its beginning", "d\r", "details"],
  ["a slip that is taken back", "x\r\u007fy\r", "yes"],
  ["^C", "\u001b[A\u0003", undefined],
  ["^D", "y\u0004", undefined],
])("takes an answer by %s", async (_, keys, expected) => {
  const { input, output, modes, answer } = ask();
  expect(output.screen).toBe("Go on?  [Use arrows to move, type to filter]\n  yes\n> no\n  details");
  input.write(keys);
  expect(await answer).toBe(expected);
  expect(output.screen).toBe(`Go on? ${expected ?? ""}`.trimEnd());
  expect(output.cursorShown).toBe(true);
  expect(modes).toEqual([true, false]);
});

it("takes the end of input and the signal for going away", async () => {
  const gone = ask();
  gone.input.end();
  expect(await gone.answer).toBeUndefined();
  const controller = new AbortController();
  const stopped = ask(controller.signal);
  controller.abort();
  expect(await stopped.answer).toBeUndefined();
  expect(stopped.output.cursorShown).toBe(true);
  expect(await ask(controller.signal).answer).toBeUndefined();
});

it("shows of a long list what the terminal has room for, and of a long name its beginning", async () => {
  const output = new FakeTerminal(20, 6);
  const input = new PassThrough();
  const long = Array.from({ length: 30 }, (_, i) => `Stack-${i}`);
  const answer = select({ question: "Which?", answers: [...long, "a-name-of-thirty-one-characters"], input, output });
  expect(output.screen.split("\n").slice(1)).toEqual(["> Stack-0", "  Stack-1", "  Stack-2", "  Stack-3"]);
  input.write("\u001b[A");
  await expect.poll(() => output.screen.split("\n").at(-1)).toBe("> a-name-of-thirty…");
  input.write("stack-12");
  await expect.poll(() => output.screen.split("\n").slice(1)).toEqual(["> Stack-12"]);
  input.write("\r");
  expect(await answer).toBe("Stack-12");
});

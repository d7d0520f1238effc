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
  ["^C", "\u001b[A\u0003", "no"],
  ["^D", "y\u0004", "no"],
])("takes an answer by %s", async (_, keys, expected) => {
  const { input, output, modes, answer } = ask();
  expect(output.screen).toBe("Go on?  [Use arrows to move, type to filter]\n  yes\n> no\n  details");
  input.write(keys);
  expect(await answer).toBe(expected);
  expect(output.screen).toBe(`Go on? ${expected}`);
  expect(output.cursorShown).toBe(true);
  expect(modes).toEqual([true, false]);
});

it("takes the end of input and the signal for a no", async () => {
  const gone = ask();
  gone.input.end();
  expect(await gone.answer).toBe("no");
  const controller = new AbortController();
  const stopped = ask(controller.signal);
  controller.abort();
  expect(await stopped.answer).toBe("no");
  expect(stopped.output.cursorShown).toBe(true);
  expect(await ask(controller.signal).answer).toBe("no");
});

/** A terminal for tests: understands the few control sequences that the display sends, and shows what a person would see. */
import { Writable } from "node:stream";

export class FakeTerminal extends Writable {
  readonly isTTY = true;
  columns: number;
  rows: number;
  cursorShown = true;
  /** Everything written, as sent. */
  sent = "";
  private lines: string[] = [""];
  private at = 0;

  constructor(columns = 80, rows = 24) {
    super();
    this.columns = columns;
    this.rows = rows;
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    const text = chunk.toString();
    this.sent += text;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    for (const [part] of text.matchAll(/\u001b\[[?\d;]*[a-zA-Z]|\n|\r|[^\u001b\n\r]+/g)) this.take(part);
    done();
  }

  resize(columns: number, rows: number): void {
    this.columns = columns;
    this.rows = rows;
    this.emit("resize");
  }

  /** Without colours and trailing empty lines. */
  get screen(): string {
    return this.lines.join("\n").trimEnd();
  }

  private take(part: string): void {
    if (part === "\n") {
      this.at++;
      this.lines[this.at] ??= "";
    } else if (part === "\u001b[2K") this.lines[this.at] = "";
    else if (part === "\u001b[J") {
      this.lines.length = this.at + 1;
      this.lines[this.at] = "";
    } else if (part.endsWith("A")) this.at = Math.max(0, this.at - Number.parseInt(part.slice(2), 10));
    else if (part === "\u001b[?25l") this.cursorShown = false;
    else if (part === "\u001b[?25h") this.cursorShown = true;
    else if (!part.startsWith("\u001b") && part !== "\r") this.lines[this.at] += part;
  }
}

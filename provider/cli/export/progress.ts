/** Counts on standard error: one line that changes on a terminal, a line for each kind elsewhere. */
import type { WriteStream } from "node:tty";

/** Objects between two lines where nothing can be overwritten. */
const STEP = 1_000;

export class Progress {
  private readonly output: WriteStream;
  private isOpen = false;

  constructor(output: WriteStream) {
    this.output = output;
  }

  count(what: string, count: number, done: boolean): void {
    if (this.output.isTTY) {
      this.output.write(`\r\u001b[K${what}: ${count}${done ? "\n" : " …"}`);
      this.isOpen = !done;
    } else if (done) this.output.write(`${what}: ${count}\n`);
    else if (count > 0 && count % STEP === 0) this.output.write(`${what}: ${count} …\n`);
  }

  line(text: string): void {
    this.end();
    this.output.write(`${text}\n`);
  }

  /** Leaves the line that is being counted on. */
  end(): void {
    if (this.isOpen) this.output.write("\r\u001b[K");
    this.isOpen = false;
  }
}

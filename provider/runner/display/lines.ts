/** Lines for a stream that nobody looks at while they come: gathered and written together, for each write holds up the run. */
const EVERY_MS = 50;
const MANY = 16_384;

export interface Lines {
  print(text: string): void;
  end(): void;
}

export function createLines(stream: NodeJS.WritableStream): Lines {
  let text = "";
  let timer: NodeJS.Timeout | undefined;
  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    if (text !== "") stream.write(text);
    text = "";
  }
  // A run that is cut off by a second ^C has told everything all the same.
  process.on("exit", flush);
  return {
    print(more) {
      text += more;
      if (text.length > MANY) flush();
      else timer ??= setTimeout(flush, EVERY_MS);
    },
    end() {
      flush();
      process.off("exit", flush);
    },
  };
}

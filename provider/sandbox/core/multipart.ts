/** Reads a multipart form as it comes in. Files are counted and not kept, so a large one costs no memory. Knows no route. */
import type { UploadedFile } from "./route.ts";

export interface Form {
  readonly body: Record<string, unknown>;
  readonly files: UploadedFile[];
}

/** Texts of a form; what is longer is not a form of this server's. */
const MOST_TEXT = 1024 * 1024;
const MOST_HEADER = 16 * 1024;
const END_OF_HEADER = Buffer.from("\r\n\r\n");

class BrokenForm extends Error {}

/** Quotes and line breaks of a file's name come percent-encoded. */
const plainName = (text: string): string => text.replace(/%22|%0D|%0A/gi, (code) => decodeURIComponent(code));

class Part {
  readonly field: string;
  readonly filename: string | undefined;
  readonly contentType: string;
  size = 0;
  private readonly chunks: Buffer[] = [];

  constructor(header: string) {
    const disposition = /^content-disposition:(.*)$/im.exec(header)?.[1] ?? "";
    const field = /;\s*name="([^"]*)"/i.exec(disposition)?.[1];
    if (field === undefined) throw new BrokenForm();
    const filename = /;\s*filename="([^"]*)"/i.exec(disposition)?.[1];
    this.field = plainName(field);
    this.filename = filename === undefined ? undefined : plainName(filename);
    this.contentType = /^content-type:\s*(.*?)\s*$/im.exec(header)?.[1] ?? "text/plain";
  }

  add(chunk: Buffer): void {
    this.size += chunk.length;
    if (this.filename !== undefined) return;
    if (this.size > MOST_TEXT) throw new BrokenForm();
    // A copy: what comes in is a piece of a larger buffer.
    this.chunks.push(Buffer.from(chunk));
  }

  get text(): string {
    return Buffer.concat(this.chunks).toString();
  }
}

class Reader {
  readonly form: Form = { body: {}, files: [] };
  complete = false;
  private readonly delimiter: Buffer;
  private rest: Buffer = Buffer.from("\r\n");
  private part: Part | undefined;
  private inHeader = false;

  constructor(boundary: string) {
    this.delimiter = Buffer.from(`\r\n--${boundary}`);
  }

  push(chunk: Buffer): void {
    this.rest = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    while (!this.complete && (this.inHeader ? this.readHeader() : this.readContent()));
  }

  /** False when more has to come in first. */
  private readHeader(): boolean {
    const end = this.rest.indexOf(END_OF_HEADER);
    if (end < 0) {
      if (this.rest.length > MOST_HEADER) throw new BrokenForm();
      return false;
    }
    this.part = new Part(this.rest.subarray(0, end).toString());
    this.rest = this.rest.subarray(end + END_OF_HEADER.length);
    this.inHeader = false;
    return true;
  }

  private readContent(): boolean {
    const at = this.rest.indexOf(this.delimiter);
    const after = at + this.delimiter.length;
    // What follows the delimiter tells whether it is the last one.
    if (at < 0 || this.rest.length < after + 2) {
      const sure = at < 0 ? Math.max(0, this.rest.length - this.delimiter.length + 1) : at;
      this.part?.add(this.rest.subarray(0, sure));
      this.rest = this.rest.subarray(sure);
      return false;
    }
    this.part?.add(this.rest.subarray(0, at));
    this.finish();
    this.complete = this.rest.subarray(after, after + 2).toString() === "--";
    // The line's end stays: it begins the header, also an empty one.
    this.rest = this.rest.subarray(after);
    this.inHeader = true;
    return true;
  }

  private finish(): void {
    const { part } = this;
    this.part = undefined;
    if (part === undefined) return;
    const { field, filename, contentType, size } = part;
    if (filename === undefined) this.form.body[field] = part.text;
    else this.form.files.push({ field, filename, contentType, size });
  }
}

/** Undefined when the form is broken. It is read to its end all the same, so that an answer can be sent. */
export async function readMultipart(incoming: AsyncIterable<Buffer>, contentType: string): Promise<Form | undefined> {
  const boundary = /;\s*boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(contentType);
  const reader = new Reader(boundary?.[1] ?? boundary?.[2] ?? "");
  let broken = boundary === null;
  for await (const chunk of incoming) {
    if (broken || reader.complete) continue;
    try {
      reader.push(chunk);
    } catch (error) {
      if (!(error instanceof BrokenForm)) throw error;
      broken = true;
    }
  }
  return broken || !reader.complete ? undefined : reader.form;
}

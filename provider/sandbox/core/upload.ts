/** The one file that a multipart call must carry. Knows no route. */
import { failure, meteorError, type Refusal } from "./failure.ts";
import type { Call, UploadedFile } from "./route.ts";

const noFile = (): Refusal => meteorError("No file uploaded");

/**
 * @param missing the error where there is no file at all; by default the code `No file uploaded`.
 * @returns the file in `field`; a file under another name is refused.
 */
export function demandFile(call: Call, field: string, missing: () => Refusal = noFile): UploadedFile {
  const file = fileIn(call, field);
  if (!file) throw missing();
  return file;
}

/** The file in `field`, where there may be none. */
export function fileIn(call: Call, field: string): UploadedFile | undefined {
  const contentType = call.headers["content-type"] ?? "";
  if (!contentType.startsWith("multipart/form-data"))
    throw failure(`Unsupported content type: ${contentType.split(";")[0]}`);
  const [file] = call.files;
  if (file && file.field !== field) throw meteorError("invalid-field");
  return file;
}

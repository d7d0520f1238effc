/** The workspace's limits, through the very check that a preview runs: asked once, and only when a file is to be sent. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { startWorkspace, total, type Workspace } from "../../../contract/workspace.ts";

const PNG = "test/fixtures/files/dot.png";
const GIF = "test/fixtures/files/dot.gif";

let workspace: Workspace;
beforeEach(async () => {
  workspace = await startWorkspace();
});
afterEach(() => workspace.close());

const inputs = (file: string) => workspace.inputs("FileUpload", { channel: "general", file });

it("finds a file that is too large, or of a refused type, in one call for all files", async () => {
  await workspace.api("POST", "settings/FileUpload_MaxFileSize", { value: 50 });
  await workspace.api("POST", "settings/FileUpload_MediaTypeBlackList", { value: "image/svg+xml,image/gif" });
  await workspace.calls();
  const front = workspace.front("FileUpload");
  const large = await front.check({}, inputs(PNG));
  expect(large.failures.map(({ reason }) => reason)).toEqual([
    `file: "${PNG}" has 70 bytes, but this workspace takes files of at most 50 bytes (setting FileUpload_MaxFileSize)`,
  ]);
  const refused = await front.check({}, inputs(GIF));
  expect(refused.failures.map(({ reason }) => reason)).toEqual([
    expect.stringContaining("is of the media type image/gif, which this workspace does not take"),
  ]);
  expect(await workspace.calls()).toEqual({ "GET /api/v1/settings.public": 1 });
});

it("asks nothing about a file that was sent", async () => {
  const front = workspace.front("FileUpload");
  const { inputs: olds } = await front.check({}, inputs(PNG));
  await workspace.endProcesses();
  await workspace.calls();
  const { failures } = await workspace.front("FileUpload").check(olds, inputs(PNG));
  expect(failures).toEqual([]);
  expect(total(await workspace.calls())).toBe(0);
});

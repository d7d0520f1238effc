/** Files as programs give them: paths, assets of each kind, and what is found wrong before anything is made. */
import { cpSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { repository } from "../support/engines.ts";
import { Project } from "../support/project.ts";
import { ADMIN, startServer, type TestServer } from "../support/server.ts";

let server: TestServer;
let project: Project;
beforeAll(async () => {
  server = await startServer();
  project = new Project("embedded", "", {
    ROCKETCHAT_URL: server.url,
    ROCKETCHAT_USERNAME: ADMIN.username,
    ROCKETCHAT_PASSWORD: ADMIN.password,
  });
  cpSync(path.join(repository, "test", "fixtures", "files"), path.join(project.folder, "files"), { recursive: true });
});
afterAll(async () => {
  await project.close();
  await server.close();
});

const emojis = async () => {
  const answer = (await server.reader.get("emoji-custom.list")) as { emojis: { update: { name: string }[] } };
  return answer.emojis.update.map(({ name }) => name).sort();
};

it("finds what is wrong with all files in one preview, and makes nothing", async () => {
  project.program(`
    new rocketchat.CustomEmoji("ok", { name: "ok", file: "files/dot.png" });
    new rocketchat.CustomEmoji("gone", { name: "gone", file: "files/gone.png" });
    new rocketchat.CustomSound("picture", { name: "picture", file: "files/dot.png" });
  `);
  const { code, output } = await project.run("up");
  expect(code).not.toBe(0);
  expect(output).toContain('CustomEmoji "gone": file: "files/gone.png" is not there');
  expect(output).toContain('CustomSound "picture": file: "files/dot.png" is none of the sounds that are taken');
  expect(await emojis()).toEqual([]);
});

it("takes paths and assets, sees a changed file, and refuses an asset of the wrong type", async () => {
  project.program(`
    new rocketchat.CustomEmoji("path", { name: "path", file: "files/dot.png" });
    new rocketchat.CustomEmoji("asset", { name: "asset", file: new pulumi.asset.FileAsset("files/dot.png") });
  `);
  await project.succeed("up");
  expect(await emojis()).toEqual(["asset", "path"]);
  await project.succeed("preview", "--expect-no-changes");
  cpSync(path.join(project.folder, "files", "dot.gif"), path.join(project.folder, "files", "dot.png"));
  await server.forget();
  await project.succeed("up");
  expect((await server.calls())["POST /api/v1/emoji-custom.update"]).toBe(2);
  project.program(`
    new rocketchat.CustomEmoji("text", { name: "text", file: new pulumi.asset.StringAsset("no image") });
  `);
  const { code, output } = await project.run("preview");
  expect(code).not.toBe(0);
  expect(output).toContain("file: the text asset is none of the images that are taken");
});

/** Messages, reactions, files and tokens: what people and programs leave behind. */
import { openAsBlob } from "node:fs";
import type { Json } from "../../reader.ts";
import { IMAGE } from "./looks.ts";
import type { Maker } from "./maker.ts";
import { MESSAGES } from "./texts.ts";

const ATTACHMENT = {
  title: "Results: # 1",
  title_link: "https://ci.example.test/?a=1&b=2",
  text: "line\n  line\n",
  color: "#ff0000",
  fields: [{ short: true, title: "Stage", value: "- build\n" }],
};

export async function makeTalk(maker: Maker): Promise<void> {
  for (const { id: rid } of maker.some([{ id: "GENERAL" }, ...maker.rooms], 1, 4)) {
    const message: Json = {
      rid,
      msg: maker.one(MESSAGES).trim(),
      ...(maker.flag() && { emoji: ":ghost:" }),
      ...(maker.flag() && { attachments: [ATTACHMENT] }),
      ...(maker.flag() && { customFields: { source: maker.text(50) } }),
    };
    const { message: sent } = await maker.post("chat.sendMessage", { message });
    const messageId = (sent as Json)._id as string;
    maker.count("messages");
    for (const emoji of maker.some([":tada:", ":+1:", ":100:"], 1, 2)) {
      await maker.post("chat.react", { messageId, emoji, shouldReact: true });
      maker.count("reactions");
    }
    if (maker.flag()) await maker.post("chat.pinMessage", { messageId });
    if (maker.flag()) {
      await maker.post("chat.sendMessage", { message: { rid, tmid: messageId, msg: maker.one(MESSAGES).trim() } });
      maker.count("messages");
    }
  }
}

export async function makeLeftBehind(maker: Maker): Promise<void> {
  const form = new FormData();
  form.append("file", await openAsBlob(IMAGE, { type: "image/png" }), "dot: #1.png");
  const { file } = await maker.reader.form("rooms.media/GENERAL", form);
  await maker.post(`rooms.mediaConfirm/GENERAL/${(file as Json)._id}`, { msg: "a file" });
  maker.count("fileUploads");
  await maker.post("users.generatePersonalAccessToken", { tokenName: "deploys: null" });
  maker.count("personalAccessTokens");
}

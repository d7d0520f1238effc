/** Emoji, sounds and statuses of a workspace's own. */
import { openAsBlob } from "node:fs";
import path from "node:path";
import type { Maker } from "./maker.ts";
import { STATUSES } from "./texts.ts";

const files = path.join(import.meta.dirname, "../../../fixtures/files");
export const IMAGE = path.join(files, "dot.png");
export const SOUND = path.join(files, "tick.wav");

export async function makeLooks(maker: Maker): Promise<void> {
  for (const name of maker.some(STATUSES, 1, 4)) {
    await maker.post("custom-user-status.create", {
      name,
      statusType: maker.one(["online", "away", "busy", "offline"]),
    });
    maker.count("customUserStatuses");
  }
  for (const name of maker.some(["parrot", "no", "on_call", "007", "null", "true", "1e3", "a-b"], 1, 3)) {
    const form = new FormData();
    form.append("emoji", await openAsBlob(IMAGE, { type: "image/png" }), "picture.png");
    form.append("name", name);
    form.append("aliases", maker.flag() ? `${name}-alias,${name}2` : "");
    await maker.reader.form("emoji-custom.create", form);
    maker.count("customEmojis");
  }
  // 7.7.1 takes sounds by other ways than its API.
  if (!maker.is8) return;
  for (const name of maker.some(["ding", "Größer: dong", "null", "123", "a b", "مرحبا"], 1, 3)) {
    const form = new FormData();
    form.append("sound", await openAsBlob(SOUND, { type: "audio/wav" }), "sound.wav");
    form.append("name", name);
    await maker.reader.form("custom-sounds.create", form);
    maker.count("customSounds");
  }
}

/** Every image of a folder as an emoji of the workspace's own, under the file's name. */
import { readdirSync } from "node:fs";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import * as rocketchat from "pulumi-rocketchat";

const folder = "emoji";

const lights = readdirSync(folder)
  .filter((image) => image !== "amber_light.png")
  .map((image) => {
    const { name } = path.parse(image);
    return new rocketchat.CustomEmoji(name, { name, file: path.join(folder, image) });
  });

// The same as a Pulumi asset, and with other names for the same image.
const amber = new rocketchat.CustomEmoji("amber_light", {
  name: "amber_light",
  aliases: ["yellow_light", "caution"],
  file: new pulumi.asset.FileAsset(path.join(folder, "amber_light.png")),
});

export const images = [...lights, amber].map(({ imageUrl }) => imageUrl);

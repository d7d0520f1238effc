/** `docker:index/remoteImage:RemoteImage`: calls to the engine. */
import { RunnerError } from "../../errors.ts";
import type { Properties } from "../../values.ts";
import type { Calls, Found } from "./calls.ts";
import { found, statusOf, wordsOf } from "./engine.ts";
import { imageOf } from "./pull.ts";

export const remoteImageCalls: Calls = {
  async create(engine, inputs) {
    return foundImage(await imageOf(engine, String(inputs.name), platformOf(inputs)), inputs);
  },

  async read(engine, id, values) {
    const name = values.name ?? id.slice(ID_LENGTH);
    const image = await found(engine.docker.getImage(String(name)).inspect());
    return image && foundImage(image, { ...values, name });
  },

  async update(engine, _id, outputs, inputs) {
    return foundImage(await imageOf(engine, String(inputs.name), platformOf(inputs)), { ...outputs, ...inputs });
  },

  async delete(engine, _id, outputs) {
    if (outputs.keepLocally === true) return;
    const name = String(outputs.name);
    try {
      await found(engine.docker.getImage(name).remove({ force: outputs.forceRemove === true }));
    } catch (error) {
      if (statusOf(error) !== 409) throw error;
      throw new RunnerError(`The image ${name} can't be removed: ${wordsOf(error)}`, {
        hint: "Set `keepLocally: true` on it to leave the image where it is.",
        cause: error,
      });
    }
  },
};

/** Of "sha256:" and its digits: an id here is that of the engine with the name behind it. */
const ID_LENGTH = 71;

const platformOf = ({ platform }: Properties) => (typeof platform === "string" && platform ? platform : undefined);

interface Image {
  readonly Id: string;
  readonly RepoDigests?: readonly string[];
}

function foundImage({ Id, RepoDigests = [] }: Image, values: Properties): Found {
  const name = String(values.name);
  const [repository = ""] = name.split(":");
  const own = RepoDigests.length > 1 ? RepoDigests.find((digest) => digest.startsWith(repository)) : undefined;
  return { id: `${Id}${name}`, values: { ...values, imageId: Id, repoDigest: own ?? RepoDigests[0] ?? "" } };
}

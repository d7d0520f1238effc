/** Reads a compose file of Rocket.Chat as arguments of RocketChatServer. Makes nothing. */
import { RunError } from "@pulumi/pulumi";
import type { RocketChatServerArgs } from "../args.ts";
import { ComposeFile } from "./file.ts";
import { parseImage, type Role, releaseOf, roleOf } from "./image.ts";
import { isHelper, takeMongo } from "./mongo.ts";
import type { ComposeNote } from "./note.ts";
import { takeServer } from "./rocketchat.ts";
import type { Variables } from "./variables.ts";

export interface FromCompose {
  readonly args: RocketChatServerArgs;
  /** In the order of the file. */
  readonly notes: readonly ComposeNote[];
}

const namesOf = (file: ComposeFile, role: Role): string[] =>
  Object.keys(file.services).filter((name) => roleOf(parseImage(String(file.services[name]?.image ?? ""))) === role);

/** The one that holds the data. */
function databaseOf(file: ComposeFile, mongoUrl: string | undefined): string | undefined {
  const names = namesOf(file, "mongo").filter((name) => !isHelper(file.services[name] ?? {}));
  return names.find((name) => mongoUrl?.includes(name)) ?? names[0];
}

function noteOtherService(file: ComposeFile, name: string): void {
  const at = ["services", name];
  const service = file.services[name] ?? {};
  const image = parseImage(String(service.image ?? ""));
  switch (roleOf(image)) {
    case "rocketchat":
      file.note(at, "left-out", "one server is taken, the first of the file", "For more of them use RocketChatRelease");
      break;
    case "mongo":
      if (isHelper(service)) file.note(at, "replaced", "the component prepares its database itself");
      else
        file.note(
          at,
          "left-out",
          "the component's replica set has one member",
          "Use RocketChatRelease with a database of your own",
        );
      break;
    case "traefik":
      file.note(at, "left-out", "the proxy is not taken over", "Use `https: { domain, email }`");
      break;
    default:
      file.note(
        at,
        "left-out",
        `the component has no service for ${image.name || "a built image"}`,
        "Let it run on with Compose, or declare it as a `docker.Container` of your own",
      );
  }
}

export function fromCompose(name: string, variables: Variables = {}): FromCompose {
  const file = new ComposeFile(name, variables);
  const [server] = namesOf(file, "rocketchat");
  if (server === undefined) {
    const found = Object.keys(file.services).join(", ") || "none";
    throw new RunError(
      `${name}: has no service with an image of Rocket.Chat ("rocketchat/rocket.chat"); its services: ${found}.`,
    );
  }
  const taken = takeServer(file, file.services[server] ?? {}, ["services", server]);
  const database = databaseOf(file, taken.mongoUrl?.value);
  if (database === undefined) {
    file.note(
      ["services", server],
      "problem",
      "no service of the file is its MongoDB: the component makes a new, empty one",
      "Move the data with `restoreFrom`, or use RocketChatRelease with `mongo.externalUrl`",
    );
  }
  const [nats] = taken.hasTransporter ? namesOf(file, "nats") : [];
  const mongo = database === undefined ? {} : takeMongo(file, database, file.services[database] ?? {}, taken);
  for (const other of Object.keys(file.services)) {
    if (![server, database, nats].includes(other)) noteOtherService(file, other);
  }
  const natsTag = nats === undefined ? undefined : parseImage(String(file.services[nats]?.image)).tag;
  return {
    args: {
      ...taken.args,
      ...(Object.keys(mongo).length > 0 && { mongo }),
      ...(nats !== undefined && { nats: natsTag !== undefined && releaseOf(natsTag) ? { version: natsTag } : true }),
    },
    notes: file.notes.sort((a, b) => a.line - b.line),
  };
}

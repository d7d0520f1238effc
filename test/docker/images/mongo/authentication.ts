/** Who may send commands: users of the database `admin`, by SCRAM-SHA-256. Every user may do everything. */
import type { Document } from "./bson.ts";
import type { Call, Command } from "./command.ts";
import { Failure } from "./failure.ts";
import { type Credentials, credentialsFor, serverSide, userOf } from "./scram.ts";

const USERS = "admin.system.users";
const MECHANISM = "SCRAM-SHA-256";
/** Has the shape of real ones, so that a stranger doesn't learn which users there are. */
const nobody = credentialsFor("");

const text = (payload: unknown) => Buffer.from(payload as Uint8Array).toString();
const failed = () => new Failure("AuthenticationFailed", "Authentication failed.");

export const createUser: Command = ({ server, database, body }) => {
  const { createUser: user, pwd, roles } = body;
  server.storage.put(USERS, {
    _id: `${database}.${user}`,
    user,
    db: database,
    roles,
    credentials: { [MECHANISM]: { ...credentialsFor(String(pwd)) } },
  });
  return { ok: 1 };
};

function credentialsOf({ server, database }: Call, user: string): Credentials {
  const found = server.storage.get(USERS, `${database}.${user}`)?.credentials as Document | undefined;
  return (found?.[MECHANISM] as unknown as Credentials | undefined) ?? nobody;
}

const saslAnswer = (payload: string, done: boolean) => ({
  conversationId: 1,
  done,
  payload: Buffer.from(payload),
  ok: 1,
});

export const saslStart: Command = (call) => {
  const { mechanism, payload } = call.body;
  if (mechanism !== MECHANISM) throw new Failure("BadValue", `${mechanism} is not offered, only ${MECHANISM}`);
  const first = text(payload);
  const side = serverSide(first, credentialsOf(call, userOf(first)));
  call.session.conversation = { side, proven: false };
  return saslAnswer(side.first, false);
};

/** The proof, and after it an empty message that ends the conversation. */
export const saslContinue: Command = ({ session, body }) => {
  const { conversation } = session;
  if (conversation === undefined) throw failed();
  if (conversation.proven) {
    session.conversation = undefined;
    session.authenticated = true;
    return saslAnswer("", true);
  }
  const final = conversation.side.final(text(body.payload));
  if (final === undefined) {
    session.conversation = undefined;
    throw failed();
  }
  conversation.proven = true;
  return saslAnswer(final, false);
};

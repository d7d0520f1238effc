/**
 * Prints a room's messages as they are posted, until Ctrl-C. Not a Pulumi program: run it beside one, with the same
 * environment (ROCKETCHAT_URL, and ROCKETCHAT_USER_ID with ROCKETCHAT_AUTH_TOKEN, or ROCKETCHAT_USERNAME with ROCKETCHAT_PASSWORD):
 *
 *   node examples/watch-room/index.ts "#general"
 */
import { connectRealtime, RocketChatError } from "pulumi-rocketchat";

const room = process.argv[2] ?? "#general";
const stop = new AbortController();
process.once("SIGINT", () => stop.abort());

try {
  const realtime = await connectRealtime({
    signal: stop.signal,
    onEvent: (event) => {
      if (event.type === "disconnected") console.error(`(disconnected: ${event.reason})`);
      if (event.type === "reconnecting") console.error(`(trying again in ${event.inMs / 1000} s)`);
      if (event.type === "resumed" && !event.complete) console.error(`(messages may be missing: ${event.reason})`);
    },
  });
  const messages = await realtime.messages(room);
  console.error(`Watching ${room} as ${realtime.username}. Ctrl-C ends it.`);
  for await (const { at, author, alias, text, systemType } of messages) {
    const said = systemType === undefined ? text : `[${systemType}] ${text}`;
    console.log(`${at.toISOString()} ${alias ?? author.username}: ${said}`);
  }
  await realtime.close();
} catch (error) {
  // what went wrong is in the message; Ctrl-C while connecting is no error
  if (!stop.signal.aborted) {
    if (!(error instanceof RocketChatError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

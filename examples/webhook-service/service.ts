/** A service that repeats what it is told. Plain Node.js: of the package, only the part for webhooks is loaded. */
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import {
  MalformedWebhookError,
  parseOutgoingWebhook,
  sendToWebhook,
  WebhookTokenError,
} from "pulumi-rocketchat/webhooks";

const { HOOK_URL, HOOK_TOKEN, PORT = "8080" } = process.env;
if (!HOOK_URL || !HOOK_TOKEN) throw new Error("HOOK_URL and HOOK_TOKEN must be set; see index.ts.");

const server = createServer(async (request, response) => {
  const end = (status: number) => response.writeHead(status).end();
  try {
    const event = parseOutgoingWebhook(await text(request), { token: HOOK_TOKEN, event: "sendMessage" });
    end(200);
    // Answering bots makes two of them talk for ever.
    if (event.bot) return;
    const said = event.text.slice(event.triggerWord?.length ?? 0).trim();
    const result = await sendToWebhook(HOOK_URL, { text: said || "?", alias: `Echo of ${event.userName}` });
    if (!result.delivered) console.error(`Not posted (${result.reason}): ${result.message}`);
  } catch (error) {
    if (error instanceof WebhookTokenError) return end(401);
    if (error instanceof MalformedWebhookError) return end(400);
    console.error(error instanceof Error ? error.message : error);
    if (!response.headersSent) end(500);
  }
});

server.listen(Number(PORT), () => {
  const address = server.address();
  console.log(`listening on port ${typeof address === "object" ? address?.port : PORT}`);
});

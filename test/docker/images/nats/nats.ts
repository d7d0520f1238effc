/** Stands in for NATS: greets clients, answers PING, and tells its health over HTTP. Passes no message on. */
import { createServer as createHttpServer } from "node:http";
import { createServer } from "node:net";
import { parseArgs } from "node:util";

const { values } = parseArgs({ options: { port: { type: "string", default: "4222" }, http_port: { type: "string" } } });

createServer((socket) => {
  socket.on("error", () => {});
  socket.write(`INFO ${JSON.stringify({ server_name: "stand-in", max_payload: 1_048_576 })}\r\n`);
  socket.on("data", (chunk) => {
    for (const line of chunk.toString().split("\r\n")) if (line === "PING") socket.write("PONG\r\n");
  });
}).listen(Number(values.port));

if (values.http_port !== undefined)
  createHttpServer((request, response) => {
    if (request.url === "/healthz") response.end('{"status":"ok"}');
    else response.writeHead(404).end();
  }).listen(Number(values.http_port));

for (const signal of ["SIGTERM", "SIGINT"]) process.once(signal, () => process.exit(0));

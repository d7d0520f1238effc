/** Is the way to the server private, and for how long still. Knows no Rocket.Chat. */
import { isIP } from "node:net";
import { connect } from "node:tls";
import type { Check } from "./check.ts";

const DAY_MS = 86_400_000;
/** Renewals that are automatic happen about thirty days before the end. */
const SOON_DAYS = 14;
const TIMEOUT_MS = 10_000;

/** When the certificate ends. Rejects when there is none that holds. */
function certificateEnd(url: URL): Promise<Date> {
  const { promise, resolve, reject } = Promise.withResolvers<Date>();
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const socket = connect({ host, port: Number(url.port || 443), ...(isIP(host) === 0 && { servername: host }) });
  socket.setTimeout(TIMEOUT_MS, () => socket.destroy(new Error(`no answer within ${TIMEOUT_MS / 1_000} s`)));
  socket.once("error", reject);
  socket.once("secureConnect", () => {
    resolve(new Date(socket.getPeerCertificate().valid_to));
    socket.destroy();
  });
  return promise;
}

export async function checkTls(address: string, now = new Date()): Promise<Check> {
  const name = "TLS";
  const url = new URL(address);
  if (url.protocol !== "https:") {
    const isLocal = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
    if (isLocal) return { name, verdict: "ok", text: "none, and none needed: the server is on this machine" };
    return { name, verdict: "warning", text: "none: credentials travel in clear", fix: "Put the server behind https." };
  }
  try {
    const end = await certificateEnd(url);
    const days = Math.floor((end.getTime() - now.getTime()) / DAY_MS);
    const text = `certificate valid until ${end.toISOString().slice(0, 10)}`;
    if (days >= SOON_DAYS) return { name, verdict: "ok", text };
    return { name, verdict: "warning", text: `${text}, ${days} days from now`, fix: "Renew it." };
  } catch (error) {
    const text = `no certificate that holds: ${(error as Error).message}`;
    const fix = "Renew the certificate, or let Node.js know its authority with NODE_EXTRA_CA_CERTS.";
    return { name, verdict: "failed", text, fix };
  }
}

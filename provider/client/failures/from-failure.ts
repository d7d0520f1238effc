/** Turns "no answer" into words: host unknown, refused, certificate, time-out, cut connection, limited for too long. */
import { type CallError, NetworkError, RateLimitError } from "../../errors.ts";
import { isCertificateCode, isNotTlsCode, type LimitFailure, type TransportFailure } from "../transport/failure.ts";
import type { Report } from "./report.ts";

export function fromFailure(report: Report, failure: TransportFailure, timeoutMs: number): CallError {
  const { words, hint } = explain(new URL(report.url), failure.code, timeoutMs);
  const call = report.details({});
  return new NetworkError(report.say(words, call), call, {
    hint,
    cause: report.cause(failure.cause),
    maybeSent: report.trace.maybeSent,
  });
}

export function fromLimit(report: Report, failure: LimitFailure): CallError {
  const call = report.details({ status: 429 });
  const seconds = Math.ceil(failure.waitMs / 1000);
  const allowed = Math.round(failure.maxWaitMs / 60_000);
  const words = `the server's rate limit would need another ${seconds} s, more than the ${allowed} minutes allowed without progress`;
  return new RateLimitError(report.say(words, call), call, {
    hint: "Give the account the permission api-bypass-rate-limit, or raise the limit under Workspace > Settings > Rate Limiter.",
  });
}

function explain(
  { host, hostname, protocol, port }: URL,
  code: string,
  timeoutMs: number,
): { words: string; hint?: string } {
  if (code === "FILE_CHANGED") {
    return { words: "the file changed, or went away, while it was sent", hint: "Run again when nothing writes it." };
  }
  if (code === "ENOTFOUND") {
    return { words: `the host ${hostname} is not known`, hint: "Check the spelling of rocketchat:url." };
  }
  if (code === "EAI_AGAIN") {
    return { words: `the name ${hostname} could not be looked up`, hint: "Is this machine's name service reachable?" };
  }
  if (code === "ECONNREFUSED") {
    const where = port === "" ? `${hostname}, port ${protocol === "https:" ? 443 : 80}` : host;
    return {
      words: `nothing listens at ${where}`,
      hint: "Is the server running, and is the port in rocketchat:url right?",
    };
  }
  if (isCertificateCode(code)) {
    return {
      words: `the certificate of ${host} is not trusted (${code})`,
      hint:
        code === "CERT_HAS_EXPIRED" || code === "ERR_TLS_CERT_ALTNAME_INVALID"
          ? "The server's certificate must be renewed, or made for this host name."
          : "For a certificate of your own authority set NODE_EXTRA_CA_CERTS to its PEM file.",
    };
  }
  if (isNotTlsCode(code)) {
    return {
      words: `${host} does not speak https`,
      hint: "Is the port right, or is the server reached over plain http?",
    };
  }
  if (code === "UND_ERR_CONNECT_TIMEOUT" || code === "EHOSTUNREACH" || code === "ENETUNREACH" || code === "ETIMEDOUT") {
    return { words: `${host} can't be reached (${code})`, hint: "Is a VPN or a firewall in between?" };
  }
  if (code === "TIMEOUT") {
    return { words: `no answer from ${host} within ${timeoutMs / 1000} s` };
  }
  if (code === "UND_ERR_CLOSED" || code === "UND_ERR_DESTROYED") {
    return { words: "the connection was closed before the call was done" };
  }
  if (code.startsWith("HPE_")) {
    return {
      words: `${host} does not speak HTTP (${code})`,
      hint: "Is the port right, or does the server expect https?",
    };
  }
  return { words: `the connection to ${host} was cut (${code})` };
}

/** What goes wrong beneath an answer, before it is put into words. Never leaves the client. */

export class TransportFailure extends Error {
  /** Node's or undici's code: ECONNREFUSED, UND_ERR_SOCKET …; "TIMEOUT" for our own limit; "FILE_CHANGED" for a file to be sent. */
  readonly code: string;
  /** False when the request surely did not reach the server. */
  readonly maybeSent: boolean;
  /** False where trying again can't help: a refused certificate, a closed client. */
  readonly transient: boolean;

  constructor(code: string, options: { maybeSent: boolean; transient: boolean; cause: unknown }) {
    super(code, { cause: options.cause });
    this.code = code;
    this.maybeSent = options.maybeSent;
    this.transient = options.transient;
  }
}

/** The rate limit would have to be waited for longer than allowed. */
export class LimitFailure extends Error {
  readonly waitMs: number;
  readonly maxWaitMs: number;

  constructor(waitMs: number, maxWaitMs: number) {
    super("rate limit");
    this.waitMs = waitMs;
    this.maxWaitMs = maxWaitMs;
  }
}

const CERTIFICATE =
  /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_|CERT_|HOSTNAME_MISMATCH|INVALID_CA|ERR_TLS_CERT)/;
/** TLS met something that is not TLS. */
const NOT_TLS = /^(EPROTO|ERR_SSL_)/;
const CONNECTING = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EADDRNOTAVAIL",
  "UND_ERR_CONNECT_TIMEOUT",
]);
/** The client was closed, or the request could not be built. A destroyed connection may have carried the request already. */
const HOPELESS = new Set(["UND_ERR_CLOSED", "UND_ERR_DESTROYED", "UND_ERR_INVALID_ARG"]);

export const isCertificateCode = (code: string): boolean => CERTIFICATE.test(code);
export const isNotTlsCode = (code: string): boolean => NOT_TLS.test(code);

/** Classes an error of undici or Node. */
export function toFailure(error: unknown): TransportFailure {
  const { code = "UNKNOWN", syscall, message = "" } = error as { code?: string; syscall?: string; message?: string };
  if ((error as { name?: string }).name === "TimeoutError") {
    return new TransportFailure("TIMEOUT", { maybeSent: true, transient: true, cause: error });
  }
  if ((error as { name?: string }).name === "NotReadableError") {
    return new TransportFailure("FILE_CHANGED", { maybeSent: true, transient: false, cause: error });
  }
  const isHandshake = message.includes("before secure TLS connection was established");
  const isHopeless = isCertificateCode(code) || isNotTlsCode(code) || HOPELESS.has(code);
  const isUnsent =
    (isHopeless && code !== "UND_ERR_DESTROYED") ||
    isHandshake ||
    CONNECTING.has(code) ||
    syscall === "connect" ||
    syscall === "getaddrinfo";
  return new TransportFailure(code, { maybeSent: !isUnsent, transient: !isHopeless, cause: error });
}

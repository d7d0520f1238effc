/** One account's way in: logs in once for all its callers, answers the second factor, logs out. Sends nothing itself. */
import { createHash, randomUUID } from "node:crypto";
import { AuthenticationError, ConfigurationError, TwoFactorRequiredError } from "../errors.ts";
import { type LoginReply, loginOperation, logoutOperation, type Me, meOperation } from "./api/session.ts";
import type { Credentials, Self } from "./client.ts";
import type { Clock } from "./clock.ts";
import type { Perform } from "./perform.ts";
import type { Redactor } from "./redactor.ts";
import { decodeBase32, totp } from "./totp.ts";
import type { Account, Token } from "./transport/call.ts";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

export interface SessionOptions {
  readonly credentials: Credentials;
  readonly perform: Perform;
  readonly redactor: Redactor;
  readonly clock: Clock;
}

export class Session implements Account {
  readonly key = randomUUID();
  private readonly credentials: Credentials;
  private readonly perform: Perform;
  private readonly redactor: Redactor;
  private readonly clock: Clock;
  /** Shared by everybody who needs it at the same time; kept while it is valid. */
  private login: Promise<LoginReply["data"]> | undefined;
  private me: Promise<Me> | undefined;
  private isLoggingOut = false;
  private refusal = false;

  /** True once the server has refused the credentials for good. */
  get isRefused(): boolean {
    return this.refusal;
  }

  /** Throws ConfigurationError. */
  constructor({ credentials, perform, redactor, clock }: SessionOptions) {
    checkCredentials(credentials);
    this.credentials = credentials;
    this.perform = perform;
    this.redactor = redactor;
    this.clock = clock;
    const { password, totpSecret } = credentials;
    for (const secret of [password, totpSecret, "authToken" in credentials ? credentials.authToken : undefined]) {
      if (secret !== undefined) redactor.hide(secret);
    }
    if (password !== undefined) redactor.hide(sha256(password));
  }

  async token(): Promise<Token> {
    if ("authToken" in this.credentials) return this.credentials;
    this.login ??= this.logIn(this.credentials);
    return this.login;
  }

  async renew(refused: Token): Promise<boolean> {
    if ("authToken" in this.credentials) return false;
    if (this.isLoggingOut) return false;
    // Another caller may have logged in again meanwhile: then that token is to be tried.
    const held = this.login;
    const isRefused = (await held)?.authToken === refused.authToken;
    if (isRefused && this.login === held) this.login = undefined;
    await this.token();
    return true;
  }

  secondFactor(method: string): Readonly<Record<string, string>> | undefined {
    const { password, totpSecret } = this.credentials;
    if (method === "password" && password !== undefined) return headers(method, sha256(password));
    if (method === "totp" && totpSecret !== undefined) return headers(method, this.code(totpSecret));
    return undefined;
  }

  async self(): Promise<Self> {
    this.me ??= this.readMe().catch((error: unknown) => {
      this.me = undefined;
      throw error;
    });
    const { _id, username, roles } = await this.me;
    return { userId: _id, username, roles };
  }

  /** The server keeps a limited number of tokens per account, so one that was made here is given back. Best effort. */
  async logOut(): Promise<void> {
    if (this.login === undefined) return;
    this.isLoggingOut = true;
    await this.login.then(() => this.perform(logoutOperation, this)).catch(() => undefined);
    this.login = undefined;
    this.isLoggingOut = false;
  }

  private async readMe(): Promise<Me> {
    if ("authToken" in this.credentials) return this.perform(meOperation, this);
    await this.token();
    const fromLogin = (await this.login)?.me;
    return fromLogin ?? this.perform(meOperation, this);
  }

  private async logIn(credentials: {
    username: string;
    password: string;
    totpSecret?: string;
  }): Promise<LoginReply["data"]> {
    const { username, password, totpSecret } = credentials;
    try {
      const { data } = await this.perform(loginOperation(username, password), undefined).catch((error: unknown) => {
        if (totpSecret === undefined || !asksForTotp(error)) throw error;
        return this.perform(loginOperation(username, password, this.code(totpSecret)), undefined);
      });
      this.redactor.hide(data.authToken);
      return data;
    } catch (error) {
      // A refused password stays refused, and more attempts would get the account blocked. Anything else may pass.
      this.refusal = error instanceof AuthenticationError || error instanceof TwoFactorRequiredError;
      if (!this.refusal) this.login = undefined;
      throw error;
    }
  }

  private code(secret: string): string {
    const code = totp(secret, this.clock.now());
    this.redactor.hide(code);
    return code;
  }
}

const headers = (method: string, code: string) => ({ "x-2fa-code": code, "x-2fa-method": method });

const asksForTotp = (error: unknown): boolean =>
  error instanceof TwoFactorRequiredError &&
  error.call.errorType === "totp-required" &&
  (error.call.details as { method?: unknown } | undefined)?.method === "totp";

/** Says what is wrong without repeating a value. */
function checkCredentials(credentials: Credentials): void {
  const named: [string, string | undefined][] =
    "authToken" in credentials
      ? [
          ["rocketchat:userId", credentials.userId],
          ["rocketchat:authToken", credentials.authToken],
        ]
      : [
          ["rocketchat:username", credentials.username],
          ["rocketchat:password", credentials.password],
        ];
  for (const [name, value] of named) {
    if (value === undefined || value === "") throw new ConfigurationError(`${name} is empty`);
    if ("authToken" in credentials && !/^[\x21-\x7e]+$/.test(value)) {
      throw new ConfigurationError(`${name} contains a space, a line break or a character outside ASCII`, {
        hint: "Was a line break copied along with it?",
      });
    }
  }
  if (credentials.totpSecret !== undefined) decodeBase32(credentials.totpSecret);
}

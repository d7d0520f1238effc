/** Answers of a MongoDB server that refuse a command: number, name and text. */

const CODES = {
  BadValue: 2,
  InvalidReplicaSetConfig: 93,
  Unauthorized: 13,
  AuthenticationFailed: 18,
  AlreadyInitialized: 23,
  CommandNotFound: 59,
  NodeNotFound: 74,
  NoReplicationEnabled: 76,
  NotYetInitialized: 94,
  NotWritablePrimary: 10_107,
  DuplicateKey: 11_000,
} as const;

export class Failure extends Error {
  readonly codeName: keyof typeof CODES;

  constructor(codeName: keyof typeof CODES, text: string) {
    super(text);
    this.codeName = codeName;
  }

  get answer() {
    return { ok: 0, errmsg: this.message, code: CODES[this.codeName], codeName: this.codeName };
  }
}

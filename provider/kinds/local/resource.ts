/** The classes behind which components keep what only the stack's state knows. Not part of the public API. */
import * as pulumi from "@pulumi/pulumi";
import { LoadedResource } from "../base/loaded.ts";
import type { LocalHandler } from "./contract.ts";
import { generatedPasswordHandler } from "./generated-password.ts";
import { serverVersionHandler } from "./server-version.ts";

abstract class LocalResource extends LoadedResource {
  protected constructor(handler: LocalHandler, name: string, args: object, opts: pulumi.CustomResourceOptions) {
    const props: pulumi.Inputs = {};
    for (const key of handler.outputs) props[key] = undefined;
    for (const [key, value] of Object.entries(args)) {
      props[key] = value !== undefined && handler.secret.includes(key) ? pulumi.secret(value) : value;
    }
    super(handler.kind, name, props, [...handler.secret], opts);
  }
}

export interface GeneratedPasswordArgs {
  /** Name of the component's argument, for messages. */
  purpose: string;
  /** Used instead of a generated one. */
  given?: pulumi.Input<string> | undefined;
  /** Whose password it is: must not be part of it. */
  username?: pulumi.Input<string> | undefined;
  /** What it opens keeps the first one for ever. */
  fixed?: boolean;
  /** "policy": of all sorts of characters, as Rocket.Chat's default policy wants it. Default: hexadecimal digits. */
  form?: "policy";
}

/** A password that stays the same from run to run. */
export class GeneratedPassword extends LocalResource {
  declare readonly password: pulumi.Output<string>;

  constructor(name: string, args: GeneratedPasswordArgs, opts: pulumi.CustomResourceOptions) {
    super(generatedPasswordHandler, name, args, opts);
  }
}

export interface ServerVersionArgs {
  version: pulumi.Input<string>;
  mongoVersion?: pulumi.Input<string> | undefined;
  upgradeFrom?: pulumi.Input<string> | undefined;
  mongoAuth: boolean;
  /** "": a volume of the component's own. */
  mongoData: string;
  namePrefix: string;
}

/** The versions of a server that were installed last; refuses steps that can't be done. */
export class ServerVersion extends LocalResource {
  constructor(name: string, args: ServerVersionArgs, opts: pulumi.CustomResourceOptions) {
    super(serverVersionHandler, name, args, opts);
  }
}

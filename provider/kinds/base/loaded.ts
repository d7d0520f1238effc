/** A resource whose provider is this package's loader string. Knows no schema: what is sent is said by who extends it. */
import * as pulumi from "@pulumi/pulumi";
import { turnIsValid } from "./invalid.ts";
import { loader, typeToken } from "./loader.ts";
import { showProgramLines } from "./position.ts";

/** Not registered while anything of the program's turn is invalid. */
export abstract class LoadedResource extends pulumi.CustomResource {
  protected constructor(
    kind: string,
    name: string,
    props: pulumi.Inputs,
    secretOutputs: string[],
    opts: pulumi.CustomResourceOptions,
  ) {
    const all = { ...props, __provider: turnIsValid().then(() => loader(kind)) };
    const showAll = showProgramLines();
    try {
      super(typeToken(kind), name, all, pulumi.mergeOptions({ additionalSecretOutputs: secretOutputs }, opts));
    } finally {
      showAll();
    }
  }
}

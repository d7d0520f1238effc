/** Keeps other packages' resources from being made beside invalid ones of ours, which end the program. Knows no component. */
import * as pulumi from "@pulumi/pulumi";
import { turnIsValid } from "../../kinds/base/invalid.ts";

/** The value, once nothing of the program's turn is invalid; else never. As an input it holds the resource back. */
export function ifValid(value: pulumi.Input<string>): pulumi.Output<string> {
  const valid = turnIsValid();
  return pulumi.output(value).apply((known) => valid.then(() => known));
}

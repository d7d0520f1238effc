/** How programs give a file. Types only. */
import type * as pulumi from "@pulumi/pulumi";

export interface FileArgs {
  /** A path (relative to the program's folder), an http(s) address, or a Pulumi asset. */
  file: pulumi.Input<string | pulumi.asset.Asset>;
}

/** What the embedded runner can't do is refused by name, with the way to go, and the program gets no answer to it. */
import * as grpc from "@grpc/grpc-js";
import callback from "@pulumi/pulumi/proto/callback_pb.js";
import resourceService from "@pulumi/pulumi/proto/resource_grpc_pb.js";
import resource from "@pulumi/pulumi/proto/resource_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import { expect, it, onTestFinished } from "vitest";
import { goalOf, readGoalOf } from "../../../../provider/runner/protocol/goals.ts";
import { type Program, serve } from "../../../../provider/runner/protocol/server.ts";

const sentence = (what: string) =>
  `${what} is not supported by the embedded runner; use the Pulumi CLI: https://www.pulumi.com/docs/install/`;

type Request = InstanceType<typeof resource.RegisterResourceRequest>;
const registration = (change: (request: Request) => void, type = "pulumi-nodejs:dynamic/x:T") => {
  const request = new resource.RegisterResourceRequest();
  request.setType(type);
  request.setName("a");
  request.setCustom(true);
  change(request);
  return request;
};

it.each<[what: string, change: (request: Request) => void, type?: string]>([
  ['The remote component "a" (x:index:C)', (request) => request.setRemote(true), "x:index:C"],
  ['Importing "a" (pulumi-nodejs:dynamic/x:T) with the option `import`', (request) => request.setImportid("1")],
  ['The parameterized package of "a" (x:m:T)', (request) => request.setPackageref("ref"), "x:m:T"],
  [
    'The option `replaceWith` of "a" (pulumi-nodejs:dynamic/x:T)',
    (request) => request.setReplaceWithList(["urn:pulumi:dev::p::t::b"]),
  ],
  [
    'The option `replacementTrigger` of "a" (pulumi-nodejs:dynamic/x:T)',
    (request) => request.setReplacementTrigger(struct.Value.fromJavaScript("1")),
  ],
  [
    'The option `transforms` of "a" (pulumi-nodejs:dynamic/x:T)',
    (request) => request.setTransformsList([new callback.Callback()]),
  ],
  ["A StackReference", () => {}, "pulumi:pulumi:StackReference"],
])("refuses a registration: %s", (what, change, type) => {
  expect(() => goalOf(registration(change, type))).toThrow(sentence(what));
});

it("refuses to read a stack reference, and what is of a parameterized package", () => {
  const read = new resource.ReadResourceRequest();
  read.setType("pulumi:pulumi:StackReference");
  expect(() => readGoalOf(read)).toThrow(sentence("A StackReference"));
  read.setType("x:m:T");
  read.setPackageref("ref");
  expect(() => readGoalOf(read)).toThrow(sentence("The parameterized package of x:m:T"));
});

it.each<[what: string, method: string, request: unknown]>([
  ["The function aws:index:getRegion", "invoke", new resource.ResourceInvokeRequest().setTok("aws:index:getRegion")],
  ["The method x:index:C/act", "call", new resource.ResourceCallRequest().setTok("x:index:C/act")],
  ["A stack transform", "registerStackTransform", undefined],
  ["An invoke transform", "registerStackInvokeTransform", undefined],
  ["A resource hook", "registerResourceHook", new resource.RegisterResourceHookRequest()],
  ["An error hook", "registerErrorHook", new resource.RegisterErrorHookRequest()],
  ["A parameterized package", "registerPackage", new resource.RegisterPackageRequest()],
])("refuses a request of the program: %s", async (what, method, request) => {
  const unasked = async () => expect.unreachable();
  const failed = Promise.withResolvers<unknown>();
  const program: Program = {
    register: unasked,
    read: unasked,
    registerOutputs: unasked,
    ended: () => {},
    log: () => {},
    fail: failed.resolve,
  };
  const server = await serve(program, { project: "p", stack: "dev" });
  const client = new resourceService.ResourceMonitorClient(server.address, grpc.credentials.createInsecure());
  onTestFinished(() => {
    client.close();
    server.close();
  });
  let answered = false;
  (client as unknown as Record<string, (request: unknown, answer: () => void) => void>)[method]?.(
    request ?? new callback.Callback(),
    () => {
      answered = true;
    },
  );
  expect(await failed.promise).toMatchObject({ message: sentence(what) });
  // An answer could be taken for the end of the run: what is not registered then would be deleted.
  expect(answered).toBe(false);
});

import { expect, test } from "vitest";
import type { Operation } from "../../../../provider/client/client.ts";
import {
  AuthenticationError,
  type CallError,
  ConflictError,
  NotFoundError,
  PermissionError,
  UnexpectedResponseError,
  ValidationError,
} from "../../../../provider/errors.ts";
import { connect, create, errorOf, operation, type Reply, startServer } from "../local-server.ts";

/** The error of one call that is answered so. */
async function answered(reply: Reply, call: Operation<unknown> = create): Promise<CallError> {
  const server = await startServer(() => reply);
  const error = (await errorOf(connect(server.url).call(call))) as unknown as CallError;
  error.message = error.message.replaceAll(String(server.port), "PORT");
  return error;
}

const failure = (error: unknown, errorType?: unknown, details?: unknown): Reply => ({
  status: 400,
  body: {
    success: false,
    error,
    ...(errorType !== undefined && { errorType }),
    ...(details !== undefined && { details }),
  },
});

test.each<[string, new (...args: never[]) => Error, Reply]>([
  [
    "code in errorType",
    ConflictError,
    failure("alice is already in use :( [error-field-unavailable]", "error-field-unavailable"),
  ],
  ["code in the text only", ConflictError, failure("A channel with name 'x' exists [error-duplicate-channel-name]")],
  ["code as the whole text", ConflictError, failure("team-name-already-exists")],
  [
    "code without a reason",
    ConflictError,
    failure("[user-last-owner]", "user-last-owner", { shouldChangeOwner: ["x"] }),
  ],
  ["code and sentence swapped", NotFoundError, failure("error-role-not-found", "Role not found")],
  ["swapped, without access", PermissionError, failure("not-allowed", "Not Allowed")],
  ["a number as code", PermissionError, failure("Access to Method Forbidden [403]", 403)],
  ["plain not found", NotFoundError, failure("User not found.")],
  ["plain not found, singular", NotFoundError, failure("No integration found.")],
  ["plain not found, the server's grammar", NotFoundError, failure("The integration does not exists.")],
  ["plain already", ConflictError, failure("Custom sound already exists")],
  ["plain state", ConflictError, failure("The channel, general, is not archived")],
  ["plain same value", ConflictError, failure("The channel topic is the same as what it would be changed to.")],
  [
    "a wrong role id, reported as a missing right",
    ValidationError,
    failure("The field Roles consist invalid role id [error-action-not-allowed]", "error-action-not-allowed"),
  ],
  [
    "body schema 8.x",
    ValidationError,
    failure("must have required property 'name'\n must be string", "invalid-params"),
  ],
  ["body schema 7.x", ValidationError, failure("Match error: Missing key 'name'")],
  ["unknown code", ValidationError, failure("No such thing [error-of-the-future]", "error-of-the-future")],
  ["no reason at all", ValidationError, { status: 400, body: { success: false } }],
  ["failure with status 200", ConflictError, { status: 200, body: { success: false, error: "[error-room-archived]" } }],
  [
    "missing permission 8.x",
    PermissionError,
    {
      status: 403,
      body: {
        success: false,
        error: "User does not have the permissions required for this action [error-unauthorized]",
      },
    },
  ],
  ["missing permission, one word", PermissionError, { status: 403, body: { success: false, error: "unauthorized" } }],
  [
    "missing permission 9.0",
    PermissionError,
    { status: 403, body: { success: false, error: "Not allowed [error-not-allowed]", errorType: "error-forbidden" } },
  ],
  [
    "bad credentials 6.x",
    AuthenticationError,
    { status: 401, body: { status: "error", message: "You must be logged in to do this." } },
  ],
  [
    "missing object of a handler",
    NotFoundError,
    { status: 404, body: { success: false, error: "Custom sound not found." } },
  ],
  ["body too large", ValidationError, { status: 413, body: { success: false } }],
  [
    "proxy: body too large",
    UnexpectedResponseError,
    { status: 413, body: "<html>413</html>", headers: { "content-type": "text/html" } },
  ],
])("%s", async (_, type, reply) => {
  const error = await answered(reply);
  expect(error).toBeInstanceOf(type);
  expect(error.message).toMatchSnapshot();
});

test("carries what the server said, for callers to look at", async () => {
  const details = { shouldBeRemoved: ["a"], shouldChangeOwner: ["b"] };
  const { call } = await answered(failure("[user-last-owner]", "user-last-owner", details));
  expect(call).toEqual({
    operation: "users.create",
    request: "POST /api/v1/users.create",
    status: 400,
    errorType: "user-last-owner",
    serverMessage: "[user-last-owner]",
    details,
    attempts: 1,
  });
});

test("a read that is refused without a word is of something that isn't there", async () => {
  const error = await answered({ status: 400, body: { success: false } }, operation({ name: "settings/:_id" }));
  expect(error).toBeInstanceOf(NotFoundError);
  expect(error.message).toMatchInlineSnapshot(
    `"settings/:_id: refused without a reason, as the server does for something that isn't there (GET /api/v1/settings/:_id, HTTP 400)"`,
  );
});

const page = (status: number): Reply => ({
  status,
  body: "<!DOCTYPE html><p>hello",
  headers: { "content-type": "text/html" },
});
const text = (status: number, body: string): Reply => ({ status, body, headers: { "content-type": "text/plain" } });

test.each<[string, Reply, Operation<unknown>, { maybeSent: boolean }]>([
  ["a page instead of the API", page(200), create, { maybeSent: true }],
  ["a gateway's page", page(502), create, { maybeSent: true }],
  ["a proxy that wants a password of its own", page(401), create, { maybeSent: true }],
  ["cut JSON", { body: '{"success": tru' }, create, { maybeSent: true }],
  [
    "no body",
    { body: "" },
    operation({ response: operation().response.refine((value) => value !== undefined) }),
    { maybeSent: true },
  ],
  ["a crash", { status: 500, body: { success: false, error: "Internal server error" } }, create, { maybeSent: true }],
  ["a hook's crash", text(500, "Internal Server Error"), create, { maybeSent: true }],
  ["an endpoint that is not there", text(404, "404 Not Found"), create, { maybeSent: false }],
  [
    "an API that is not there",
    text(404, "404 page not found"),
    operation({ name: "login", method: "POST", anonymous: true }),
    { maybeSent: false },
  ],
  ["an API that is not there, with a page", page(404), operation({ name: "me" }), { maybeSent: false }],
  [
    "a redirect",
    { status: 301, body: "", headers: { location: "https://chat.example.com/login?session=abc" } },
    create,
    { maybeSent: false },
  ],
  ["a redirect to nowhere", { status: 302, body: "" }, create, { maybeSent: false }],
  ["an unknown method", text(405, "Method Not Allowed"), create, { maybeSent: true }],
])("not Rocket.Chat's answer: %s", async (_, reply, call, { maybeSent }) => {
  const error = await answered(reply, call);
  expect(error).toBeInstanceOf(UnexpectedResponseError);
  expect((error as UnexpectedResponseError).maybeSent).toBe(maybeSent);
  expect(error.message).toMatchSnapshot();
});

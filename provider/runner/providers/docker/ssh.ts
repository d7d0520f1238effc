/**
 * Docker over SSH, as Docker's own tools do it: the machine's `ssh`, with its keys, known hosts and configuration, runs
 * `docker system dial-stdio` on the other side. Knows nothing of Docker's API.
 */
import { spawn } from "node:child_process";
import { Agent } from "node:http";
import { Duplex } from "node:stream";
import { messageOf } from "../../errors.ts";
import { NoWayError } from "./lost.ts";

/** Carries each connection through a process of its own. */
export function sshAgent(url: string, options: readonly string[]): Agent {
  const { hostname, port, username } = new URL(url);
  const target = [...(username ? ["-l", username] : []), ...(port ? ["-p", port] : []), "--", hostname];
  const agent = new Agent({ keepAlive: false });
  agent.createConnection = () => connect([...options, ...target, "docker", "system", "dial-stdio"], url);
  return agent;
}

function connect(args: readonly string[], url: string): Duplex {
  const child = spawn("ssh", args, { stdio: ["pipe", "pipe", "pipe"] });
  const connection = new Duplex({
    read: () => void child.stdout.resume(),
    write: (chunk, _encoding, done) => void child.stdin.write(chunk, done),
    final: (done) => void child.stdin.end(done),
    destroy(error, done) {
      child.kill();
      done(error);
    },
  });
  child.stdout.on("data", (chunk: Buffer) => connection.push(chunk) || child.stdout.pause());
  // What can't be written any more shows in how the process ends.
  child.stdin.on("error", () => undefined);
  let complaint = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaint += text;
  });
  const fail = (why: string) =>
    connection.destroy(
      new NoWayError(`The Docker host ${url} can't be reached through ssh: ${why}`, {
        hint: `Try it by hand: ssh ${args.slice(0, -3).join(" ")} docker version`,
      }),
    );
  child.on("error", (error) => fail(messageOf(error)));
  // Only now it is known whether what came was all.
  child.on("close", (code) => (code ? fail(complaint.trim() || `exit code ${code}`) : connection.push(null)));
  // What a socket has, and the client uses without asking.
  return Object.assign(connection, { setKeepAlive() {}, setNoDelay() {}, setTimeout() {}, ref() {}, unref() {} });
}

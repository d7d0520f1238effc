// A headless Chromium over its own protocol. Knows no report.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";

const START_MS = 20_000;

/** Gives `open(html)`, which gives a tab. Ends the browser and its profile with `using`. */
export async function startBrowser(program) {
  const profile = mkdtempSync(path.join(tmpdir(), "pages-"));
  const flags = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--remote-debugging-port=0",
    `--user-data-dir=${profile}`,
  ];
  const child = spawn(program, [...flags, "about:blank"], { stdio: ["ignore", "ignore", "pipe"] });
  const ended = new Promise((resolve) => child.once("close", resolve));
  const stop = async () => {
    child.kill();
    await ended;
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const address = await addressOf(child);
    const socket = new WebSocket(address);
    await new Promise((resolve, reject) => {
      socket.addEventListener("open", resolve, { once: true });
      socket.addEventListener("error", () => reject(new Error("The browser can't be reached.")), { once: true });
    });
    return { send: talk(socket), [Symbol.asyncDispose]: stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function addressOf(child) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("The browser did not start.")), START_MS);
    child.once("error", reject);
    child.once("close", () => reject(new Error("The browser ended before it began.")));
    createInterface({ input: child.stderr }).on("line", (line) => {
      const [, address] = /listening on (ws:\S+)/.exec(line) ?? [];
      if (address === undefined) return;
      clearTimeout(timer);
      resolve(address);
    });
  });
}

function talk(socket) {
  const waiting = new Map();
  let last = 0;
  socket.addEventListener("message", ({ data }) => {
    const { id, result, error } = JSON.parse(data);
    const call = waiting.get(id);
    waiting.delete(id);
    if (error) call?.reject(new Error(error.message));
    else call?.resolve(result);
  });
  return (method, params = {}, sessionId = undefined) =>
    new Promise((resolve, reject) => {
      const id = ++last;
      waiting.set(id, { resolve, reject });
      socket.send(JSON.stringify({ id, method, params, sessionId }));
    });
}

/** A tab with a page of this text. */
export async function openPage({ send }, html) {
  const { targetId } = await send("Target.createTarget", { url: "about:blank" });
  const { sessionId } = await send("Target.attachToTarget", { targetId, flatten: true });
  const call = (method, params) => send(method, params, sessionId);
  await call("Page.enable");
  const { frameTree } = await call("Page.getFrameTree");
  await call("Page.setDocumentContent", { frameId: frameTree.frame.id, html });
  return {
    call,
    async run(script) {
      const { result, exceptionDetails } = await call("Runtime.evaluate", { expression: script, returnByValue: true });
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result.value;
    },
    view: (width, scheme, media = "screen") =>
      Promise.all([
        call("Emulation.setDeviceMetricsOverride", { width, height: 800, deviceScaleFactor: 1, mobile: width < 600 }),
        call("Emulation.setEmulatedMedia", { media, features: [{ name: "prefers-color-scheme", value: scheme }] }),
      ]),
    async picture() {
      const shot = await call("Page.captureScreenshot", { captureBeyondViewport: true });
      return Buffer.from(shot.data, "base64");
    },
    close: () => send("Target.closeTarget", { targetId }),
  };
}

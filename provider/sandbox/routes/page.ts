/** The page at `/` and its parts. Anybody who reaches the sandbox may see it. Its stream of changes is served beside the routes. */
import { type Route, reply } from "../core/route.ts";
import { page } from "../page/page.ts";
import { SCRIPT } from "../page/script.ts";
import { STYLE } from "../page/style.ts";

/** Nothing from outside, nothing written into the page: a second lock behind the escaping. */
const POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'";

const asset = (path: string, contentType: string, text: string): Route => ({
  method: "GET",
  path,
  auth: false,
  rateLimit: false,
  handler: () => reply({ status: 200, text, contentType }),
});

export const pageRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/",
    auth: false,
    rateLimit: false,
    handler: ({ state, siteUrl }) =>
      reply({
        status: 200,
        text: page(state, siteUrl),
        contentType: "text/html; charset=utf-8",
        headers: { "content-security-policy": POLICY },
      }),
  },
  asset("/_page/style.css", "text/css; charset=utf-8", STYLE),
  asset("/_page/script.js", "text/javascript; charset=utf-8", SCRIPT),
];

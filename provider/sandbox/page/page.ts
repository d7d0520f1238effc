/** The page at "/" as a whole. Knows no HTTP. */
import type { State } from "../core/state.ts";
import { html } from "./html.ts";
import { sections } from "./sections.ts";

/** @param siteUrl the sandbox's own address. */
export function page(state: State, siteUrl: string): string {
  const counts = [
    ["rooms", "Rooms", Object.keys(state.rooms).length],
    ["people", "People", Object.keys(state.users).length],
    ["integrations", "Integrations", Object.keys(state.integrations).length],
    ["settings", "Settings", undefined],
    ["messages", "Messages", Object.keys(state.messages).length],
  ] as const;
  const links = counts.map(
    ([id, title, count]) =>
      html`<li><a href="#${id}">${title}${count !== undefined && ` ${count.toLocaleString("en")}`}</a></li>`,
  );
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Rocket.Chat sandbox</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/_page/style.css">
<script type="module" src="/_page/script.js"></script>
</head>
<body>
<a class="skip" href="#rooms">Skip to the rooms</a>
<header>
<h1>Rocket.Chat ${state.version} sandbox</h1>
<p class="quiet">${siteUrl} · <span id="state" role="status">Not live: reload to see changes</span></p>
<nav aria-label="Parts of the workspace"><ul>${links}</ul></nav>
</header>
<main>${sections(state)}</main>
</body>
</html>
`.text;
}

/**
 * The page's liveness: when the server says that something changed, the page is fetched again and its parts are put in place.
 * Without it the page is as complete, and still.
 */
export const SCRIPT = `
const state = document.getElementById("state");
let asked = false;
let busy = false;

const keysOf = (root) => new Set([...root.querySelectorAll("[data-key]")].map((item) => item.dataset.key));

/** One part of the page at a time, so that reading places and the focus stay where they are. */
function replace(next) {
  for (const part of next.querySelectorAll("nav, main > section")) {
    const old = part.id ? document.getElementById(part.id) : document.querySelector("nav");
    if (!old || old.innerHTML === part.innerHTML || old.contains(document.activeElement)) continue;
    const known = keysOf(old);
    const list = old.querySelector(":scope > ul");
    const top = list ? list.scrollTop : 0;
    old.replaceChildren(...part.childNodes);
    for (const item of old.querySelectorAll("[data-key]")) if (!known.has(item.dataset.key)) item.classList.add("fresh");
    const now = old.querySelector(":scope > ul");
    if (now) now.scrollTop = top;
  }
}

async function refresh() {
  asked = true;
  if (busy) return;
  busy = true;
  try {
    while (asked) {
      asked = false;
      const answer = await fetch("/");
      if (answer.ok) replace(new DOMParser().parseFromString(await answer.text(), "text/html"));
    }
  } catch {
    // the server went away: the stream below says so, and asks again when it is back
  } finally {
    busy = false;
  }
}

const stream = new EventSource("/_page/events");
stream.addEventListener("open", () => {
  state.textContent = "Live";
  refresh();
});
stream.addEventListener("changed", refresh);
stream.addEventListener("error", () => {
  state.textContent = "The sandbox does not answer; this is its last known state";
});
`;

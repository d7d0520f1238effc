/** The page's look: one column on a phone, two on a desk, light or dark as the reader's system is. No outside request. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --back: #f4f5f7; --card: #ffffff; --text: #1f2329; --quiet: #59616d; --line: #dfe3e8; --accent: #b3123f; --fresh: #fff3c4;
}
@media (prefers-color-scheme: dark) {
  :root { --back: #15181c; --card: #1f2329; --text: #e7eaee; --quiet: #a3acb8; --line: #353b44; --accent: #ff8fa9; --fresh: #4a4213; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--text); font: 16px/1.45 system-ui, sans-serif; overflow-wrap: anywhere; }
header, main { max-width: 76rem; margin: 0 auto; padding: 1rem; }
header { padding-bottom: 0; }
h1 { font-size: 1.4rem; margin: 0; }
h2 { font-size: 1.05rem; margin: 0 0 .5rem; display: flex; justify-content: space-between; gap: 1rem; }
p { margin: .15rem 0 0; }
a { color: var(--accent); }
a:focus-visible, section:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: .35rem 1rem; margin: .6rem 0 0; padding: 0; }
nav a { display: inline-block; padding: .3rem 0; }
main { display: grid; gap: 1rem; grid-template-columns: minmax(0, 1fr); }
section { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: .9rem 1rem; scroll-margin-top: 1rem; }
section > ul { list-style: none; margin: 0; padding: 0; }
section li { padding: .5rem .25rem; border-top: 1px solid var(--line); }
.quiet, .more, .count, time, .state { color: var(--quiet); font-size: .9rem; }
.count { font-weight: normal; }
.system p:last-child { color: var(--quiet); font-style: italic; }
.said p:last-child { white-space: pre-wrap; }
.tag { display: inline-block; border: 1px solid var(--line); border-radius: 999px; padding: 0 .5rem; font-size: .8rem; color: var(--quiet); }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--card); padding: .5rem; }
.fresh { animation: fresh 4s ease-out; }
@keyframes fresh { from { background: var(--fresh); } }
@media (prefers-reduced-motion: reduce) { .fresh { animation: none; } }
@media (min-width: 60rem) {
  main { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); align-items: start; }
  section > ul { max-height: 34rem; overflow-y: auto; }
  #messages { grid-column: 1 / -1; }
}
`;

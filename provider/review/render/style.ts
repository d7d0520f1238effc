/** How the page of a report looks: one column that fits a phone, light and dark by the reader's wish, plain on paper. */
export const STYLE = `
:root { color-scheme: light dark; --paper: #fff; --ink: #1c1e21; --soft: #59616b; --line: #d5d9de; --card: #f6f7f9;
  --high: #b3141d; --high-paper: #fdecec; --medium: #7a4d00; --medium-paper: #fff5df; --plus: #0d6b32; --minus: #b3141d; --change: #1f4fa8; }
@media (prefers-color-scheme: dark) { :root { --paper: #15181c; --ink: #e8eaed; --soft: #a9b1bb; --line: #3a4048; --card: #1e2227;
  --high: #ff9a9a; --high-paper: #3a1a1c; --medium: #f3c469; --medium-paper: #33280f; --plus: #7bd99a; --minus: #ff9a9a; --change: #9cc0ff; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.5rem; line-height: 1.25; } h2 { margin-top: 2rem; font-size: 1.2rem; border-bottom: 1px solid var(--line); }
h3 { margin: 1.25rem 0 .25rem; font-size: 1rem; }
h1, h2, h3, p, li, dd, code { overflow-wrap: anywhere; }
code { font: .875em/1.5 ui-monospace, monospace; white-space: pre-wrap; }
ul { margin: .25rem 0; padding: 0; list-style: none; }
dl { display: flex; flex-wrap: wrap; gap: .5rem; margin: 1rem 0; }
dl div { padding: .25rem .75rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--card); }
dt { font-size: .875rem; color: var(--soft); } dd { margin: 0; font-size: 1.25rem; font-weight: 600; }
.risk { margin: .5rem 0; padding: .5rem .75rem; border-left: .25rem solid; border-radius: .25rem; }
.high { border-color: var(--high); background: var(--high-paper); } .medium { border-color: var(--medium); background: var(--medium-paper); }
.tag { font-weight: 700; font-size: .875rem; } .high .tag, strong.tag { color: var(--high); } .medium .tag { color: var(--medium); }
.entry { padding: .375rem 0 .375rem 1.75rem; text-indent: -1.75rem; } .entry > * { text-indent: 0; }
.many { columns: 17rem; column-gap: 1.5rem; } .many .entry { break-inside: avoid; }
.sign { display: inline-block; width: 1.75rem; font: 700 1rem/1 ui-monospace, monospace; text-align: center; }
.plus { color: var(--plus); } .minus { color: var(--minus); } .change { color: var(--change); }
.details { color: var(--soft); } a { color: var(--change); }
a:focus-visible { outline: 3px solid var(--change); outline-offset: 2px; border-radius: .125rem; }
:target { background: var(--medium-paper); scroll-margin-top: 1rem; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; } nav li { color: var(--soft); }
.problem { margin: .5rem 0; padding: .5rem .75rem; border: 2px solid var(--high); border-radius: .25rem; white-space: pre-wrap; }
.aside { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media print { :root { color-scheme: light; --paper: #fff; --ink: #000; --soft: #333; --line: #999; --card: #fff; --high: #8b0000; --high-paper: #fff;
  --medium: #5c3a00; --medium-paper: #fff; --plus: #004d1f; --minus: #8b0000; --change: #003080; } main { max-width: none; padding: 0; }
  .risk, .entry, h2, h3 { break-inside: avoid; } h2, h3 { break-after: avoid; } nav { display: none; } }
`;

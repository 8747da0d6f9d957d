/** 画面の姿 — one sheet for screen and paper; its letters come from this service. */
export const style = `
@font-face { font-family: "koiki letters"; font-weight: 400; src: url("/screens/letters/regular.ttf"); }
@font-face { font-family: "koiki letters"; font-weight: 700; src: url("/screens/letters/bold.ttf"); }
:root { color-scheme: light; --ink: #1b1f24; --line: #6b7480; --soft: #eef1f4; --deep: #0b4a7d; --bad: #9b1c1c; }
* { box-sizing: border-box; }
body { margin: 0; color: var(--ink); background: #fff; font: 16px/1.7 "koiki letters", sans-serif; }
a { color: var(--deep); }
:focus-visible { outline: 3px solid #b45309; outline-offset: 2px; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 8px; top: 8px; background: #fff; padding: 4px 12px; z-index: 1; }
header { background: var(--deep); color: #fff; padding: 8px 24px; display: flex; flex-wrap: wrap; gap: 4px 24px; align-items: baseline; }
header strong { font-size: 1.15rem; }
header form { margin-left: auto; }
.invented { background: #fff; color: #7a2e00; padding: 0 8px; font-weight: bold; }
nav { background: var(--soft); border-bottom: 1px solid var(--line); padding: 4px 24px; }
nav ul { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 0 20px; }
nav a { display: inline-block; padding: 6px 0; text-decoration: none; }
nav a:hover { text-decoration: underline; }
nav a[aria-current] { font-weight: bold; box-shadow: inset 0 -3px var(--deep); }
main { padding: 8px 24px 48px; max-width: 1200px; }
h1 { font-size: 1.5rem; margin: 12px 0; line-height: 1.4; }
h2 { font-size: 1.15rem; margin: 28px 0 8px; padding-left: 10px; border-left: 6px solid var(--deep); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; font-weight: bold; padding: 4px 0; }
th, td { border: 1px solid #aab2bb; padding: 5px 10px; text-align: left; vertical-align: top; }
thead th { background: var(--soft); white-space: nowrap; }
tbody th { font-weight: normal; }
td.word { white-space: nowrap; }
td.number { text-align: right; font-variant-numeric: tabular-nums; }
.gone td, .gone th { color: #4b5560; }
del { color: #4b5560; }
dl.facts { display: grid; grid-template-columns: max-content 1fr max-content 1fr; border: 1px solid #aab2bb; margin: 0; }
dl.facts dt { background: var(--soft); padding: 5px 10px; border-bottom: 1px solid #c9d0d7; }
dl.facts dd { margin: 0; padding: 5px 10px; border-bottom: 1px solid #c9d0d7; overflow-wrap: anywhere; }
dl.facts .wide { grid-column: 2 / -1; }
fieldset { min-width: 0; border: 1px solid #aab2bb; margin: 16px 0; padding: 8px 16px 16px; }
legend { font-weight: bold; padding: 0 6px; }
.field { margin: 10px 0; max-width: 100%; }
article h3 { font-size: 1rem; margin: 20px 0 0; }
article > p { margin: 0; }
.field label, .label { display: block; font-weight: bold; }
.need { color: var(--bad); font-size: .85rem; font-weight: bold; margin-left: 6px; }
.help { display: block; color: #414b56; font-size: .9rem; font-weight: normal; }
input, select, textarea { font: inherit; color: inherit; padding: 5px 8px; border: 1px solid var(--line); border-radius: 3px; background: #fff; max-width: 100%; }
input[type=checkbox], input[type=radio] { width: 20px; height: 20px; vertical-align: -4px; margin-right: 6px; }
input.long { width: min(32em, calc(100vw - 72px)); }
textarea { width: min(40em, calc(100vw - 72px)); }
[aria-invalid=true] { border: 2px solid var(--bad); }
button, .button { font: inherit; display: inline-block; padding: 6px 20px; border: 1px solid var(--deep); border-radius: 4px; background: #fff; color: var(--deep); cursor: pointer; text-decoration: none; }
button.main { background: var(--deep); color: #fff; font-weight: bold; }
header button { border-color: #fff; background: transparent; color: #fff; padding: 1px 12px; }
.row { display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: end; }
.row .field { margin: 0; }
.faults { border: 3px solid var(--bad); padding: 4px 20px; margin: 16px 0; }
.faults h2 { border: 0; padding: 0; margin: 8px 0; color: var(--bad); }
.done { border: 3px solid #1b6b3a; padding: 6px 20px; margin: 16px 0; }
.care { border-left: 12px solid; border-image: repeating-linear-gradient(135deg, #1b1f24 0 6px, #fff 6px 12px) 12; padding: 6px 16px; margin: 0 0 16px; background: var(--soft); }
.kinds { columns: 3 240px; padding-left: 20px; }
.mono { font-family: monospace; overflow-wrap: anywhere; }
@media (max-width: 720px) {
  table:has(thead th:nth-child(5)) { min-width: 46em; }
  table:has(thead th:nth-child(7)) { min-width: 60em; }
  header, nav, main { padding-left: 12px; padding-right: 12px; }
  dl.facts { grid-template-columns: max-content 1fr; }
  dl.facts .wide { grid-column: 2; }
}
@media print {
  nav, header form, .skip, .acts, form { display: none !important; }
  header { background: #fff; color: #000; border-bottom: 2px solid #000; padding: 0 0 4px; }
  main { padding: 0; max-width: none; }
  a { color: inherit; text-decoration: none; }
  .scroll { overflow: visible; }
  tr, dl.facts { break-inside: avoid; }
  body { font-size: 10.5pt; }
}
`

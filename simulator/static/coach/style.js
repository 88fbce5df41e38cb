// The coach's own look, in the shadow roots of densai-coach, densai-value and densai-badge; it touches nothing of the page.
// The colours and the measures of the dock are the page's, from bank.css. It is text in a module because it has to be
// there before the first paint: a sheet that is fetched comes later, and the page would jump.

const STYLE = `
:host { all: initial; color: var(--ink); font: 15px/1.6 "Hiragino Sans", "Yu Gothic UI", "Meiryo", "Noto Sans CJK JP", sans-serif;
  line-break: strict; text-spacing-trim: normal; }
:host(densai-value) { display: block; flex-basis: 100%; }
:host(densai-badge) { display: inline-block; }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
p, dl, dd, ol, h2 { margin: 0; }
p { text-wrap: pretty; }
a { color: #0b4f8a; font-size: 14px; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; box-shadow: 0 0 0 2px #fff; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.small { font-size: 13px; color: var(--soft); }
.c-text, .c-box :is(h2, p, li), .c-where .title, .c-peek .text { word-break: auto-phrase; }

button, .button { display: inline-block; min-height: 2.15rem; padding: .15rem .85rem; border: 1px solid #8b8269; border-radius: 3px; background: #fff;
  color: var(--ink); font: inherit; font-size: 14px; line-height: 1.75rem; text-align: center; text-decoration: none; word-break: keep-all; cursor: pointer; }
button:hover, .button:hover { background: var(--train-pale); }
button.go, .button.go { border-color: var(--brand-dark); background: var(--brand); color: #fff; font-weight: 700; }
button.go:hover, .button.go:hover { background: var(--brand-dark); }
button:disabled { border-color: var(--line); background: #f7f8fa; color: #6b7682; cursor: default; }

.coach { display: flex; flex-direction: column; color: var(--ink); background: var(--train-wash); }
.c-head { display: flex; align-items: center; gap: .6rem; padding: .3rem .45rem .3rem 1rem; background: var(--train-pale);
  border-bottom: 1px solid var(--train-line); color: var(--train-ink); }
.c-head .mode { padding: 0 .55rem; border: 1px solid var(--train); border-radius: 2rem; background: #fff; font-size: 12.5px; }
.c-head button { min-height: 1.9rem; margin-left: auto; padding: 0 .7rem; font-size: 13px; }
.c-where { padding: .55rem 1rem .6rem; border-bottom: 1px solid var(--train-line); }
.c-where .title { color: var(--brand-dark); font-size: 13.5px; font-weight: 700; line-height: 1.45; }
.c-steps { display: flex; align-items: center; gap: 3px; margin: .4rem 0 0; padding: 0; }
.c-steps i { flex: 1; height: 6px; border-radius: 3px; background: #e2dcc9; }
.c-steps .is-done { background: var(--done); }
.c-steps .is-now { height: 10px; background: var(--train); }
.c-steps .of { margin-left: .45rem; font-size: 13px; font-weight: 700; line-height: 1; }
.c-steps .all { margin-left: .35rem; color: var(--soft); font-size: 12.5px; line-height: 1; }

.c-body { flex: 1; min-height: 0; overflow: auto; padding: .75rem 1rem; outline-offset: -3px; }
.c-part > * + *, .c-part:not(:empty) ~ .c-part:not(:empty) { margin-top: .65rem; }
.c-no { color: var(--train); font-size: 13px; font-weight: 700; }
.c-part > .c-no + .c-text { margin-top: 0; }
.c-text { font-size: 16px; font-weight: 700; line-height: 1.55; }
.c-head-line { font-size: 15.5px; line-height: 1.5; }
.c-who { color: var(--soft); font-size: 13px; }
.c-say { font-size: 14.5px; }

.c-values ul { margin: 0; padding: 0; list-style: none; }
.c-values { border: 1px solid var(--train-line); border-radius: 4px; background: #fff; overflow: hidden; }
.c-cap { display: flex; justify-content: space-between; padding: .3rem .7rem; background: #faf5e3; font-size: 13px; font-weight: 700; }
.c-row { display: grid; grid-template-columns: 1.15rem minmax(0, 1fr) auto; gap: 0 .35rem; align-items: center; padding: .3rem .6rem .35rem;
  border-top: 1px solid #efe6cb; }
.c-row .word { grid-column: 2; color: var(--soft); font-size: 12.5px; line-height: 1.5; }
.c-row .of { grid-column: 2 / -1; grid-row: 2; font: 500 15px/1.4 ui-monospace, Consolas, "Noto Sans Mono CJK JP", monospace; overflow-wrap: anywhere; }
.c-row .tick { grid-row: 1 / span 2; align-self: start; color: var(--done); font-weight: 700; line-height: 1.3; }
.c-row button { grid-row: 1; grid-column: 3; min-height: 1.5rem; padding: 0 .6rem; font-size: 12.5px; line-height: 1.4; }
.c-row.is-now { background: var(--train-pale); box-shadow: inset 4px 0 var(--train); }
.c-row.is-now .word { color: var(--train-ink); font-weight: 700; }
.c-row.is-now .tick { color: var(--train); }
.c-row.is-past .of { color: var(--soft); }
.c-row .of.ja { font-family: inherit; }

.c-manual { padding: .45rem .75rem .5rem; border-left: 4px solid var(--brand); background: #eef3f7; font-size: 13.5px; }
.c-manual b { display: block; color: var(--brand-dark); }
.c-manual b::before { content: "マニュアル"; margin-right: .5rem; padding: 0 .4rem; border-radius: 2px; background: var(--brand); color: #fff; font-size: 12.5px;
  font-weight: 400; }
.c-manual ul { margin: .1rem 0 0; padding-left: 1.1rem; }

.c-box { padding: .6rem .8rem .65rem; border: 1px solid var(--train-line); border-left-width: 5px; border-radius: 4px; background: #fff; }
.c-box > * + * { margin-top: .45rem; }
.c-box h2 { font-size: 15.5px; line-height: 1.5; }
.c-box.bad { border-color: var(--fault); background: var(--fault-pale); }
.c-box.bad h2 { color: var(--fault); }
.c-box.good { border-color: var(--done); background: #eef7f1; }
.c-box.good h2 { color: var(--done); }
.c-box.wait { border-color: var(--urge-line); background: var(--urge-pale); }
.c-box.teacher { border-color: #5a4b8a; background: #f4f1fb; overflow-wrap: anywhere; }
.c-box.teacher h2 { color: #463a70; }
.c-box ul { margin-bottom: 0; padding-left: 1.15rem; font-size: 14px; }
.c-box .c-faults { padding: 0; list-style: none; }
.c-faults li { padding: .25rem 0; }
.c-faults li + li { border-top: 1px dotted #d9a5a6; }
.c-faults b { display: block; font-size: 13px; }
.c-left { color: var(--fault); font-size: 13px; font-weight: 700; }
.c-btns { display: flex; gap: .5rem; flex-wrap: wrap; }
.c-btns > * { flex: 1 1 auto; }
.c-btns form button { width: 100%; }
.mini { display: flex; gap: 1.5rem; }
.mini div { display: flex; gap: .5rem; align-items: baseline; }
.mini dt { color: var(--soft); font-size: 13px; }
.mini dd { font-weight: 700; }
.spell { display: flex; gap: 3px; position: relative; }
.spell b { flex: 0 1 1.85rem; display: grid; place-items: center; min-width: 0; height: 2.1rem; border: 1px solid #d9a5a6; border-radius: 3px; background: #fff;
  font: 600 17px ui-monospace, Consolas, "Noto Sans Mono CJK JP", monospace; }
.spell .d { background: #e4edf3; border-color: #9fb6c6; }
.cmp { display: grid; grid-template-columns: auto 1fr; gap: .1rem .6rem; margin: .3rem 0 0; font-size: 13px; }
.cmp dt { color: var(--soft); }
.cmp dd { font: 500 15px/1.5 ui-monospace, Consolas, "Noto Sans Mono CJK JP", monospace; letter-spacing: .06em; overflow-wrap: anywhere; }
mark { padding: 0 .05em; border-bottom: 3px solid var(--fault); background: #ffd9d9; color: inherit; }
mark.ok { border-bottom-color: var(--done); background: #d8efdf; }
.c-wins { display: flex; gap: .5rem; padding: 0; list-style: none; }
.c-wins li { flex: 1 1 0; min-width: 0; word-break: normal; font-size: 12.5px; line-height: 1.35; text-align: center; color: var(--soft); }
.c-wins i { display: block; height: 34px; margin-bottom: .2rem; border: 1.5px solid #9aa5b1; border-top-width: 7px; border-radius: 3px; background: #fff; }
.c-wins b { display: block; min-height: 1.3em; }
.c-wins .here-now i { border-color: var(--brand); }
.c-wins .here-now b { color: var(--brand); }
.c-wins .here-next { color: var(--ink); }
.c-wins .here-next i { border-color: var(--train); background: var(--train-pale); outline: 2px solid var(--train); outline-offset: 2px; }
.c-wins .here-next b { color: var(--train); }
.clock { display: flex; align-items: baseline; justify-content: space-between; padding: .1rem .2rem; }
.clock b { font-size: 1.5rem; font-variant-numeric: tabular-nums; line-height: 1.2; }
.task-in { padding: .5rem .75rem .6rem; border: 1px solid var(--train-line); border-radius: 4px; background: #fff; font-size: 14px; }
.task-in summary { color: var(--brand-dark); font-weight: 700; cursor: pointer; }
.task-in p { margin: .35rem 0; }
.task-in ul { margin: 0 0 .4rem; padding-left: 1.2rem; }
.task-in table { width: 100%; margin: .4rem 0; border-collapse: collapse; }
.task-in :is(th, td) { padding: .15rem .5rem; border: 1px solid var(--line); font-size: 12.5px; text-align: left; overflow-wrap: anywhere; }
.task-in .value { font: 500 15px/1.4 ui-monospace, Consolas, "Noto Sans Mono CJK JP", monospace; }
.task-in button { min-height: 1.5rem; padding: 0 .6rem; font-size: 12.5px; line-height: 1.4; }

.c-foot { padding: .55rem 1rem .6rem; border-top: 1px solid var(--train-line); background: #faf5e3; }
.c-foot .c-btns button { min-height: 2.3rem; }
.c-foot .small { margin-bottom: .35rem; }
.c-foot .links { display: flex; justify-content: space-between; gap: .75rem; flex-wrap: wrap; margin-top: .4rem; }
.c-foot .links a { min-height: 24px; }

/* The value at its field. */
.slot { display: flex; align-items: center; flex-wrap: wrap; gap: .35rem; margin: .5rem 0 .1rem; font-size: 14px; line-height: 1.5; }
.chip { position: relative; display: inline-flex; align-items: stretch; max-width: 100%; border: 2px solid var(--train); border-radius: 5px; background: #fff; }
.chip::before { content: ""; position: absolute; top: -8px; left: 18px; width: 12px; height: 12px; rotate: 45deg; background: var(--train); border-radius: 2px 0 0 0; }
.tag { position: relative; display: flex; align-items: center; min-height: 2rem; padding: 0 .6rem; background: var(--train); color: #fff; font-size: 13px;
  font-weight: 700; white-space: nowrap; }
.chip .value { padding: .2rem .75rem; font: 600 16px/1.6 ui-monospace, Consolas, "Noto Sans Mono CJK JP", monospace; letter-spacing: .03em; overflow-wrap: anywhere; }
.chip .value.words { font: inherit; font-weight: 600; line-height: 1.9; }
.chip .value.ja { font-family: inherit; letter-spacing: 0; }
.chip .past { color: #6b6455; }
.chip .next { text-decoration: underline; text-decoration-thickness: 3px; text-underline-offset: 3px; }
.chip button { min-height: 2rem; border: 0; border-left: 1px solid var(--train-line); border-radius: 0 3px 3px 0; background: var(--train-pale); color: var(--train-ink);
  font-weight: 700; white-space: nowrap; }
.fine { flex-basis: 100%; color: var(--soft); font-size: 13px; }
.warn { color: var(--fault); font-size: 13px; font-weight: 700; }
.slot.ok { display: block; margin: .3rem 0 0; color: var(--done); font-size: 13px; font-weight: 700; }
.slot.ng .chip { border-color: var(--fault); }
.slot.ng .chip::before, .slot.ng .tag { background: var(--fault); }
.slot.ng .chip button { background: var(--fault-pale); border-left-color: #e4b4b5; }
.slot.plain { display: block; margin: .1rem 0 0; color: var(--fault); font-size: 13px; font-weight: 700; }
.slot .chip.plain { border-color: var(--done); }
.slot .chip.plain::before { display: none; }
.slot .chip.plain .tag { background: var(--done); }
.slot .chip.plain button { border-left-color: #b9d8c4; background: #eef7f1; color: var(--ink); }
.badge { display: inline-grid; place-items: center; min-width: 1.5rem; height: 1.5rem; border-radius: 50%; background: var(--train); color: #fff; font-size: 15px;
  font-weight: 700; line-height: 1; }

/* Pointing: four corners and a tag, never a closed ring. */
.marker { position: absolute; z-index: 4; inset: auto; margin: 0; padding: 0; border: 0; overflow: visible; pointer-events: none; --l: 16px; --w: 4px; --k: var(--train);
  background:
    linear-gradient(var(--k) 0 0) 0 0 / var(--l) var(--w), linear-gradient(var(--k) 0 0) 0 0 / var(--w) var(--l),
    linear-gradient(var(--k) 0 0) 100% 0 / var(--l) var(--w), linear-gradient(var(--k) 0 0) 100% 0 / var(--w) var(--l),
    linear-gradient(var(--k) 0 0) 0 100% / var(--l) var(--w), linear-gradient(var(--k) 0 0) 0 100% / var(--w) var(--l),
    linear-gradient(var(--k) 0 0) 100% 100% / var(--l) var(--w), linear-gradient(var(--k) 0 0) 100% 100% / var(--w) var(--l);
  background-repeat: no-repeat; }
.marker:popover-open { position: fixed; }
.here { position: absolute; left: calc(100% + 12px); top: 50%; translate: 0 -50%; padding: .1rem .6rem; border-radius: 3px; background: var(--train); color: #fff;
  font-size: 13px; font-weight: 700; white-space: nowrap; }
.here::before { content: ""; position: absolute; left: -5px; top: 50%; width: 10px; height: 10px; translate: 0 -50%; rotate: 45deg; background: var(--train); }
.here[data-side="above"], .here[data-side="below"] { left: 50%; translate: -50% 0; }
.here[data-side="above"] { top: auto; bottom: calc(100% + 7px); }
.here[data-side="below"] { top: calc(100% + 7px); }
.here[data-side="above"]::before, .here[data-side="below"]::before { left: 50%; translate: -50% 0; }
.here[data-side="above"]::before { top: auto; bottom: -5px; }
.here[data-side="below"]::before { top: -5px; }
.edge { position: fixed; z-index: 3; bottom: 0; left: 0; right: var(--beside); min-height: 2.5rem; padding: .2rem 1rem; border: 0; border-radius: 0;
  background: var(--train); color: #fff; font-size: 14.5px; font-weight: 700; }
.edge.at-top { top: var(--banner); bottom: auto; }
.edge:hover { background: #6f5000; }
.pointer { position: fixed; z-index: 9; left: 50vw; top: 50vh; width: 26px; height: 26px; margin: -4px 0 0 -4px; border: 4px solid var(--train);
  border-radius: 50% 50% 50% 0; background: rgb(255 223 122 / 85%); rotate: 90deg; pointer-events: none;
  transition-property: left, top; transition-timing-function: ease-in-out; }
.veil { max-width: 32rem; padding: 0; border: 0; }
.veil .c-box { padding: 1.25rem 1.75rem; font-size: 17px; }
.veil .c-box h2 { font-size: 19px; }
.veil::backdrop { background: rgb(0 0 0 / 55%); }

/* Beside the page … */
.c-peek, .c-rail { display: none; }
@media (min-width: 68.75em) {
  .coach { position: fixed; z-index: 4; inset: var(--banner) 0 0 auto; width: var(--dock); border-left: 2px solid var(--train); }
  .coach.rail { background: var(--train-pale); }
  .coach.rail > :not(.c-rail) { display: none; }
  .coach.rail .c-rail { display: flex; flex-direction: column; align-items: center; gap: .7rem; padding: .45rem 0; }
  .c-rail button { width: 2.7rem; min-height: 2.7rem; padding: 0; font-size: 13px; }
  .c-rail .v { writing-mode: vertical-rl; font-weight: 700; letter-spacing: .12em; color: var(--train-ink); }
  .c-rail .of { color: var(--train); font-weight: 700; text-align: center; line-height: 1.25; }
  .c-rail .news { display: grid; place-items: center; width: 1.7rem; height: 1.7rem; border-radius: 50%; background: #5a4b8a; color: #fff; font-weight: 700; }
}
/* … or below it: two lines, opened by a press. */
@media (max-width: 68.74em) {
  .coach { position: fixed; z-index: 6; inset: auto 0 0; max-height: min(70vh, 34rem); border-top: 3px solid var(--train); box-shadow: 0 -3px 14px rgb(0 0 0 / 22%); }
  .coach > :is(.c-head, .c-where, .c-body, .c-foot) { display: none; }
  .coach :is(button, .button) { min-height: 2.75rem; line-height: 2.3rem; }
  .coach .c-foot .links a { padding-block: .65rem; }
  .c-peek { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: .1rem .75rem; align-items: center; padding: .4rem .75rem .5rem; background: var(--train-pale); }
  .c-peek .no { color: var(--train); font-size: 12.5px; font-weight: 700; line-height: 1.4; }
  .c-peek .no span { margin-left: .6rem; color: var(--soft); font-weight: 400; }
  .c-peek .text { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; font-size: 14.5px; font-weight: 700; line-height: 1.4; }
  .c-peek .text.bad { color: var(--fault); }
  .c-peek .text.teacher { color: #463a70; }
  .c-peek .open { grid-row: 1 / span 2; grid-column: 2; min-width: 4.2rem; min-height: 2.75rem; }
  .c-peek .nextup { grid-column: 1 / -1; display: flex; gap: .5rem; align-items: center; justify-content: space-between; margin-top: .25rem; padding-top: .3rem;
    border-top: 1px solid var(--train-line); font-size: 13.5px; }
  .c-peek .nextup button { min-height: 2.75rem; padding: 0 .7rem; font-size: 13px; white-space: nowrap; }
  .open > .c-peek :is(.nextup, .text, .no span) { display: none; }
  .open > .c-peek .open { grid-row: 1; }
  .open > .c-peek .no { font-size: 14px; }
  .coach.open > :is(.c-body, .c-where, .c-foot) { display: block; }
  .coach.open > .c-body { overflow: auto; }
  .coach.open .c-part > .c-no { display: none; } /* it stands at the head of the sheet */
  .edge { display: none; } /* the sheet itself leads there */
}
@media (min-width: 44em) and (max-width: 68.74em) {
  .c-peek { grid-template-columns: minmax(0, 1fr) auto auto; }
  .c-peek .nextup { grid-row: 1 / span 2; grid-column: 2; min-height: 2.75rem; margin: 0; padding: 0 0 0 1rem; border-top: 0; border-left: 1px solid var(--train-line); }
  .c-peek .open { grid-column: 3; }
}
@media (max-height: 28em) and (max-width: 68.74em) {
  .coach { max-height: 70vh; }
  .coach.open { overflow: auto; }
  .c-peek { grid-template-columns: minmax(0, 1fr) auto auto; gap: 0 .5rem; padding: .25rem .75rem .3rem; }
  .c-peek .nextup { grid-row: 1 / span 2; grid-column: 2; margin: 0; padding: 0; border: 0; }
  .c-peek .nextup span { display: none; }
  .c-peek .open { grid-column: 3; }
}
@media (forced-colors: active) {
  .marker { background: none; border: 3px dashed Highlight; }
  .c-row.is-now { border: 2px solid Highlight; }
  .c-steps i { border: 1px solid CanvasText; forced-color-adjust: none; }
  .c-steps .is-done { background: CanvasText; }
  .c-steps .is-now { background: Highlight; }
  .spell .d, .chip .next, mark { text-decoration: underline; }
  .edge, .tag, .here, .badge { border: 1px solid CanvasText; }
}
@media (prefers-reduced-motion: reduce) { .pointer { transition: none; } }
@media print { :host { display: none; } }
`;

const sheets = new WeakMap(); // a sheet can be worn only in the document that it was made in

function sheetOf(page) {
  if (!sheets.has(page)) {
    const made = new page.defaultView.CSSStyleSheet();
    made.replaceSync(STYLE);
    sheets.set(page, made);
  }
  return sheets.get(page);
}

export const sheet = sheetOf(document);

// Give an element with a shadow root the look in the document in which it stands now.
export function dress(host) { host.shadowRoot.adoptedStyleSheets = [sheetOf(host.ownerDocument)]; }

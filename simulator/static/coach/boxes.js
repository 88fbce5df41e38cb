// The coloured boxes of the dock, and the parts that a step is drawn with.

import { made, press } from "./dom.js";
import { marks } from "./compare.js";
import * as words from "./words.js";

const DIGIT = /[0-9]/u;

// Return a box. use: draws a button for what the server has named; extra: what stands below the title.
export function boxOf(told, use, extra = null) {
  return made("section", { class: `c-box ${told.tone}`, "data-state": told.id, "data-key": told.key },
    made("h2", {}, told.title),
    extra,
    told.faults.length ? made("ul", { class: "c-faults" }, ...told.faults.map(faultOf)) : null,
    told.items.length ? made("ul", {}, ...told.items.map((text) => made("li", {}, text))) : null,
    ...told.lines.slice(0, 1).map((text) => made("p", {}, text)),
    factsOf(told.facts),
    ...told.lines.slice(1).map((text) => made("p", {}, text)),
    spelled(told.spell),
    buttonsOf(told.buttons, use),
    ...told.small.map((text) => made("p", { class: "small" }, text)),
    told.left ? made("p", { class: "c-left" }, told.left) : null);
}

function faultOf({ label, text, sample, typed }) {
  const compared = sample && typed ? marks(typed, sample) : null;
  return made("li", {}, label ? made("b", {}, label) : null, text, compared ? comparison(compared) : null);
}

function comparison({ typed, wanted }) {
  const drawn = (parts, style) => parts.map(({ text, off }) => (off ? made("mark", { class: style }, text) : text));
  return made("dl", { class: "cmp" },
    made("dt", {}, words.TYPED), made("dd", {}, ...drawn(typed, null)),
    made("dt", {}, words.SAMPLE), made("dd", {}, ...drawn(wanted, "ok")));
}

function factsOf(facts) {
  if (!facts.length) return null;
  return made("dl", { class: "mini" }, ...facts.map(({ label, value }) => made("div", {}, made("dt", {}, label), made("dd", {}, value))));
}

// A value letter by letter, read out as one.
function spelled(value) {
  if (!value) return null;
  const letters = [...value].map((letter) => made("b", { class: DIGIT.test(letter) ? "d" : null, "aria-hidden": "true" }, letter));
  return made("p", { class: "spell" }, made("span", { class: "unseen" }, value), ...letters);
}

export function buttonsOf(buttons, use) {
  return buttons.length ? made("p", { class: "c-btns" }, ...buttons.map(use)) : null;
}

// The three windows of a seat, this one and the next one named.
export function windowsOf({ here, titles }, next) {
  const one = ([name, title]) => made("li", { class: name === next ? "here-next" : name === here ? "here-now" : null },
    made("i", { "aria-hidden": "true" }), made("span", {}, title),
    made("b", {}, name === next ? words.NEXT : name === here ? words.HERE : ""));
  return made("ol", { class: "c-wins" }, ...Object.entries(titles).map(one));
}

// The manual's own note, verbatim.
export function manualOf({ title, blocks }) {
  const parts = [];
  for (const { mark, lines, is_item: isItem } of blocks) {
    const text = lines.flatMap((one, place) => (place ? [document.createElement("br"), one] : [mark ? `${mark} ${one}` : one]));
    if (!isItem) parts.push(made("p", {}, ...text));
    else if (parts.at(-1)?.tagName === "UL") parts.at(-1).append(made("li", {}, ...text));
    else parts.push(made("ul", {}, made("li", {}, ...text)));
  }
  return made("div", { class: "c-manual" }, made("b", {}, title), ...parts);
}

export function headOf(step) {
  return [
    step.heading ? made("h2", { class: "c-head-line" }, step.heading) : null,
    step.shown.sentence && step.label ? made("p", { class: "c-no" }, step.label) : null,
    step.shown.sentence && step.sentence ? made("p", { class: "c-text" }, step.sentence) : null,
    step.shown.sentence && step.follows ? made("p", { class: "c-who" }, step.follows) : null,
    step.then ? made("p", { class: "c-who" }, step.then) : null,
    step.who && (step.key || step.sentence) ? made("p", { class: "c-who" }, words.who(step.who)) : null,
  ];
}

function rowOf({ state, word, value, isName, button }) {
  const tick = { past: "✓", now: "▶" }[state] || "";
  return made("li", { class: `c-row ${state ? `is-${state}` : ""}` },
    made("span", { class: "tick", "aria-hidden": "true" }, tick), made("span", { class: "word" }, word),
    value ? made("span", { class: isName ? "of ja" : "of" }, value) : null, button);
}

const listed = (caption, count, rows) => made("section", { class: "c-values", "aria-label": caption },
  made("div", { class: "c-cap" }, made("span", {}, caption), made("span", {}, count)), made("ul", {}, ...rows));

// What is to be typed. rows: { state, word, value, field }; copier: draws the copy button of one.
export function valuesOf(rows, { done, all }, copier) {
  return listed(words.TO_TYPE, all ? words.typedSoFar(done, all) : "", rows.map((row) => rowOf({
    ...row, word: row.fix ? `${row.word}　${row.fix}` : row.word, isName: /[^\x00-\x7f]/u.test(row.value),
    button: row.state === "now" && row.value ? copier(row) : null,
  })));
}

// What is to be ticked, group by group. rows: { state, mark, title, done, all }.
export function checksOf(rows) {
  const sum = (name) => rows.reduce((total, row) => total + row[name], 0);
  return listed(words.TO_TICK, words.ticked(sum("done"), sum("all")), rows.map(({ state, mark, title, done, all }) =>
    rowOf({ state, word: [mark, title].filter(Boolean).join(" "), value: words.tickedOf(done, all), isName: true })));
}

export const comparedOf = (rows) => listed(words.TO_COMPARE, "", rows.map(({ label, value }) =>
  rowOf({ word: label, value, isName: /[^\x00-\x7f]/u.test(value) })));

// The foot's buttons of a 見本.
export function playerOf({ isHeld, speed }, { hold, one, faster }) {
  return made("p", { class: "c-btns" },
    press(isHeld ? words.GO_ON : words.HOLD, "hold", hold),
    press(words.ONE, "one", one, { disabled: !isHeld }),
    press(words.SPEED[speed], "speed", faster));
}

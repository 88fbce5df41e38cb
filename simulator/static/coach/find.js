// Finding the things of a page by the words that a person reads, as the tests do. page: its document, this one by default.

import { isShown } from "./dom.js";

export const fold = (text) => (text || "").normalize("NFKC").replace(/\s+/gu, "");
export const all = (selector, within = document) => [...within.querySelectorAll(selector)].filter(isShown);

const PRESSABLE = {
  button: "button, input[type=submit], input[type=button], input[type=image], [role=button]",
  tab: "[role=tab]",
  link: "a[href]:not([role])",
};

const named = (thing) => fold(thing.getAttribute("aria-label") || thing.value || thing.alt || thing.textContent);

function rowOf(words, page) {
  const wanted = fold(words);
  return all("tr", page).find((row) => [...row.cells].some((cell) =>
    fold(cell.textContent) === wanted || (cell.tagName === "TH" && fold(cell.textContent).includes(wanted))));
}

// Return the field with one of these labels; again: the one beside it in which the same is typed once more.
export function fieldOf({ names, again = false }, page = document) {
  const wanted = names.map(fold);
  const twice = wanted.map((name) => `${name}(再入力)`);
  const label = all("label", page).find((one) => {
    const text = fold(one.textContent);
    if (!again) return wanted.includes(text);
    return twice.includes(text) || wanted.some((name) => text.startsWith("確認のため") && text.includes(`「${name}」`));
  });
  return label ? label.control : null;
}

// Return what an action of the kind press means on this page, or null.
export function pressable({ kind = "button", label, row = "", field = "" }, page = document) {
  const open = page.querySelector("dialog[open]");
  let within = open || page;
  if (row) within = rowOf(row, page);
  else if (field) within = fieldOf({ names: [field] }, page)?.closest("[role=group]");
  if (!within) return null;
  return all(PRESSABLE[kind], within).find((thing) => named(thing) === fold(label)) || null;
}

// Return the link with one of these names; about: the part that tells two links of one name apart.
export function linkOf({ names, about = "" }, page = document) {
  const wanted = names.map(fold);
  return all(PRESSABLE.link, page).find((link) => wanted.includes(named(link)))
    || (about ? all(PRESSABLE.link, page).find((link) => named(link).includes(fold(about))) : null) || null;
}

// Opening a window takes a person's own click: no script may.
export function needsPerson(thing) {
  const opener = thing.form?.dataset.popup ? thing.form : thing.closest("[data-popup]");
  return Boolean(opener && window.name !== opener.target);
}

// Return what is marked for a target: a check box is marked with its label.
export const markedOf = (target) => (target.type === "checkbox" && target.closest("label")) || target;

// The fields and boxes of the step that is due, as they stand on the page at this moment. page: its document.

import { fieldOf, fold } from "./find.js";

// A password that a person chooses: as long and as mixed as the bank wants it.
const LEAST = 6;
const CHOSEN = /^(?=.*[0-9])(?=.*[A-Za-z])[0-9A-Za-z]{6,12}$/u;

// Return every field of a step on this page, in the order in which they are filled:
// { value, of, again, field, state }. state: empty, typing, right, off, or two for a second field that differs.
export function fieldsOf(step, page = document) {
  const found = [];
  for (const action of step.actions.filter((one) => one.do === "fill")) {
    const value = step.values[action.of];
    const field = value && fieldOf({ names: value.names, again: Boolean(action.again) }, page);
    if (!field) continue;
    const first = found.find((one) => one.of === action.of);
    found.push({ value, of: action.of, again: Boolean(action.again), field, state: stateOf(value, field, action.again && first?.field) });
  }
  return found;
}

function stateOf(value, field, first) {
  const typed = field.value;
  if (typed === "") return "empty";
  if (value.kind === "known" && value.value) return isSame(value, typed) ? "right" : begun(value.value, typed);
  if (first) return typed === first.value ? "right" : twice(first.value, typed, field);
  if (value.kind === "own" || !value.secret) return typed.length >= LEAST || !isFocused(field) ? "right" : "typing";
  return CHOSEN.test(typed) ? "right" : "typing";
}

// Blanks in a name are written in several ways, and the judgement takes them all.
const isSame = ({ value, secret }, typed) =>
  typed === value || (!secret && /[^\x00-\x7f]/u.test(value) && fold(typed) === fold(value));

const begun = (whole, typed) => (whole.startsWith(typed) ? "typing" : "off");

const isFocused = (field) => field.ownerDocument.activeElement === field;

const twice = (first, typed, field) => (first.startsWith(typed) && isFocused(field) ? "typing" : "two");

// Return the boxes of each group of a step with those that are ticked: [{ group, boxes, done }].
export function groupsOf(step, page = document) {
  return step.checks.map((group) => {
    const boxes = group.boxes.map((box) => inputOf(box, page)).filter(Boolean);
    return { group, boxes, done: boxes.filter((box) => box.checked).length };
  });
}

const inputOf = ({ name, value }, page) =>
  page.querySelector(`input[type=checkbox][name="${CSS.escape(name)}"][value="${CSS.escape(value)}"]`);

// Return the ticked boxes that no group asks for.
export function tooMany(groups, page = document) {
  const wanted = new Set(groups.flatMap(({ boxes }) => boxes));
  return [...page.querySelectorAll("input[type=checkbox][name=rights], input[type=checkbox][name=accounts]")]
    .filter((box) => box.checked && !wanted.has(box));
}

// Return the words of a field's label on the page.
export const labelOf = (field) => field.labels?.[0]?.textContent.trim() || "";

// What the page itself shows of the step that is due: values at their fields, marker, strip, ① ② ③ at the headings.

import { Chips, chipOf } from "./chip.js";
import { all, fold, linkOf, markedOf, pressable } from "./find.js";
import { made } from "./dom.js";
import { fieldsOf, groupsOf, labelOf, tooMany } from "./fields.js";
import { bringIntoView, Marker, placeOf } from "./marker.js";
import { dress, sheet } from "./style.js";
import * as words from "./words.js";

const TYPED = "input:not([type=checkbox]), textarea, select";

class Badge extends HTMLElement {
  constructor() {
    super();
    this.attachShadow({ mode: "open" }).adoptedStyleSheets = [sheet];
  }

  adoptedCallback() { dress(this); }

  draw(mark) {
    this.ariaHidden = "true"; // the heading keeps its name
    this.shadowRoot.replaceChildren(made("span", { class: "badge" }, mark));
  }
}

customElements.define("densai-badge", Badge);

export class Pointing {
  // page: the document that is pointed at; root: a shadow root in it.
  constructor(root, announce, page = document) {
    this.page = page;
    this.chips = new Chips(announce);
    this.marker = new Marker(root, () => this.follow());
    this.badges = new Map();
    this.shownFor = "";
  }

  // Take everything away from the page.
  clear() {
    this.chips.show(new Map());
    this.marker.hide();
    this.putBadges([]);
    this.target = null;
    this.place = null;
  }

  // Show a step as the page stands at this moment. faults: of the last refusal; warns: what is amiss is said before it
  // is sent; isActing: the coach itself leads the eye. Return what the dock lists.
  show(step, { faults, warns, isActing }) {
    const [fields, groups] = [fieldsOf(step, this.page), groupsOf(step, this.page)];
    const extra = step.checks.length ? tooMany(groups, this.page) : [];
    this.target = step.shown.marker ? targetOf(step, fields, groups, extra, this.page) : null;
    const due = fields.find((entry) => entry.field === this.target) || (step.shown.values ? fields.find(({ state }) => state !== "right") : null);
    if (step.shown.values) this.putChips(fields, due, extra, faults, warns);
    else this.chips.show(new Map());
    this.putBadges(step.shown.values ? groups : []);
    this.point(step, fields, faults, isActing);
    return listed(step, fields, due, groups);
  }

  putChips(fields, due, extra, faults, warns) {
    const wanted = new Map();
    for (const entry of fields) {
      const fault = faults.find(({ field }) => field === entry.field.name);
      const told = chipOf(entry, { isDue: entry === due, fault, warns });
      if (told) wanted.set(entry.field, told);
    }
    for (const box of extra) wanted.set(box, { kind: "not-asked", text: words.NOT_ASKED });
    this.chips.show(wanted);
  }

  putBadges(groups) {
    const marked = groups.map(({ group }) => group).filter(({ mark }) => mark);
    const headings = all("main h2", this.page);
    for (const [mark, badge] of this.badges) {
      if (!marked.some((group) => group.mark === mark)) {
        badge.remove();
        this.badges.delete(mark);
      }
    }
    for (const { mark, heading } of marked) {
      const place = headings.find((one) => fold(one.textContent) === fold(heading));
      if (!place || this.badges.has(mark)) continue;
      const badge = document.createElement("densai-badge");
      badge.draw(mark);
      place.append(" ", badge);
      this.badges.set(mark, badge);
    }
  }

  point(step, fields, faults, isActing) {
    const { target } = this;
    if (!target) {
      this.marker.hide();
      this.place = null;
      return;
    }
    const things = this.things = [markedOf(target), this.chips.of(target)];
    const at = placeOf(things);
    const isPressed = target.matches("button, a, [role=tab]");
    const label = target.matches(TYPED) ? labelOf(target) : "";
    this.place = { label, action: isPressed ? `［${target.textContent.trim()}］` : "", isBelow: at !== "above" };
    let [where, isAbove] = [at === "in" ? "" : words.whereIs(label, at === "below"), at === "above"];
    if (at === "in") {
      const more = othersToMend(fields, faults, target);
      if (more.length) [where, isAbove] = [words.whereIs("", more[0].at === "below", more.length), more[0].at === "above"];
      this.others = more;
    } else this.others = [];
    this.marker.show(target, { isPressed, where, isAbove });
    this.lead(step, at, isActing);
  }

  // A new step brings its target into view, but for somebody who types, and on a screen that is to be read.
  lead(step, at, isActing) {
    const key = `${step.key} ${step.sentence} ${step.shown.marker}`;
    if (this.shownFor === key) return;
    this.shownFor = key;
    const { activeElement } = this.page;
    const isTyping = activeElement?.matches(TYPED) && activeElement.value !== "";
    if (at !== "in" && !step.reads && !isTyping && !isActing) bringIntoView(this.things);
  }

  // The strip's press: to what it names.
  follow() {
    if (!this.target) return;
    const [other] = this.others || [];
    const to = other ? other.field : this.target;
    bringIntoView([markedOf(to), this.chips.of(to)]);
    to.focus({ preventScroll: true });
  }
}

// Return the thing to use next; null when nothing is left of the step on this page.
function targetOf(step, fields, groups, extra, page) {
  for (const action of step.actions) {
    let found = null;
    if (action.do === "fill") found = fields.find((one) => one.of === action.of && one.again === Boolean(action.again) && one.state !== "right")?.field;
    else if (action.do === "tick") found = groups.flatMap(({ boxes }) => boxes).find((box) => !box.checked) || extra[0];
    else if (action.do === "show") found = linkOf(action, page);
    else if (action.do === "close") found = pressable({ label: words.CLOSE }, page);
    else if (action.do === "press" && !action.native) found = pressable(action, page);
    else if (action.do === "this") found = action.thing; // of a page without a server
    if (found) return found;
  }
  return null;
}

// Return the fields that were refused and are not right yet, besides the target, where they are out of view.
function othersToMend(fields, faults, target) {
  const names = faults.map(({ field }) => field);
  return fields.filter((one) => names.includes(one.field.name) && one.state !== "right" && one.field !== target)
    .map((one) => ({ ...one, at: placeOf([one.field]) })).filter(({ at }) => at !== "in");
}

// Return the rows of the dock for what stands on the page.
function listed(step, fields, due, groups) {
  if (!step.shown.values) return null;
  if (step.checks.length) {
    const now = groups.find(({ boxes, done }) => done < boxes.length);
    return {
      kind: "checks",
      rows: groups.map((one) => ({
        mark: one.group.mark, title: one.group.title, done: one.done, all: one.boxes.length,
        state: one === now ? "now" : one.boxes.length && one.done === one.boxes.length ? "past" : "",
      })),
    };
  }
  if (!step.values.length) return null;
  const rows = step.values.map((value, of) => {
    const own = fields.filter((one) => one.of === of);
    const isDone = own.length > 0 && own.every(({ state }) => state === "right");
    return { of, word: value.word, value: value.value, fix: isDone ? "" : value.fix, state: due?.of === of ? "now" : isDone ? "past" : "" };
  });
  return { kind: "values", rows, done: fields.filter(({ state }) => state === "right").length, all: fields.length };
}

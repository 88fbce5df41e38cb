// The dock beside the page, the sheet below it where there is no room beside it, and the rail.

import { boxOf, buttonsOf, checksOf, comparedOf, headOf, manualOf, playerOf, valuesOf, windowsOf } from "./boxes.js";
import { isShown, made, press } from "./dom.js";
import { keep, kept } from "./keeping.js";
import * as words from "./words.js";

const WIDE = window.matchMedia("(min-width: 68.75em)");

export class Dock {
  // does: what a press asks for: use (a button of the server's), copier, hold, one, faster, toField; seat: its code.
  constructor(root, seat, does) {
    this.does = does;
    this.kept = `densai-rail-${seat}`;
    this.signs = new Map();
    this.parts = Object.fromEntries(
      ["peek", "head", "where", "body", "foot", "rail"].map((name) => [name, made("div", { class: `c-${name}` })]));
    this.inner = Object.fromEntries(["top", "asked", "values", "rest"].map((name) => [name, made("div", { class: "c-part" })]));
    this.parts.body.append(...Object.values(this.inner));
    this.parts.body.tabIndex = 0; // it scrolls, so it can be reached by the keyboard
    this.parts.body.setAttribute("role", "group");
    this.parts.body.setAttribute("aria-label", words.PANEL);
    this.panel = made("aside", { class: "coach", lang: "ja", "aria-label": words.PANEL }, ...Object.values(this.parts));
    this.panel.addEventListener("keydown", (event) => { if (event.key === "Escape") this.open(false); });
    root.append(this.panel);
    this.fold(kept("localStorage", this.kept) === "yes");
    new ResizeObserver(() => this.makeRoom()).observe(this.panel);
    WIDE.addEventListener("change", () => this.makeRoom());
  }

  // Draw a part unless it stands there already; the focus stays on what it was on.
  put(name, place, model, make) {
    const sign = JSON.stringify(model);
    if (this.signs.get(name) === sign) return;
    this.signs.set(name, sign);
    const focused = this.panel.getRootNode().activeElement;
    const was = focused && place.contains(focused) ? focused.dataset.name : null;
    place.replaceChildren(...make().filter(Boolean));
    if (was) place.querySelector(`[data-name="${CSS.escape(was)}"]`)?.focus({ preventScroll: true });
  }

  // view: { state, boxes (shown instead of the step, or above it), next (a window), step or null, foot, note, test }
  draw(view) {
    const { state, step } = view;
    this.drawAround(view);
    const { news, boxes, next } = view;
    const [good, other] = [boxes.filter(({ id }) => id === "confirm_right"), boxes.filter(({ id }) => id !== "confirm_right")];
    this.put("top", this.inner.top, [view.clock, news, other, next, state.task_html, view.isAsking, view.isWorking], () => [
      ...news.map((one) => this.box(one)),
      view.clock ? made("p", { class: "clock" }, made("span", {}, words.LEFT), made("b", {})) : null,
      ...other.map((one) => this.box(one, next && one.id === "window" ? windowsOf(state.windows, next) : null)),
      state.task_html && !view.isAsking ? taskOf(state) : null,
    ]);
    this.put("asked", this.inner.asked, [step && [step.heading, step.label, step.sentence, step.then, step.follows, step.who, step.shown], good], () =>
      [...(step ? headOf(step) : []), ...good.map((one) => this.box(one))]);
    this.put("rest", this.inner.rest, step && [step.compared, step.say, step.buttons, step.manual, step.shown, view.open], () => (step ? [
      step.compared.length && step.shown.values ? comparedOf(step.compared) : null,
      ...step.say.map((text) => made("p", { class: "c-say" }, text)),
      view.open ? made("p", {}, made("a", { href: view.open, "data-name": "home-page" }, words.OPEN_HOME_PAGE)) : null,
      buttonsOf(step.buttons, this.does.use),
      ...(step.shown.sentence ? step.manual.map(manualOf) : []),
    ] : []));
    if (!step) this.drawValues(null);
  }

  box(told, extra = null) { return boxOf(told, this.does.use, extra); }

  drawAround(view) {
    const { state, step, foot, note } = view;
    const { at, steps, title, whole } = state.where;
    this.put("head", this.parts.head, state.mode_name, () => [
      made("strong", {}, words.PANEL), made("span", { class: "mode" }, state.mode_name), press(words.FOLD, "fold", () => this.fold(true)),
    ]);
    this.put("where", this.parts.where, state.where, () => [
      made("p", { class: "title" }, title),
      steps ? barOf(at, steps, whole) : null,
    ]);
    this.put("foot", this.parts.foot, [foot, note, view.player, view.isWorking, state.manual, state.urls.manual], () => [
      view.player ? playerOf(view.player, this.does) : null,
      note ? made("p", { class: "small" }, note) : null,
      buttonsOf(foot, this.does.use),
      made("p", { class: "links" }, state.manual ? this.does.manual() : made("span"), this.does.use({ id: "home", label: words.HOME, link: true })),
    ]);
    this.put("rail", this.parts.rail, [at, steps, view.news.length], () => [
      press(words.UNFOLD, "unfold", () => this.fold(false)),
      steps ? made("p", { class: "of" }, `${at}`, made("br"), "／", made("br"), `${steps}`) : null,
      made("p", { class: "v" }, words.PANEL),
      view.news.length ? made("span", { class: "news", role: "img", "aria-label": words.NEWS }, "！") : null,
    ]);
    this.view = view;
    this.step = step;
  }

  // The two lines of the sheet. place: where the due thing is, { label, isBelow }, or null.
  drawPeek(place) {
    const { state, step, boxes, news } = this.view;
    const urgent = [...news, ...boxes].find(({ id }) => id !== "confirm_right");
    const text = urgent ? urgent.title : step?.heading || (step?.shown.sentence ? step.sentence : "") || state.where.title;
    const of = state.where.steps ? words.of(state.where.at, state.where.steps) : "";
    const [no, isOpen] = [step?.label || words.PANEL, this.isOpen];
    this.put("peek", this.parts.peek, [no, of, text, urgent?.tone, place, isOpen, this.view.clock], () => [
      made("p", { class: "no" }, no, made("span", {}, this.view.clock ? made("b", { class: "left" }) : of)),
      made("p", { class: `text ${urgent ? urgent.tone : ""}` }, text),
      press(isOpen ? words.CLOSE : words.UNFOLD, "open", () => this.open(!this.isOpen), { class: "open", "aria-expanded": String(isOpen) }),
      place ? made("div", { class: "nextup" },
        made("span", {}, place.label ? words.nextField : words.nextThing, made("b", {}, place.label || place.action)),
        press(words.toField(place.isBelow), "to-field", () => { this.open(false); this.does.toField(); })) : null,
    ]);
  }

  // rows: { kind: "values" or "checks", rows, done, all }, or null for none.
  drawValues(told) {
    this.put("values", this.inner.values, told && [told.kind, told.rows, told.done, told.all], () => {
      if (!told) return [];
      return [told.kind === "values" ? valuesOf(told.rows, told, (row) => this.does.copier(row)) : checksOf(told.rows)];
    });
  }

  drawClock(left) {
    for (const place of [this.inner.top.querySelector(".clock b"), this.parts.peek.querySelector(".left")]) {
      if (place && place.textContent !== words.clock(left)) place.textContent = words.clock(left);
    }
  }

  get isOpen() { return this.panel.classList.contains("open"); }

  open(yes) {
    if (this.isOpen === yes || WIDE.matches) return;
    this.panel.classList.toggle("open", yes);
    this.does.redraw();
    if (!yes) this.parts.peek.querySelector(".open")?.focus({ preventScroll: true });
  }

  fold(yes) {
    const had = this.panel.getRootNode().activeElement;
    this.panel.classList.toggle("rail", yes);
    document.documentElement.classList.toggle("densai-rail", yes);
    keep("localStorage", this.kept, yes ? "yes" : "no");
    if (had) (yes ? this.parts.rail : this.parts.head).querySelector("button")?.focus({ preventScroll: true });
  }

  // The page leaves as much room below as the sheet takes, so that focus is never under it.
  makeRoom() {
    const root = document.documentElement.style;
    if (WIDE.matches) root.removeProperty("--sheet");
    else root.setProperty("--sheet", `${Math.ceil(this.panel.getBoundingClientRect().height)}px`);
  }

  focus() {
    const first = [...this.panel.querySelectorAll("button, a, summary, [tabindex]")].find((one) => isShown(one) && !one.disabled);
    first?.focus();
  }
}

// The procedure's steps as a bar.
function barOf(at, steps, whole) {
  const parts = Array.from({ length: steps }, (_, place) => made("i", { class: place + 1 < at ? "is-done" : place + 1 === at ? "is-now" : null }));
  return made("div", { class: "c-steps", role: "img", "aria-label": [words.stepsOf(at, steps), whole].filter(Boolean).join("、") },
    ...parts, made("span", { class: "of" }, words.of(at, steps)), whole ? made("span", { class: "all" }, whole) : null);
}

function taskOf(state) {
  const inner = made("div");
  inner.innerHTML = state.task_html; // made by a template of this server
  return made("details", { class: "task-in", open: state.task_open }, made("summary", {}, words.TASK), inner);
}

// One procedure being practised: the window that is due, what is done in it, and what the dock says of it.

import { press } from "./dom.js";
import { fieldsOf, labelOf } from "./fields.js";
import { Marker } from "./marker.js";
import { oncePerFrame } from "./pace.js";
import { Pointing } from "./pointing.js";
import { at } from "./stage.js";
import { dress } from "./style.js";
import { Refusals } from "./refusals.js";
import { Showing } from "./showing.js";
import * as phrases from "./phrases.js";
import * as words from "./words.js";

const WATCH = 250;
const PRESSED = "a, button, [role=tab]";

export class Play {
  // player: { book, record, root, stage, dock, voice, leave, go }; root: the dock's, leave and go: to another page.
  // mode: show or learn; at_: the step to begin with, of the lesson's.
  constructor(player, mode, lesson, at_) {
    Object.assign(this, player);
    [this.mode, this.lesson, this.at, this.part] = [mode, lesson, at_, 0];
    this.told = null;
    this.count = this.number = 0;
    this.soon = oncePerFrame(() => this.point());
    this.showing = new Showing(this);
    this.marker = new Marker(this.root, () => {}); // of a button outside the bank's windows
    this.watch = window.setInterval(() => this.point(), WATCH);
    this.enter();
  }

  get scenes() { return this.book.lessons[this.lesson].scenes; }

  get scene() { return this.book.scenes[this.scenes[this.at]]; }

  get frame() { return this.scene.frames[this.part]; }

  get last() { return this.frame.uses.at(-1); }

  // Whether the home page is to be opened, which no window shows yet.
  get isOpening() { return this.scene.step.actions.some((action) => action.do === "open"); }

  // Whether it is the person's turn.
  get isTaking() { return this.mode === "learn" && Boolean(this.pointing) && !this.showing.isAtWork; }

  end() {
    window.clearInterval(this.watch);
    this.showing.stop();
    this.isOver = true;
  }

  // Show the window that is due.
  async enter() {
    const { frame } = this;
    this.pointing = null; // until the next window is there, nothing is taken from the last one
    const shown = this.isOpening ? { title: phrases.NEW_WINDOW, page: "" } : { page: this.book.pages[frame.page] };
    const page = await this.stage.show({ ...frame, ...shown }, this.mode === "show");
    if (this.isOver || frame !== this.frame) return;
    this.page = page;
    this.things = frame.uses.map(({ path }) => (path.length ? at(page, path) : null));
    this.ticked = frame.ticked && frame.ticked.map((path) => at(page, path)); // before anything is put between
    this.step = this.stepHere();
    this.listen();
    const root = page.createElement("densai-pointing");
    root.attachShadow({ mode: "open" });
    dress(root);
    page.documentElement.append(root);
    this.pointing = new Pointing(root.shadowRoot, (text) => this.voice.say(text), page);
    const asked = frame.question ? this.stage.ask(frame.question, this.last.word, (label) => this.answered(label)) : null;
    if (asked) this.marker.show(asked, { isPressed: true, where: "" });
    else this.marker.hide();
    this.draw();
    if (this.mode === "learn") this.dock.open(!asked && !this.pointing.target); // it is done in the dock, then
    this.focus(asked);
    if (this.mode === "show" || this.showing.isAtWork) this.showing.play();
  }

  // The step with what can be done in this window alone; the thing to press is known, and not looked for.
  stepHere() {
    const { step } = this.scene;
    const pressed = this.last?.kind === "press" ? this.things.at(-1) : null;
    const typed = step.actions.filter((action) => action.do === "fill" || action.do === "tick");
    return { ...step, actions: [...typed, ...(pressed ? [{ do: "this", thing: pressed }] : [])] };
  }

  // Where somebody goes on by the keyboard, unless it is in the dock.
  focus(asked) {
    if (document.activeElement?.localName === "densai-coach") return;
    if (this.mode === "learn") (asked || this.stage.frame.contentWindow).focus({ preventScroll: true });
  }

  listen() {
    const { page } = this;
    page.addEventListener("click", (event) => this.clicked(event), true);
    page.addEventListener("submit", (event) => event.preventDefault(), true);
    page.addEventListener("change", (event) => this.changed(event), true);
    page.addEventListener("keydown", (event) => this.keyed(event), true);
    for (const name of ["input", "scroll"]) page.addEventListener(name, () => this.soon(), { capture: true, passive: true });
  }

  keyed(event) {
    if (event.key === "F6") {
      event.preventDefault();
      this.dock.focus();
    } else if (event.key === "Enter" && event.target.matches("input")) event.preventDefault();
  }

  // 全選択 ticks the others, as the bank's own script does.
  changed({ target }) {
    const all = this.page.querySelector("[data-all]");
    if (all) {
      const boxes = [...this.page.querySelectorAll(`input[name="${all.dataset.all}"]`)];
      if (target === all) for (const box of boxes) box.checked = all.checked;
      else all.checked = boxes.length > 0 && boxes.every((box) => box.checked);
    }
    this.soon();
  }

  clicked(event) {
    const thing = event.target.closest?.(PRESSED);
    if (!thing) return;
    event.preventDefault();
    if (!this.isTaking) return;
    if (this.last?.kind === "press" && thing === this.things.at(-1)) this.attempt();
    else if (thing.matches(".keyboard-opener")) this.tell("keyboard", "wait", phrases.KEYBOARD);
    else this.wrong(nameOf(thing));
  }

  answered(label) {
    if (!this.isTaking) return;
    if (label === this.last.word) this.next();
    else this.wrong(label);
  }

  wrong(name) {
    const { label, action } = this.pointing.place || {};
    const due = label ? `${words.nextField}${label}` : action || this.last?.word ? `${words.nextThing}${action || `［${this.last.word}］`}` : "";
    this.miss();
    this.tell("wrong", "wait", phrases.notHere(name), due ? [due] : []);
  }

  miss() { this.record.miss(this.scenes[this.at]); }

  // The due thing is pressed: the bank would look at the form now.
  attempt() {
    const entries = fieldsOf(this.step, this.page);
    const refusals = new Refusals(this.book.texts, this.scene.traps);
    const faults = refusals.of(entries, labelOf);
    if (faults.length) {
      this.miss();
      this.count += 1;
      const { id, tone, title, lines } = refusals.box(faults, this.count, entries);
      for (const { value, field } of entries) if (value.secret) field.value = "";
      this.tell(id, tone, title, lines, { faults });
      this.pointing.follow();
    } else if (this.differing.length) this.differs();
    else this.next();
  }

  // The boxes that are ticked otherwise than they should be.
  get differing() {
    if (!this.ticked) return [];
    return [...this.page.querySelectorAll("input[type=checkbox]:not([data-all])")].filter((box) => box.checked !== this.ticked.includes(box));
  }

  differs() {
    const { notTicked, notAsked, differ } = this.book.texts;
    const boxes = this.scene.step.checks.flatMap((group) => group.boxes);
    const items = this.differing.map((box) => {
      const known = boxes.find(({ name, value }) => name === box.name && value === box.value);
      return (box.checked ? notAsked : notTicked).replace("{name}", known ? known.words : `「${labelOf(box) || box.ariaLabel || ""}」`);
    });
    this.miss();
    this.tell("differs", "wait", differ.replace("{count}", items.length), [], { items });
  }

  // What is to be looked at, or done elsewhere, is done.
  passed() {
    if (this.isTaking) this.next();
  }

  next() {
    this.told = null;
    if (this.part + 1 < this.scene.frames.length) this.part += 1;
    else {
      [this.at, this.part, this.count] = [this.at + 1, 0, 0];
      if (this.at === this.scenes.length) {
        this.finish();
        return;
      }
      this.record.go(this.mode, this.lesson, this.at);
    }
    this.enter();
  }

  finish() {
    this.end();
    this.at -= 1;
    this.record.end(this.mode, this.lesson);
    const { end } = this.scene;
    const { mistakes, times } = this.book.texts;
    const facts = this.mode === "learn" ? [{ label: mistakes, value: times.replace("{count}", this.record.missed(this.lesson)) }] : [];
    const { go, learn } = this.book.texts.buttons;
    const next = this.book.lessons[this.lesson + 1] ? [{ id: "next", label: go, main: this.mode === "learn" }] : [];
    const again = this.mode === "show" ? [{ id: "learn", label: learn, main: true }] : [];
    this.pointing.clear();
    this.stage.frame.inert = true;
    this.stage.point({ hidden: true, textContent: "" });
    this.isEnded = true;
    this.tell("procedure_done", "good", end.title, next.length ? end.lines : end.lines.slice(0, 1), { facts, buttons: [...again, ...next, { id: "home", label: phrases.CHOOSE, main: !next.length && !again.length }] });
    this.dock.open(true);
    this.dock.drawPeek(null);
    this.dock.focusBox();
  }

  tell(id, tone, title, lines = [], more = {}) {
    this.number += 1;
    const bare = { items: [], faults: [], facts: [], spell: "", buttons: [], small: [], left: "" };
    this.told = { ...bare, id, tone, title, lines, key: `${this.lesson} ${this.at} ${this.number} ${Date.now()}`, ...more };
    this.draw();
  }

  draw() {
    const view = this.view();
    this.dock.draw(view);
    this.voice.tell(`demo ${this.mode}`, view.boxes, view.step);
    this.point();
  }

  view() {
    const { book, scene } = this;
    const { title } = book.lessons[this.lesson];
    const { isOpening } = this;
    const goesOn = this.last?.kind !== "press" && this.last?.kind !== "answer" && !this.frame.ticked && !isOpening;
    const passed = goesOn && !scene.step.buttons.length && this.mode === "learn" ? [{ id: "passed", label: words.GO_ON, main: true }] : [];
    const step = { ...scene.step, buttons: this.mode === "show" ? [] : [...scene.step.buttons, ...passed] };
    return {
      state: {
        mode_name: book.modes[this.mode].name, where: { title, at: this.at + 1, steps: this.scenes.length, whole: "" },
        task_html: "", task_open: false, manual: false, urls: {}, windows: {},
      },
      news: [], boxes: this.told ? [this.told] : [], step: this.isEnded ? null : step, next: "", note: "",
      open: isOpening && this.mode === "learn" ? "#" : "",
      foot: this.mode === "learn" && !this.isEnded ? [{ id: "act", label: book.texts.buttons.act, main: false }] : [],
      player: this.mode === "show" && !this.isEnded ? this.showing.player : null, isWorking: this.showing.isAtWork,
    };
  }

  // The page itself, as it stands at this moment.
  point() {
    const { pointing } = this;
    if (!pointing || this.isOver || !this.page.defaultView) return;
    const faults = this.told ? this.told.faults : [];
    const isActing = this.mode === "show" || this.showing.isAtWork;
    this.dock.drawValues(pointing.show(this.step, { faults, warns: true, isActing }));
    this.dock.drawPeek(pointing.place);
    this.stage.point(pointing.marker.strip, this.mode === "learn" && (() => pointing.follow()));
    if (this.frame.ticked && this.last.kind === "tick" && !this.differing.length && this.mode === "learn") this.next();
  }

  // A button of the dock.
  used({ id }) {
    if (id === "home") this.leave();
    else if (id === "passed") this.passed();
    else if (id === "act") this.showing.one();
    else if (id === "next") this.go(this.mode, this.lesson + 1);
    else if (id === "learn") this.go("learn", this.lesson);
  }

  drawn(told) {
    if (told.link) return press(phrases.CHOOSE, "home", () => this.leave());
    const isWorking = told.id === "act" && this.showing.isAtWork;
    return press(isWorking ? words.DOING : told.label, told.id, () => this.used(told), { class: told.main ? "go" : null, disabled: isWorking });
  }
}

// What a person calls a thing that was pressed: its words, with its row where it stands in one.
function nameOf(thing) {
  const name = (thing.getAttribute("aria-label") || thing.textContent).trim();
  const row = thing.closest("tbody tr")?.cells[0]?.textContent.trim();
  return row && row !== name ? phrases.inRow(row, name) : name;
}


// The coach on a page of the bank, while a course is practised. The server says which step is due on this page
// (coach_state.py describes it); here it is shown, pointed at and, where it is wanted, done.

import { Acting } from "./acting.js";
import { drawn, manualLink } from "./buttons.js";
import { copy } from "./copy.js";
import { Dock } from "./dock.js";
import { made, press, sheet, styled } from "./dom.js";
import { Pause } from "./pause.js";
import { Pointing } from "./pointing.js";
import { Server } from "./server.js";
import { nameThis, Windows } from "./windows.js";
import * as words from "./words.js";

const LISTEN = 150, WATCH = 250, AFTER_GONE = 400, AGAIN = 3000, INERT = 600, SHOWN_RESUMED = 5000;

class Coach extends HTMLElement {
  async connectedCallback() {
    if (this.root) return;
    this.state = JSON.parse(this.dataset.state);
    this.root = this.attachShadow({ mode: "open" });
    this.root.adoptedStyleSheets = [sheet];
    this.server = new Server(this.state);
    nameThis(this.state.windows);
    this.windows = new Windows(this.state.seat, (told) => this.hear(told));
    this.build();
    this.say("here");
    this.say("who");
    this.listen();
    this.isReady = this.state.windows.order[0] === this.state.windows.here || this.isAlone;
    await styled;
    this.draw();
    window.setTimeout(() => { this.isReady = true; this.draw(); }, LISTEN);
    this.heard = performance.now();
    this.asking = window.setTimeout(() => this.ask_(), this.state.pulse.every);
    window.setInterval(() => this.point(), WATCH);
    window.setInterval(() => this.tick(), 1000);
  }

  build() {
    this.live = made("p", { class: "unseen", role: "status", "aria-live": "polite" });
    const announce = (text) => this.announce(text);
    this.pointing = new Pointing(this.root, announce);
    this.acting = new Acting(this, this.root);
    this.pause = new Pause(this.root);
    this.dock = new Dock(this.root, this.state.seat, {
      use: (told) => drawn(this, told),
      manual: () => manualLink(this),
      copier: (row) => this.copier(row),
      toField: () => this.pointing.follow(),
      redraw: () => this.draw(),
      hold: () => this.acting.hold(),
      one: () => this.acting.one(),
      faster: () => this.acting.faster(),
    });
    this.root.append(this.live);
  }

  listen() {
    window.addEventListener("pagehide", () => this.leave());
    window.addEventListener("focus", () => { if (this.isStale) this.refresh(); });
    window.addEventListener("pageshow", (event) => { if (event.persisted) this.refresh(); });
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.ask_(true); });
    for (const event of ["input", "change", "scroll", "resize"]) {
      window.addEventListener(event, () => this.soon(), { capture: true, passive: true });
    }
    document.addEventListener("click", (event) => this.clicked(event), true);
    document.addEventListener("keydown", (event) => this.keyed(event));
  }

  soon() {
    if (this.isDrawing) return;
    this.isDrawing = true;
    window.requestAnimationFrame(() => { this.isDrawing = false; this.point(); });
  }

  // The other windows -------------------------------------------------------------------------------

  say(type, more = {}) {
    const { step } = this.state;
    const line = step && this.state.turn === "item" ? [step.label, step.sentence].filter(Boolean).join("　") : "";
    this.windows.tell(type, this.state, { line, ...more });
  }

  hear(told) {
    if (told.type === "who") this.say("here");
    if (told.type === "pulse") {
      this.heard = performance.now();
      if (told.pulse) this.take(told.pulse);
    }
    // A page that goes is mostly followed by the next one in its window, which tells how far things are.
    if (told.type === "here") window.clearTimeout(this.gone);
    if (told.type === "gone") this.gone = window.setTimeout(() => this.refresh(), AFTER_GONE);
    else if (told.type === "here" && this.isBehind(told)) this.refresh();
    else if (this.isReady) this.draw();
  }

  // Whether this window has to ask anew after another has come to a page. Where the due step is done over there,
  // it is enough to know that; this one asks when somebody turns to it.
  isBehind(told) {
    if (told.practice !== this.state.practice) return told.practice > this.state.practice;
    this.isStale ||= told.position !== this.state.position;
    if (!this.isStale || told.turn !== "item" || told.place !== told.position || document.hasFocus()) return Boolean(this.isStale);
    this.state.position = told.position;
    this.led = told;
    return false;
  }

  leave() {
    const { step, turn, page } = this.state;
    const closes = step?.unseen && turn === "item" && step.actions.some((action) => action.do === "close" || action.only_if_shown);
    // A page that is closed, not left for another one of the bank: nothing stands on it that leads on.
    if (closes && page.screen === "ログアウト") this.server.tell("passed", { key: step.key });
    this.say("gone");
  }

  isGone(name) {
    for (const [id, one] of this.windows.others) if (one.here === name) this.windows.others.delete(id);
    this.led = null;
    this.draw();
  }

  // Whether nothing is said of other windows: the course is over, or it is a テスト.
  get isAlone() { return this.state.turn === "done" || this.state.mode === "measure"; }

  get speaker() {
    const { here } = this.state.windows;
    if (this.isAlone) return here;
    if (this.led && this.windows.isOpen(this.led.here, this.state.practice)) return this.led.here;
    return this.windows.speaker(this.state);
  }

  get speaks() { return !this.stopped && this.speaker === this.state.windows.here; }

  // The server --------------------------------------------------------------------------------------

  async post(name, values = {}) {
    try {
      this.accept(await this.server.post(name, values));
      return true;
    } catch (error) {
      this.fail(error);
      return false;
    }
  }

  async refresh() {
    if (this.stopped) return;
    this.isStale = false;
    try {
      this.accept(await this.server.state());
    } catch (error) {
      this.fail(error);
    }
  }

  accept(state) {
    this.away = false;
    if (state.practice !== this.state.practice) { this.end(); return; }
    const isNews = ["turn", "place", "position"].some((name) => state[name] !== this.state[name]);
    this.state = state;
    this.led = null;
    this.server.take(state);
    if (isNews) {
      this.asked = null;
      this.say("here");
    }
    this.draw();
  }

  fail(error) {
    if (error.isOver) this.end();
    else if (error.status === 423) this.ask_(true);
    else if (error.isAway) {
      this.away = true;
      window.clearTimeout(this.asking);
      this.asking = window.setTimeout(() => this.ask_(true), AGAIN);
      this.draw();
    } else if (error.status === undefined) throw error;
  }

  end() {
    this.stopped = true;
    this.draw();
  }

  // One of the windows that can be seen asks; what it hears, or that there is nothing new, it tells the others.
  async ask_(atOnce = false) {
    window.clearTimeout(this.asking);
    this.asking = window.setTimeout(() => this.ask_(), this.state.pulse.every);
    if (this.stopped || document.hidden) return;
    if (!atOnce && !document.hasFocus() && performance.now() - this.heard < this.state.pulse.every) return;
    try {
      const pulse = await this.server.pulse();
      const wasAway = this.away;
      this.away = false;
      if (pulse) this.take(pulse);
      else if (wasAway) this.draw();
      this.say("pulse", { pulse });
    } catch (error) {
      this.fail(error);
    }
  }

  take(pulse) {
    if (this.stopped) return;
    if (pulse.practice !== this.state.practice || pulse.outcome === "stopped") { this.end(); return; }
    const isOld = pulse.version !== this.state.pulse.version;
    if (this.state.pulse.paused && !pulse.paused) this.resume(pulse.resumed);
    this.state.pulse = pulse;
    if (isOld) this.refresh();
    this.draw();
  }

  resume(text) {
    this.resumed = words.resumed(text);
    window.setTimeout(() => { this.resumed = null; this.draw(); }, SHOWN_RESUMED);
  }

  // 読みました: gone at once, here and in the other windows.
  async read(fields, told) {
    const { pulse, urls } = this.state;
    pulse.news = pulse.news.filter(({ buttons }) => !buttons.some((one) => one.id === told.id && one.fields?.number === fields.number && one.fields?.to === fields.to));
    this.draw();
    await fetch(urls.read, { method: "POST", body: this.server.form(fields), redirect: "manual" });
    this.server.known = "";
    this.ask_(true);
  }

  async noteActing() {
    this.server.acting = true;
    try {
      await this.server.post("act");
      return true;
    } catch (error) {
      this.server.acting = false;
      this.fail(error);
      return false;
    }
  }

  // Drawing -----------------------------------------------------------------------------------------

  draw() {
    if (!this.isConnected) return;
    const { state } = this;
    this.pause.show(state.pulse.paused);
    if (!this.isReady && !this.stopped) return;
    const view = this.view();
    this.dock.draw(view);
    this.tellNews([...view.news, ...view.boxes], view.step);
    this.point();
    this.dock.drawClock(state.pulse.left ?? 0);
    if (state.mode === "show" && this.speaks && view.step && !state.pulse.paused) this.acting.play();
  }

  view() {
    const { state } = this;
    const news = [...(this.away ? [words.noServer()] : []), ...(this.resumed ? [this.resumed] : []), ...state.pulse.news];
    const bare = { state, news, boxes: [], step: null, foot: [], note: "", next: "" };
    if (this.stopped) return { ...bare, news: [], boxes: [words.over()] };
    const whole = { ...bare, foot: state.foot, note: state.note, clock: state.test !== null && state.pulse.left !== null };
    if (this.asking_ && state.test) return { ...whole, boxes: [state.test.submit], asking: true };
    const { speaker } = this;
    if (speaker !== state.windows.here) {
      const foot = state.foot.filter(({ id }) => id === "call" || id === "uncall");
      if (!speaker) return { ...whole, foot, note: "", boxes: [state.windows.closed] };
      const box = state.windows.elsewhere[speaker];
      const line = this.led?.here === speaker ? this.led.line : "";
      return { ...whole, foot, note: "", boxes: [line ? { ...box, lines: [line] } : box], next: speaker };
    }
    const asked = this.asked ? [this.asked] : [];
    const open = state.step?.actions.find((action) => action.do === "open")?.url;
    return {
      ...whole, boxes: [...asked, ...state.boxes], step: state.step, open,
      player: state.mode === "show" && state.step ? this.acting.player : null, working: this.acting.isAtWork,
    };
  }

  // The page itself, as it stands at this moment.
  point() {
    const { state } = this;
    if (!this.dock.view) return;
    const { step } = this.dock;
    if (!step || !this.speaks || this.stopped) this.pointing.clear();
    else {
      const faults = state.boxes.flatMap((box) => box.faults);
      this.dock.drawValues(this.pointing.show(step, faults, this.acting.isAtWork || state.mode === "show"));
    }
    if (document.querySelector(".keyboard")) this.dock.open(false);
    this.dock.drawPeek(this.pointing.place);
  }

  get target() { return this.pointing.target; }

  copier(row) {
    const field = () => this.target;
    const button = press(words.COPY, "copy-value", () => {
      copy(row.value, button, button.parentElement.querySelector("dd"), field(), (text) => this.announce(text));
    }, { "aria-label": words.copyOf(row.word) });
    return button;
  }

  // What only a person can do, or has to look at: said until the click is made or the step is another one.
  ask(box) {
    this.asked = box;
    this.draw();
  }

  askToSubmit(yes) {
    if (!yes && !this.state.test) { this.draw(); return; }
    this.asking_ = yes;
    this.draw();
    if (!yes) { this.dock.panel.querySelector("[data-name=submit]")?.focus(); return; }
    const buttons = [...this.dock.panel.querySelectorAll("[data-state=submit] button")];
    for (const button of buttons) button.disabled = true; // a second click meant for 提出する does nothing
    window.setTimeout(() => {
      for (const button of buttons) button.disabled = false;
      buttons[0]?.focus();
    }, INERT);
  }

  tick() {
    const { pulse, test } = this.state;
    if (!test || pulse.left === null || pulse.paused || this.stopped) return;
    pulse.left = Math.max(0, pulse.left - 1);
    this.dock.drawClock(pulse.left);
    if (pulse.left <= 60) this.once(`minute ${this.state.practice}`, test.last_minute);
    if (pulse.left === 0 && !this.isTimeUp) { this.isTimeUp = true; this.refresh(); }
  }

  // For those who hear ------------------------------------------------------------------------------

  announce(text) { if (this.live.textContent !== text) this.live.textContent = text; }

  // Say something once in this window, over all its pages.
  once(key, text) {
    const said = JSON.parse(sessionStorage.getItem("densai-said") || "[]");
    if (said.includes(key)) return;
    sessionStorage.setItem("densai-said", JSON.stringify([...said, key].slice(-50)));
    this.announce(text);
  }

  tellNews(boxes, step) {
    const sentence = step?.shown.sentence ? `${step.heading}${step.label}${step.sentence}` : "";
    if (sentence && sentence !== this.saidStep) this.announce(sentence);
    this.saidStep = sentence;
    for (const box of boxes) this.once(`${this.state.practice} ${box.id} ${box.key}`, [box.title, ...box.lines].join("　"));
  }

  // The person --------------------------------------------------------------------------------------

  clicked(event) {
    this.soon();
    window.setTimeout(() => this.point(), 0); // a key of the software keyboard tells nobody that it typed
    if (event.target === this) return;
    if (event.isTrusted && this.asked) {
      this.asked = null;
      window.setTimeout(() => this.draw(), WATCH);
    }
    const { step, turn } = this.state;
    if (!step?.unseen || turn !== "item" || !this.speaks) return;
    if (!step.actions.some((action) => action.do === "close") || !event.target.closest?.("button")) return;
    window.setTimeout(() => { if (document.querySelector("dialog[open]")) this.post("passed", { key: step.key }); }, 0);
  }

  // F6 goes from the page to the dock, to the strip and back to the page.
  keyed(event) {
    if (event.key === "Escape" && this.dock.isOpen) this.dock.open(false);
    if (event.key !== "F6") return;
    event.preventDefault();
    const { strip } = this.pointing.marker;
    const inside = this.root.activeElement;
    if (!inside) {
      this.left = document.activeElement;
      this.dock.focus();
    } else if (inside !== strip && !strip.hidden) strip.focus();
    else (this.left?.isConnected && this.left !== document.body ? this.left : this.target || document.querySelector("main a, main button, main input"))?.focus();
  }
}

customElements.define("densai-coach", Coach);

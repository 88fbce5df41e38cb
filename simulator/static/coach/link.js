// How this page hears of everything: from the server, and from the other windows of the seat.

import { Server } from "./server.js";
import { Windows } from "./windows.js";
import * as words from "./words.js";

const AFTER_GONE = 400, AGAIN = 3000, SHOWN_RESUMED = 5000;

export class Link {
  constructor(coach) {
    this.coach = coach;
    this.server = new Server(coach.state);
    this.windows = new Windows(coach.state.seat, (told) => this.hear(told));
    this.isOver = this.isAway = this.isStale = false;
    this.led = null; // the page of another window on which the due step is done
    this.heard = performance.now();
    this.next = window.setTimeout(() => this.pulse(), this.state.pulse.every);
    this.say("here");
    this.say("who");
    window.addEventListener("pagehide", () => this.leave());
    window.addEventListener("focus", () => { if (this.isStale) this.refresh(); });
    window.addEventListener("pageshow", (event) => { if (event.persisted) this.refresh(); });
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.pulse(true); });
  }

  get state() { return this.coach.state; }

  // The other windows -------------------------------------------------------------------------------

  say(type, more = {}) {
    const { step, turn } = this.state;
    const line = step && turn === "item" ? [step.label, step.sentence].filter(Boolean).join("　") : "";
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
    else this.coach.draw();
  }

  // Whether this window has to ask anew after another has come to a page. Where the due step is done over there,
  // it is enough to know that; this one asks when somebody turns to it.
  isBehind(told) {
    if (told.practice !== this.state.practice) return told.practice > this.state.practice;
    this.isStale ||= told.position !== this.state.position;
    if (!this.isStale || told.turn !== "item" || told.place !== told.position || document.hasFocus()) return this.isStale;
    this.state.position = told.position;
    this.led = told;
    return false;
  }

  // A page that is closed, not left for another one of the bank, has done what only the page sees.
  leave() {
    const { step, turn, page } = this.state;
    const closes = step?.unseen && turn === "item" && step.actions.some((action) => action.do === "close" || action.only_if_shown);
    if (closes && page.screen === "ログアウト") this.server.tell("passed", { key: step.key });
    this.say("gone");
  }

  // A window that was to come to the front is not there any more.
  forget(name) {
    this.windows.forget(name);
    this.led = null;
    this.coach.draw();
  }

  get speaker() {
    const { here } = this.state.windows;
    const isAlone = this.state.turn === "done" || this.state.mode === "measure"; // nothing is said of other windows
    if (isAlone) return here;
    if (this.led && this.windows.leads(this.led.here, this.state.practice)) return this.led.here;
    return this.windows.speaker(this.state);
  }

  get speaks() { return !this.isOver && this.speaker === this.state.windows.here; }

  // The server --------------------------------------------------------------------------------------

  async post(name, values = {}) {
    try {
      this.accept(await this.server.post(name, values));
    } catch (error) {
      this.fail(error);
    }
  }

  async refresh() {
    if (this.isOver) return;
    this.isStale = false;
    try {
      this.accept(await this.server.state());
    } catch (error) {
      this.fail(error);
    }
  }

  accept(state) {
    this.isAway = false;
    if (state.practice !== this.state.practice) {
      this.end();
      return;
    }
    const isNews = ["turn", "place", "position"].some((name) => state[name] !== this.state[name]);
    this.coach.state = state;
    this.led = null;
    this.server.take(state);
    if (isNews) {
      this.coach.asked = null;
      this.say("here");
    }
    this.coach.draw();
  }

  fail(error) {
    if (error.status === undefined) throw error;
    if (error.isOver) this.end();
    else if (error.status === 423) this.pulse(true);
    else if (error.isAway) {
      this.isAway = true;
      window.clearTimeout(this.next);
      this.next = window.setTimeout(() => this.pulse(true), AGAIN);
      this.coach.draw();
    }
  }

  end() {
    this.isOver = true;
    this.coach.draw();
  }

  // One of the windows that can be seen asks; what it hears, or that there is nothing new, it tells the others.
  async pulse(atOnce = false) {
    window.clearTimeout(this.next);
    const { every } = this.state.pulse;
    this.next = window.setTimeout(() => this.pulse(), every);
    if (this.isOver || document.hidden) return;
    if (!atOnce && !document.hasFocus() && performance.now() - this.heard < every) return;
    try {
      const pulse = await this.server.pulse();
      const wasAway = this.isAway;
      this.isAway = false;
      if (pulse) this.take(pulse);
      else if (wasAway) this.coach.draw();
      this.say("pulse", { pulse });
    } catch (error) {
      this.fail(error);
    }
  }

  take(pulse) {
    if (this.isOver) return;
    if (pulse.practice !== this.state.practice || pulse.outcome === "stopped") {
      this.end();
      return;
    }
    const isOld = pulse.version !== this.state.pulse.version;
    if (this.state.pulse.paused && !pulse.paused) this.resume(pulse.resumed);
    this.state.pulse = pulse;
    this.coach.draw();
    if (isOld) this.refresh();
  }

  resume(text) {
    this.resumed = words.resumed(text);
    window.setTimeout(() => {
      this.resumed = null;
      this.coach.draw();
    }, SHOWN_RESUMED);
  }

  // 読みました: gone at once, here and in the other windows.
  async read(fields) {
    const { pulse, urls } = this.state;
    const isRead = (one) => one.id === "read" && one.fields.to === fields.to && one.fields.number === fields.number;
    pulse.news = pulse.news.filter(({ buttons }) => !buttons.some(isRead));
    this.coach.draw();
    await fetch(urls.read, { method: "POST", body: this.server.form(fields), redirect: "manual" });
    this.server.known = "";
    this.pulse(true);
  }

  // Tell the server that the coach acts, before it sends a form; whether it may.
  async noteActing() {
    this.server.isActing = true;
    try {
      await this.server.post("act");
      return true;
    } catch (error) {
      this.server.isActing = false;
      this.fail(error);
      return false;
    }
  }
}

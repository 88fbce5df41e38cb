// The coach at work: 見本, which goes on by itself, and 案内に操作を任せる for one step.

import { pressable, linkOf, needsPerson } from "./find.js";
import { made } from "./dom.js";
import { fieldsOf, groupsOf, tooMany } from "./fields.js";
import { NEXT_SPEED, pause, SPEEDS } from "./pace.js";
import * as words from "./words.js";

const HELD = 200, LEADS_ON = 3000;
const MOST_BOXES = 80;

const nextFrame = () => new Promise((resolve) => { window.requestAnimationFrame(() => window.setTimeout(resolve, 50)); });

export class Acting {
  constructor(coach, root) {
    this.coach = coach;
    this.pointer = made("div", { class: "pointer", "aria-hidden": "true", hidden: true });
    root.append(this.pointer);
    this.isAtWork = false;
    this.playing = "";
  }

  get seat() { return this.coach.state.seat; }

  // The pace: a name of SPEEDS, or a number for a trainer in a hurry.
  get speed() { return sessionStorage.getItem("densai-speed") || "normal"; }

  get factor() { return SPEEDS[this.speed] ?? Number(this.speed); }

  get isHeld() { return localStorage.getItem(`densai-held-${this.seat}`) === "yes"; }

  get player() { return { isHeld: this.isHeld, speed: this.speed in SPEEDS ? this.speed : "fast" }; }

  hold() {
    localStorage.setItem(`densai-held-${this.seat}`, this.isHeld ? "no" : "yes");
    this.coach.link.say("pace");
    this.coach.draw();
  }

  one() {
    if (this.playing) this.stepping = true; // it is held in the middle of a step
    else {
      this.single = true;
      this.play();
    }
  }

  faster() {
    sessionStorage.setItem("densai-speed", NEXT_SPEED[this.speed] || "normal");
    this.coach.draw();
  }

  wait(ms) { return pause(ms * this.factor); }

  isDue(step) {
    const { coach } = this;
    return coach.isConnected && coach.link.speaks && JSON.stringify(coach.state.step) === step;
  }

  // 見本: does the step that stands here, once for each page.
  async play() {
    const { coach } = this;
    const { step } = coach.state;
    if (this.playing || !step || !coach.link.speaks || coach.state.pulse.paused || (this.isHeld && !this.single)) return;
    this.stepping = this.single;
    this.single = false;
    this.playing = step.key;
    const done = await this.perform(step);
    this.playing = "";
    if (done && step.unseen) await coach.link.post("passed", { key: step.key });
    else if (done || this.stepping) coach.draw();
  }

  // 案内に操作を任せる.
  async instead() {
    const { coach } = this;
    const { step } = coach.state;
    if (this.isAtWork || !step || !coach.state.acts) return;
    this.isAtWork = true;
    coach.draw();
    const done = await this.perform(step);
    if (done && step.unseen) await coach.link.post("passed", { key: step.key });
    // What was clicked leads to another page, mostly; only a person's turn comes at once.
    if (!coach.asked) await pause(LEADS_ON);
    this.isAtWork = false;
    coach.draw();
  }

  // Do the actions of a step; false when a person, another window or another page has to go on.
  async perform(step) {
    const sign = JSON.stringify(step);
    await this.wait(700);
    for (const action of step.actions) {
      await this.waitWhileHeld();
      if (!this.isDue(sign) || !await this.act(step, action, sign)) return false;
    }
    return this.isDue(sign);
  }

  // A 見本 waits in the middle of a step too, for 一時停止 and for the instructor's pause.
  async waitWhileHeld() {
    const { state } = this.coach;
    while (this.coach.isConnected && (this.coach.state.pulse.paused || (state.mode === "show" && this.isHeld && !this.stepping))) await pause(HELD);
  }

  async act(step, action, sign) {
    switch (action.do) {
      case "open": window.location.assign(action.url); return false;
      case "fill": return this.type(step, action);
      case "tick": return this.tick(step);
      case "review": await this.wait(1500); return true;
      case "leave_empty": return true;
      case "outside": return this.goOutside(step);
      case "close": return this.close(action);
      case "show": return this.push(action, linkOf(action), sign);
      default: return this.push(action, pressable(action), sign);
    }
  }

  async glide(target) {
    target.scrollIntoView({ block: "nearest" });
    const box = target.getBoundingClientRect();
    const isCalm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.pointer.hidden = false;
    this.pointer.style.transitionDuration = `${isCalm ? 0 : 500 * this.factor}ms`;
    this.pointer.style.left = `${box.left + Math.min(box.width / 2, 90)}px`;
    this.pointer.style.top = `${box.top + box.height / 2}px`;
    await this.wait(600);
    await this.waitWhileHeld();
  }

  // Only a value that the server knows to be in force is typed, or the example of one to be chosen.
  async type(step, action) {
    const entry = fieldsOf(step).find((one) => one.of === action.of && one.again === Boolean(action.again));
    if (!entry) return this.missing(action.names[0]);
    if (!entry.value.value || entry.value.kind === "own") return false;
    if (entry.field.value === entry.value.value) return true;
    const { field } = entry;
    await this.glide(field);
    field.focus({ preventScroll: true });
    field.value = "";
    for (const letter of entry.value.value) {
      field.value += letter;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      await this.wait(60);
    }
    field.dispatchEvent(new Event("change", { bubbles: true }));
    return true;
  }

  async tick(step) {
    for (let left = MOST_BOXES; left; left -= 1) {
      const groups = groupsOf(step);
      const box = groups.flatMap(({ boxes }) => boxes).find((one) => !one.checked) || tooMany(groups)[0];
      if (!box) return true;
      await this.glide(box);
      box.click();
      await this.wait(120);
    }
    return false;
  }

  async goOutside(step) {
    await this.wait(900);
    const button = step.buttons.find(({ id }) => id === "desk" || id === "away");
    await this.coach.link.post("outside", { what: button ? button.id : "desk" });
    return false;
  }

  async push(action, target, sign) {
    const { coach } = this;
    if (!target) return action.only_if_shown || action.native ? true : this.missing(action.label || action.names[0]);
    await this.glide(target);
    if (needsPerson(target)) {
      const asked = coach.state.mode === "show" ? words.yourClick : words.yourClickInstead;
      coach.ask(asked(target.textContent.trim()));
      return false;
    }
    if (action.asks || target.form?.dataset.confirm) {
      coach.ask(words.yourTurn(words.ANSWER_OK));
      await this.wait(1200);
      await nextFrame();
    }
    if (!this.isDue(sign)) return false;
    if (action.only_if_shown) coach.link.server.tell("passed", { key: coach.state.step.key });
    if (target.form && coach.state.mode !== "show" && !await coach.link.noteActing()) return false;
    target.click();
    return false; // the next page, or another window, goes on
  }

  async close(action) {
    const target = pressable({ label: words.CLOSE }) || (action.label ? pressable(action) : null);
    if (!target) {
      window.close();
      return false;
    }
    await this.glide(target);
    target.click();
    return false;
  }

  missing(label) {
    this.coach.ask(words.yourTurn(words.notFound(label)));
    return false;
  }
}

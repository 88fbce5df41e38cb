// 見本, which goes on by itself, and 案内に操作を任せる for one step.

import { made } from "./dom.js";
import { markedOf } from "./find.js";
import { keep, kept } from "./keeping.js";
import { NEXT_SPEED, pause, SPEEDS } from "./pace.js";

const HELD = 200;

export class Showing {
  constructor(play) {
    this.play_ = play;
    this.isHeld = this.isAtWork = this.isStepping = false;
    this.run = 0;
    this.pointer = made("div", { class: "pointer", "aria-hidden": "true", hidden: true });
    play.root.append(this.pointer);
  }

  get speed() { return kept("sessionStorage", "densai-speed") || "normal"; }

  get factor() { return SPEEDS[this.speed] ?? Number(this.speed); }

  get player() { return { isHeld: this.isHeld, speed: this.speed in SPEEDS ? this.speed : "fast" }; }

  stop() {
    this.run += 1;
    this.pointer.remove();
  }

  hold() {
    this.isHeld = !this.isHeld;
    this.play_.draw();
  }

  faster() {
    keep("sessionStorage", "densai-speed", NEXT_SPEED[this.speed] || "normal");
    this.play_.draw();
  }

  // 1つ進む: what is due next alone.
  one() {
    if (this.play_.mode === "show") this.isStepping = true;
    else {
      this.isAtWork = true;
      this.play_.draw();
      this.play();
    }
  }

  // Do what this window is for, thing by thing; the next window goes on.
  async play() {
    this.run += 1;
    const { run, play_: play } = this;
    const scene = play.at;
    await this.wait(700);
    for (const [place, use] of play.frame.uses.entries()) {
      if (!await this.isDue(run)) return;
      await this.use(use, play.things[place]);
      if (!await this.isDue(run)) return;
    }
    await this.wait(play.last ? 300 : 1500);
    if (!await this.isDue(run)) return;
    this.isStepping = false;
    play.next();
    if (play.mode === "show" || play.isOver) return;
    this.isAtWork = play.at === scene; // a step of several windows is done to its end
    if (!this.isAtWork) this.pointer.hidden = true;
  }

  // Wait while it is held; false when something else is shown by now.
  async isDue(run) {
    while (this.run === run && this.isHeld && !this.isStepping) await pause(HELD);
    return this.run === run && !this.play_.isOver;
  }

  wait(ms) { return pause(ms * this.factor); }

  async use({ kind, value }, thing) {
    const target = kind === "answer" ? this.play_.stage.answer : thing;
    if (!target) {
      await this.wait(1500); // it is looked at
      return;
    }
    await this.glide(kind === "answer" ? target : markedOf(target), kind !== "answer");
    if (kind === "fill") await this.type(target, value);
    else if (kind === "tick" && this.play_.differing.length) target.click();
    await this.wait(kind === "tick" ? 60 : 200);
  }

  async glide(target, isInFrame) {
    target.scrollIntoView({ block: "nearest" });
    const box = target.getBoundingClientRect();
    const { left, top } = isInFrame ? this.play_.stage.frame.getBoundingClientRect() : { left: 0, top: 0 };
    const isCalm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.pointer.hidden = false;
    this.pointer.style.transitionDuration = `${isCalm ? 0 : 500 * this.factor}ms`;
    this.pointer.style.left = `${left + box.left + Math.min(box.width / 2, 90)}px`;
    this.pointer.style.top = `${top + box.top + box.height / 2}px`;
    await this.wait(600);
  }

  async type(field, value) {
    field.value = "";
    for (const letter of value) {
      field.value += letter;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      await this.wait(60);
    }
  }
}

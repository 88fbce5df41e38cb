// The coach on a page of the bank, while a course is practised. The server says which step is due on this page
// (coach_state.py describes it); here it is shown, pointed at and, where it is wanted, done.

import { Acting } from "./acting.js";
import { drawn, manualLink } from "./buttons.js";
import { copy } from "./copy.js";
import { Dock } from "./dock.js";
import { press } from "./dom.js";
import { clicked, keyed } from "./hand.js";
import { Link } from "./link.js";
import { oncePerFrame } from "./pace.js";
import { Pause } from "./pause.js";
import { Pointing } from "./pointing.js";
import { sheet } from "./style.js";
import { viewOf } from "./view.js";
import { Voice } from "./voice.js";
import { nameThis } from "./windows.js";
import * as words from "./words.js";

const LISTEN = 150, WATCH = 250, SECOND = 1000, INERT = 600, LAST_MINUTE = 60;

class Coach extends HTMLElement {
  connectedCallback() {
    if (this.root) return;
    this.state = JSON.parse(this.dataset.state);
    this.asked = null; // the box of what only the person can do
    this.putAside = new Set(); // the keys of boxes that were closed on this page
    this.isSubmitting = this.isReady = false;
    this.soon = oncePerFrame(() => this.point());
    nameThis(this.state.windows);
    this.build();
    this.link = new Link(this);
    this.listen();
    // Another window may know better than this one, unless this is the best there is.
    this.isReady = this.link.speaker === this.state.windows.order[0] || this.state.turn === "done" || this.state.mode === "measure";
    this.draw();
    window.setTimeout(() => {
      this.isReady = true;
      this.draw();
    }, LISTEN);
    window.setInterval(() => this.point(), WATCH);
    window.setInterval(() => this.tick(), SECOND);
  }

  build() {
    this.root = this.attachShadow({ mode: "open" });
    this.root.adoptedStyleSheets = [sheet];
    this.voice = new Voice(this.root);
    this.pointing = new Pointing(this.root, (text) => this.voice.say(text));
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
  }

  listen() {
    for (const event of ["input", "change", "scroll", "resize"]) {
      window.addEventListener(event, () => this.soon(), { capture: true, passive: true });
    }
    document.addEventListener("click", (event) => clicked(this, event), true);
    document.addEventListener("keydown", (event) => keyed(this, event));
  }

  draw() {
    if (!this.isConnected || !this.link) return;
    const { state } = this;
    this.pause.show(this.link.isOver ? null : state.pulse.paused);
    if (!this.isReady && !this.link.isOver) return;
    const view = viewOf(this);
    this.dock.draw(view);
    this.voice.tell(state.practice, [...view.news, ...view.boxes], view.step);
    this.point();
    this.dock.drawClock(state.pulse.left ?? 0);
    if (state.mode === "show" && view.step && !state.pulse.paused) this.acting.play();
  }

  // The page itself, as it stands at this moment.
  point() {
    const { step, view } = this.dock;
    if (!view) return;
    if (step) {
      const { boxes, mode } = this.state;
      const isActing = this.acting.isAtWork || mode === "show";
      const listed = this.pointing.show(step, { faults: boxes.flatMap((box) => box.faults), warns: mode === "learn", isActing });
      this.dock.drawValues(listed);
    } else this.pointing.clear();
    if (document.querySelector(".keyboard")) this.dock.open(false);
    this.dock.drawPeek(this.pointing.place);
  }

  get target() { return this.pointing.target; }

  copier(row) {
    const button = press(words.COPY, "copy-value", () => {
      const shown = button.parentElement.querySelector(".of");
      copy(row.value, button, shown, this.target, (text) => this.voice.say(text));
    }, { "aria-label": words.copyOf(row.word) });
    return button;
  }

  // What only a person can do, or has to look at: said until the click is made or the step is another one.
  ask(box) {
    this.asked = box;
    this.draw();
  }

  forgetAsked() {
    this.asked = null;
    window.setTimeout(() => this.draw(), WATCH);
  }

  // 操作を続ける, 次の手順へ進む: the box with this key has been read.
  putAway(key) {
    if (this.isSubmitting) this.askToSubmit(false);
    else this.putAside.add(key);
    this.draw();
  }

  // 提出する asks first, elsewhere than it stood; for a moment neither answer can be clicked, by a second click say.
  askToSubmit(yes) {
    const wasAsking = this.isSubmitting;
    this.isSubmitting = yes && this.state.test !== null;
    this.draw();
    if (wasAsking && !yes) this.dock.panel.querySelector("[data-name=submit]")?.focus();
    if (!this.isSubmitting) return;
    const buttons = [...this.dock.panel.querySelectorAll("[data-state=submit] button")];
    for (const button of buttons) button.disabled = true;
    window.setTimeout(() => {
      for (const button of buttons) button.disabled = false;
      buttons[0]?.focus();
    }, INERT);
  }

  tick() {
    const { pulse, test, practice } = this.state;
    if (!test || pulse.left === null || pulse.paused || this.link.isOver) return;
    pulse.left = Math.max(0, pulse.left - 1);
    this.dock.drawClock(pulse.left);
    if (pulse.left <= LAST_MINUTE) this.voice.once(`${practice} minute`, test.last_minute);
    if (pulse.left === 0 && !this.isTimeUp) {
      this.isTimeUp = true;
      this.link.refresh();
    }
  }
}

customElements.define("densai-coach", Coach);

// What the coach says to those who hear: one polite live region.

import { made } from "./dom.js";

const SAID = "densai-said";
const KEPT = 50;

export class Voice {
  constructor(root) {
    this.live = made("p", { class: "unseen", role: "status", "aria-live": "polite" });
    root.append(this.live);
    this.step = "";
  }

  say(text) { if (this.live.textContent !== text) this.live.textContent = text; }

  // Say something once in this window, over all its pages.
  once(key, text) {
    const said = JSON.parse(sessionStorage.getItem(SAID) || "[]");
    if (said.includes(key)) return;
    sessionStorage.setItem(SAID, JSON.stringify([...said, key].slice(-KEPT)));
    this.say(text);
  }

  // Say what is new of the boxes and the step that are shown.
  tell(practice, boxes, step) {
    const sentence = step?.shown.sentence ? `${step.heading}${step.label}${step.sentence}` : "";
    if (sentence && sentence !== this.step) this.say(sentence);
    this.step = sentence;
    for (const box of boxes) this.once(`${practice} ${box.id} ${box.key}`, [box.title, ...box.lines].join("　"));
  }
}

// What the coach says to those who hear: one polite live region.

import { made } from "./dom.js";
import { keep, kept } from "./keeping.js";

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
  once(key, text) { this.tellNew(new Map([[key, text]])); }

  // Say what is new of the boxes and the step that are shown.
  tell(practice, boxes, step) {
    const sentence = step?.shown.sentence ? `${step.heading}${step.label}${step.sentence}` : "";
    const news = new Map(boxes.map((box) => [`${practice} ${box.id} ${box.key}`, [box.title, ...box.lines].join("　")]));
    this.tellNew(news, sentence === this.step ? "" : sentence);
    this.step = sentence;
  }

  tellNew(news, sentence = "") {
    const said = JSON.parse(kept("sessionStorage", SAID) || "[]");
    const fresh = [...news.keys()].filter((key) => !said.includes(key));
    if (fresh.length) keep("sessionStorage", SAID, JSON.stringify([...said, ...fresh].slice(-KEPT)));
    const text = [...fresh.map((key) => news.get(key)), sentence].filter(Boolean).join("　");
    if (text) this.say(text);
  }
}

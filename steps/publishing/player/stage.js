// The windows of the bank as they stood: a pile with title bars, of which the front one is alive, in a frame of its own.

import { made, press } from "./dom.js";
import * as phrases from "./phrases.js";

const STYLES = ["bank.css", "screen.css"];
const PROBE = "densai-probe";
const escaped = (text) => text.replace(/&/gu, "&amp;").replace(/</gu, "&lt;");

export class Stage {
  // question: { kind, ok, cancel }, the words around a dialog of the browser's own.
  constructor(place, question) {
    this.question = question;
    this.behind = made("ol", { class: "behind", "aria-label": phrases.BEHIND });
    this.bar = made("p", { class: "bar" });
    this.room = made("div", { class: "room" });
    this.front = made("section", { class: "window" }, this.bar, this.room);
    this.strip = press("", "strip", () => this.follow(), { class: "strip", hidden: true });
    place.append(this.behind, this.front, this.strip);
    this.sandbox = "allow-same-origin";
  }

  // Show a state of a window, and return its document once it is there with its styles.
  async show({ title, page, behind, question }, isInert) {
    const text = `<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>${escaped(title)}</title>${
      STYLES.map((name) => `<link rel="stylesheet" href="${name}">`).join("")}</head>${page}</html>`;
    const before = this.frame;
    const scrolled = before && before.title === title ? before.contentWindow.scrollY : 0;
    this.frame = await this.framed(title, text);
    const shown = this.frame.contentDocument;
    this.frame.inert = isInert || question !== "";
    before?.remove();
    this.room.querySelector(".question")?.remove();
    this.bar.textContent = title;
    this.behind.replaceChildren(...behind.map((name) => made("li", { class: "bar" }, name)));
    for (const dialog of shown.querySelectorAll("dialog[open]")) {
      dialog.removeAttribute("open"); // one that was kept open is not modal
      dialog.showModal();
    }
    this.frame.contentWindow.scrollTo(0, scrolled);
    return shown;
  }

  async framed(title, text) {
    const frame = made("iframe", { title, sandbox: this.sandbox, class: "coming" });
    const isThere = new Promise((resolve) => { frame.addEventListener("load", resolve, { once: true }); });
    frame.srcdoc = text;
    this.room.append(frame);
    await isThere;
    if (!this.hears(frame.contentDocument) && !this.sandbox.includes("scripts")) {
      // A browser that lets nobody listen in a frame without scripts; the page's policy keeps those out anyway.
      this.sandbox += " allow-scripts";
      frame.remove();
      return this.framed(title, text);
    }
    frame.classList.remove("coming");
    return frame;
  }

  hears(page) {
    let heard = false;
    page.addEventListener(PROBE, () => { heard = true; });
    page.dispatchEvent(new Event(PROBE));
    return heard;
  }

  // Ask what the browser itself asked, and return the button with this label. answered: called with a button's label.
  ask(message, label, answered) {
    const { kind, ok, cancel } = this.question;
    const buttons = [ok, cancel].map((each) => press(each, each, () => answered(each)));
    const box = made("div", { class: "question", role: "alertdialog", "aria-label": phrases.QUESTION, "aria-describedby": "question-words" },
      made("p", { class: "kind" }, kind), made("p", { id: "question-words" }, message), made("p", { class: "buttons" }, ...buttons));
    this.room.append(box);
    this.answer = buttons.find(({ textContent }) => textContent === label);
    return this.answer;
  }

  // Say where the due thing is while it is out of view. follow: leads there; none for somebody who looks on.
  point({ hidden, textContent }, follow) {
    this.follow = follow;
    this.strip.hidden = hidden || !follow;
    if (this.strip.textContent !== textContent) this.strip.textContent = textContent;
  }
}

// Return the element at a place: which child of which child of <html>.
export const at = (page, path) => path.reduce((thing, place) => thing?.children[place], page.documentElement);

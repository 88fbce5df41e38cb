// 体験版: the captured windows of the bank, in which the procedures can be watched and done without any server.

import { copy } from "./copy.js";
import { Dock } from "./dock.js";
import { made, press } from "./dom.js";
import { Play } from "./play.js";
import { Record } from "./record.js";
import { Stage } from "./stage.js";
import { startOf } from "./start.js";
import { dress } from "./style.js";
import { Voice } from "./voice.js";
import * as words from "./words.js";

const book = window.densaiBook;
const record = new Record(book);
const place = document.getElementById("place");
let play = null;

// The first page.
function choose() {
  play?.end();
  play = null;
  document.querySelector("densai-coach")?.remove();
  document.body.classList.remove("playing");
  document.title = book.pageTitle;
  place.replaceChildren(...startOf({ book, record, begin }));
  place.className = "";
}

// Begin a procedure, or go on with one; without a mode it is the first page.
function begin(mode, lesson, at = 0) {
  if (!mode) {
    choose();
    return;
  }
  play?.end();
  document.querySelector("densai-coach")?.remove();
  if (!at) record.begin(mode, lesson);
  place.className = "stage";
  place.replaceChildren(made("h1", { class: "unseen" }, `${book.lessons[lesson].title}　${book.modes[mode].name}`));
  document.title = `${book.lessons[lesson].title}｜${book.pageTitle}`;
  const host = made("densai-coach");
  host.attachShadow({ mode: "open" });
  document.body.append(host);
  dress(host);
  const root = host.shadowRoot;
  const voice = new Voice(root);
  const dock = new Dock(root, "demo", dockDoes(voice));
  dock.focusBox = () => dock.panel.querySelector(".c-box button")?.focus();
  play = new Play({ book, record, root, voice, dock, stage: new Stage(place, book.texts.question), leave: choose, go: begin }, mode, lesson, at);
}

function dockDoes(voice) {
  return {
    use: (told) => play.drawn(told),
    manual: () => made("span"),
    copier: (row) => {
      const button = press(words.COPY, "copy-value", () => {
        copy(row.value, button, button.parentElement.querySelector(".of"), play.pointing.target, (text) => voice.say(text));
      }, { "aria-label": words.copyOf(row.word) });
      return button;
    },
    toField: () => play.pointing.follow(),
    redraw: () => play.draw(),
    hold: () => play.showing.hold(),
    one: () => play.showing.one(),
    faster: () => play.showing.faster(),
  };
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "F6" || !play) return;
  event.preventDefault();
  play.stage.frame.contentWindow.focus();
});
document.addEventListener("click", (event) => {
  const link = event.composedPath()[0];
  if (link.dataset?.name !== "home-page") return;
  event.preventDefault();
  play.passed();
});
choose();

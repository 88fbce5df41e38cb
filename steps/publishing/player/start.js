// The first page: what to practise, how far one has got, and how.

import { made, press } from "./dom.js";
import * as phrases from "./phrases.js";
import { BEGUN } from "./record.js";

// Return the page. begin: called with (mode, lesson, at).
export function startOf({ book, record, begin }) {
  const { now } = record;
  const resume = now ? made("p", {}, press(phrases.GO_ON, "resume", () => begin(now.mode, now.lesson, now.at), { class: "main" }),
    ` ${book.lessons[now.lesson].title}　${now.at + 1}／${book.lessons[now.lesson].scenes.length}　${book.modes[now.mode].name}`) : null;
  const clear = record.levels.some((level) => level >= BEGUN) ? made("p", {}, press(phrases.RESTART, "clear", () => {
    record.clear();
    record.write();
    begin(null);
  })) : null;
  return [
    made("h1", {}, book.title),
    made("p", {}, book.notice),
    made("p", {}, book.guide),
    resume,
    ...book.chapters.map((chapter) => chapterOf(chapter, book, record, begin)),
    clear,
  ].filter(Boolean);
}

function chapterOf({ title, lessons }, book, record, begin) {
  return made("section", {}, made("h2", {}, title), made("ul", { class: "lessons" }, ...lessons.map((lesson) => {
    const { title: name } = book.lessons[lesson];
    const level = record.levels[lesson];
    const buttons = Object.entries(book.modes).map(([mode, { button }]) =>
      press(button, `${mode} ${lesson}`, () => begin(mode, lesson, 0), { class: mode === "learn" ? "main" : null, "aria-label": `${name}　${button}` }));
    return made("li", {}, made("b", {}, name), made("span", { class: `state state-${level}` }, book.levels[level]), made("span", { class: "ways" }, ...buttons));
  })));
}

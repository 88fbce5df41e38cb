// What has been done so far, kept as a short text: by the browser, or by the learning platform that shows this page.

import { keep, kept } from "./keeping.js";

const NEVER = 0, SEEN = 2, LEARNT = 3; // of book.levels
export const BEGUN = 1;
const EARNS = { show: SEEN, learn: LEARNT };
const MOST = 9;

const browser = (hash) => ({
  read: () => kept("localStorage", `densai-demo-${hash}`) || "",
  write: (text) => keep("localStorage", `densai-demo-${hash}`, text),
  tell: () => {},
});

export class Record {
  // levels: of each lesson; mistakes: at each scene; now: what is being practised, { mode, lesson, at } or null.
  constructor(book) {
    this.book = book;
    this.keeper = window.densaiKeeper || browser(book.hash);
    this.clear();
    this.read(this.keeper.read());
  }

  clear() {
    this.levels = this.book.lessons.map(() => NEVER);
    this.mistakes = this.book.scenes.map(() => 0);
    this.now = null;
  }

  // Take over what was kept; what another book has kept says nothing of this one.
  read(text) {
    try {
      const { h, d, e, c } = JSON.parse(text);
      if (h !== this.book.hash || d.length !== this.levels.length || e.length !== this.mistakes.length) return;
      [this.levels, this.mistakes] = [[...d].map(Number), [...e].map(Number)];
      this.now = c && this.book.lessons[c[1]]?.scenes[c[2]] !== undefined ? { mode: c[0], lesson: c[1], at: c[2] } : null;
    } catch (error) {
      // Nothing was kept, or something else.
    }
  }

  write() {
    const { mode, lesson, at } = this.now || {};
    const state = { h: this.book.hash, d: this.levels.join(""), e: this.mistakes.join(""), c: this.now ? [mode, lesson, at] : null };
    this.keeper.write(JSON.stringify(state));
  }

  begin(mode, lesson) {
    if (mode === "learn") for (const scene of this.book.lessons[lesson].scenes) this.mistakes[scene] = 0;
    this.levels[lesson] = Math.max(this.levels[lesson], BEGUN);
    this.go(mode, lesson, 0);
  }

  go(mode, lesson, at) {
    this.now = { mode, lesson, at };
    this.write();
  }

  miss(scene) {
    this.mistakes[scene] = Math.min(MOST, this.mistakes[scene] + 1);
    this.write();
  }

  missed(lesson) { return this.book.lessons[lesson].scenes.reduce((sum, scene) => sum + this.mistakes[scene], 0); }

  end(mode, lesson) {
    this.levels[lesson] = Math.max(this.levels[lesson], EARNS[mode]);
    this.now = null;
    this.write();
    const least = Math.min(...this.listed.map((each) => this.levels[each]));
    if (least >= SEEN) this.keeper.tell({ isPassed: least >= LEARNT, score: this.score });
  }

  // The procedures that the first page lists; one that is done twice stands there once.
  get listed() { return this.book.chapters.flatMap(({ lessons }) => lessons); }

  // How many of a hundred steps were done without a mistake.
  get score() {
    const scenes = this.listed.flatMap((lesson) => this.book.lessons[lesson].scenes);
    return Math.round((100 * scenes.filter((scene) => !this.mistakes[scene]).length) / scenes.length);
  }
}

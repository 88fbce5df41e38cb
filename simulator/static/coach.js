// The coach: one component on the pages of the bank's windows while a course is practised. The server says which
// step is due on this page; here it is shown, pointed at and, where it is wanted, done. Everything of it is in a
// shadow root. It finds things by the words that a person reads, as the tests do.
"use strict";

const EDGE = 12; // pixels between the panel and the window's edge, as in coach.css
const fold = (text) => (text || "").normalize("NFKC").replace(/\s+/gu, "");
const visible = (thing) => thing.checkVisibility({ visibilityProperty: true }) && thing.getBoundingClientRect().width > 0;
const all = (selector, within = document) => [...within.querySelectorAll(selector)].filter(visible);
const PRESSABLE = {
  button: "button, input[type=submit], input[type=button], input[type=image], [role=button]",
  tab: "[role=tab]",
  link: "a[href]:not([role])",
};
const OVER = "セッション終了";
const SPEEDS = { slow: 2, normal: 1, fast: 0.4 };
const LISTEN = 150, WATCH = 250, AFTER_GONE = 400, LEADS_ON = 3000;

// Finding ----------------------------------------------------------------------------------------

function named(thing) {
  return fold(thing.getAttribute("aria-label") || thing.value || thing.alt || thing.textContent);
}

function rowOf(words) {
  const wanted = fold(words);
  return all("tr").find((row) => [...row.cells].some((cell) =>
    fold(cell.textContent) === wanted || (cell.tagName === "TH" && fold(cell.textContent).includes(wanted))));
}

function fieldOf(action) {
  const names = action.names.map(fold);
  const again = names.flatMap((name) => [`${name}(再入力)`]);
  const label = all("label").find((one) => {
    const text = fold(one.textContent);
    if (!action.again) return names.includes(text);
    return again.includes(text) || names.some((name) => text.startsWith("確認のため") && text.includes(`「${name}」`));
  });
  return label ? label.control : null;
}

function pressable(action) {
  const open = document.querySelector("dialog[open]");
  let within = open || document;
  if (action.row.length) within = rowOf(action.row[0]);
  else if (action.field) within = fieldOf({ names: [action.field] })?.closest("[role=group]");
  if (!within) return null;
  return all(PRESSABLE[action.kind], within).find((thing) => named(thing) === fold(action.label)) || null;
}

function boxesOf(action) {
  if (action.all) return all("input[type=checkbox]").filter((box) => !box.dataset.all || box.checked === false);
  return action.boxes.map(([thing, label]) => {
    if (fold(thing) === fold("口座")) {
      return all("input[type=checkbox][aria-label]").find((box) => named(box).includes(fold(label)));
    }
    const row = rowOf(thing);
    return row && all("label", row).find((one) => fold(one.textContent) === fold(label))?.control;
  }).filter(Boolean);
}

function linkOf(action) {
  const names = action.names.map(fold);
  return all(PRESSABLE.link).find((link) => names.includes(named(link)))
    || (action.about ? all(PRESSABLE.link).find((link) => named(link).includes(fold(action.about))) : null) || null;
}

// What an action still needs on this page: the thing to use next, or null when nothing is left of it.
function targetOf(action) {
  switch (action.do) {
    case "press": return pressable(action);
    case "show": return linkOf(action);
    case "close": return pressable({ kind: "button", label: "閉じる", row: [], field: "" });
    case "fill": {
      const field = fieldOf(action);
      // A refused form keeps what was typed, but for passwords: a wrong value is pointed at until it is right.
      const isLeft = field && (field.value === "" || (field.type === "text" && action.value && field.value !== action.value));
      return isLeft ? field : null;
    }
    case "tick": {
      const wanted = boxesOf(action);
      const others = action.all ? [] : all("input[type=checkbox]:not([data-all])").filter((box) => !wanted.includes(box));
      return wanted.find((box) => !box.checked) || others.find((box) => box.checked) || null;
    }
    default: return null;
  }
}

// Opening a window takes the person's own click: no script may.
function needsPerson(thing) {
  const opener = thing.closest("[data-popup]");
  return Boolean(opener && window.name !== opener.target);
}

// The component ----------------------------------------------------------------------------------

class Coach extends HTMLElement {
  connectedCallback() {
    this.state = JSON.parse(this.dataset.state);
    // No crypto.randomUUID: a plain http address on a LAN is no secure context, and browsers leave it out there.
    this.id_ = [...crypto.getRandomValues(new Uint32Array(4))].join("-");
    this.screen = document.querySelector("h1")?.textContent.trim() || "";
    this.others = new Map();
    this.told = {};
    this.unlocked = "";
    this.playing = null;
    this.root = this.attachShadow({ mode: "open" });
    this.build();
    this.channel = new BroadcastChannel(`densai-${this.state.seat}`);
    this.channel.addEventListener("message", (event) => this.hear(event.data));
    this.say("here");
    this.say("who");
    window.addEventListener("pagehide", () => this.leave());
    window.addEventListener("focus", () => { if (this.stale) this.refresh(); });
    window.addEventListener("pageshow", (event) => { if (event.persisted) this.refresh(); });
    for (const event of ["input", "change", "scroll", "resize"]) {
      window.addEventListener(event, () => this.point(), { capture: true, passive: true });
    }
    document.addEventListener("click", (event) => this.clicked(event), true);
    this.watch = window.setInterval(() => this.point(), WATCH);
    this.listening = window.setTimeout(() => { this.ready = true; this.show(); }, LISTEN);
    this.heard = performance.now();
    this.asking = window.setTimeout(() => this.ask(), this.state.every);
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.ask(true); });
    window.setInterval(() => this.tick(), 1000);
  }

  // Words with the other windows and the server ---------------------------------------------------

  say(type, more = {}) {
    const { turn, place, position, practice } = this.state;
    this.channel.postMessage({ type, id: this.id_, window: this.window, screen: this.screen, turn, place, position, practice, ...more });
  }

  hear(told) {
    if (told.id === this.id_) return;
    if (told.type === "gone") this.others.delete(told.id);
    else if (told.screen !== undefined) this.others.set(told.id, told);
    if (told.type === "who") this.say("here");
    if (told.type === "pulse") {
      this.heard = performance.now();
      if (told.pulse) this.take(told.pulse);
    }
    if (told.type === "speed") this.showControls();
    // A page that goes is mostly followed by the next one in its window, which tells how far things are.
    if (told.type === "here") window.clearTimeout(this.gone);
    if (told.type === "gone") this.gone = window.setTimeout(() => this.refresh(), AFTER_GONE);
    else if (told.type === "here" && this.isBehind(told)) this.refresh();
    else if (this.ready) this.show();
  }

  // Whether this window has to ask anew after another has come to a page. Where the due step is done over there,
  // it is enough to know that; this one asks when somebody turns to it.
  isBehind(told) {
    this.stale ||= told.position !== this.state.position;
    if (!this.stale || told.turn !== "item" || told.place !== told.position || document.hasFocus()) return this.stale;
    this.state.position = told.position;
    return false;
  }

  leave() {
    const item = this.state.item;
    const closes = item && this.state.turn === "item" && item.unseen
      && item.actions.some((action) => action.do === "close" || action.only_if_shown);
    if (closes && this.isOver) navigator.sendBeacon(this.state.urls.passed, this.form({ key: item.key }));
    this.say("gone");
  }

  // A page that is closed, not left for another one of the bank: nothing was pressed that leads on.
  get isOver() { return fold(this.screen) === fold("ログアウト"); }

  form(values) {
    return new URLSearchParams({ csrf: this.state.csrf, screen: this.screen, login: this.state.login, ...values });
  }

  async call(address, values, again = true) {
    try {
      const answer = await fetch(address, values ? { method: "POST", body: this.form(values) } : {});
      if (answer.status === 409 && values && again) return this.withNewToken(address, values);
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      return await answer.json();
    } catch (error) {
      this.fail(error);
      return null;
    }
  }

  // The cookie of the form's token may have been given anew: by a link from a mail, say.
  async withNewToken(address, values) {
    const state = await this.call(`${this.state.urls.state}?${new URLSearchParams({ screen: this.screen, login: this.state.login })}`);
    if (!state) return null;
    this.state.csrf = state.csrf;
    return this.call(address, values, false);
  }

  fail(error) {
    if (!["403", "404", "409"].includes(error.message)) return; // the server is away for a moment
    const words = "この練習は終了しています。わたしの訓練から、次の練習を始めてください。";
    this.part("body").replaceChildren(this.line("p", words), this.home("わたしの訓練に戻る"));
    this.announce(words);
    this.veil.close();
    this.marker.hidden = true;
    this.stopped = true;
  }

  async refresh() {
    if (this.stopped) return;
    this.stale = false;
    const query = new URLSearchParams({ screen: this.screen, login: this.state.login });
    this.accept(await this.call(`${this.state.urls.state}?${query}`));
  }

  async post(name, values = {}) { this.accept(await this.call(this.state.urls[name], values)); }

  accept(state) {
    if (!state) return;
    if (state.practice !== this.state.practice) { this.fail(new Error("404")); return; }
    const news = ["turn", "place", "position"].some((name) => state[name] !== this.state[name]);
    this.state = state;
    if (news) this.say("here");
    this.show();
  }

  // One of the windows that can be seen asks; what it hears, or that there is nothing new, it tells the others.
  async ask(atOnce = false) {
    window.clearTimeout(this.asking);
    this.asking = window.setTimeout(() => this.ask(), this.state.every);
    if (this.stopped || document.hidden) return;
    if (!atOnce && !document.hasFocus() && performance.now() - this.heard < this.state.every) return;
    try {
      const answer = await fetch(this.state.urls.pulse, { headers: this.known ? { "If-None-Match": this.known } : {} });
      if (answer.status !== 304 && (!answer.ok || answer.redirected)) throw new Error(String(answer.status));
      this.known = answer.headers.get("ETag") || this.known;
      const pulse = answer.status === 304 ? null : await answer.json();
      if (pulse) this.take(pulse);
      this.say("pulse", { pulse });
    } catch (error) {
      this.fail(error);
    }
  }

  take(pulse) {
    if (this.stopped) return;
    if (pulse.practice !== this.state.practice || pulse.outcome === "stopped") { this.fail(new Error("404")); return; }
    const moved = ["position", "outcome", "asked_desk", "released_at"].some((name) => pulse[name] !== this.state[name]);
    if (pulse.released_at !== this.state.released_at) this.unlocked = pulse.released;
    Object.assign(this.state, pulse);
    if (moved) this.refresh();
    else this.show();
  }

  // The panel ------------------------------------------------------------------------------------

  build() {
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = document.querySelector("script[src*='coach.js']").src.replace("coach.js", "coach.css");
    this.panel = this.made("section", "panel", { role: "region", "aria-label": "訓練の案内" });
    this.panel.dataset.corner = sessionStorage.getItem("densai-corner") || "br";
    this.panel.dataset.size = "full";
    const bar = this.made("div", "bar");
    const handle = this.press("訓練の案内", () => {}, "handle");
    handle.setAttribute("aria-label", "訓練の案内（矢印キーで移動できます）");
    handle.addEventListener("keydown", (event) => this.move(event));
    handle.addEventListener("pointerdown", (event) => this.drag(event));
    this.fold = this.press("たたむ", () => this.collapse(!this.collapsed), "fold");
    bar.append(handle, this.made("span", "count"), this.fold);
    this.panel.append(bar, this.made("div", "body"), this.made("div", "controls"));
    this.live = this.made("p", "live", { role: "status", "aria-live": "polite" });
    this.marker = this.made("div", "marker", { "aria-hidden": "true" });
    this.pointer = this.made("div", "pointer", { "aria-hidden": "true" });
    this.marker.hidden = this.pointer.hidden = true;
    this.veil = this.made("dialog", "veil");
    this.veil.append(this.line("p", "講師が一時停止しています。再開されるまで、そのままお待ちください。入力した内容は残っています。"));
    this.veil.addEventListener("cancel", (event) => event.preventDefault());
    this.root.append(style, this.marker, this.pointer, this.panel, this.live, this.veil);
    new ResizeObserver(() => this.makeRoom()).observe(this.panel);
    this.panel.addEventListener("keydown", (event) => { if (event.key === "Escape") this.collapse(true); });
    this.collapse(sessionStorage.getItem("densai-collapsed") === "yes");
  }

  made(tag, part, attributes = {}) {
    const thing = document.createElement(tag);
    thing.className = part;
    for (const [name, value] of Object.entries(attributes)) thing.setAttribute(name, value);
    return thing;
  }

  part(name) { return this.root.querySelector(`.${name}`); }

  line(tag, text, part = "") {
    const made = this.made(tag, part);
    made.textContent = text;
    return made;
  }

  press(text, act, part = "") {
    const made = this.line("button", text, part);
    made.type = "button";
    made.dataset.name = text; // by which the focus is found again when the panel is drawn anew
    made.addEventListener("click", act);
    return made;
  }

  // Room below the page, so that whatever stands at its end can be scrolled out from under the panel. It never
  // becomes less, or the page would move under the hand.
  makeRoom() {
    this.room = Math.max(this.room || 0, this.panel.offsetHeight + 2 * EDGE);
    this.style.height = `${this.room}px`;
  }

  collapse(yes) {
    this.collapsed = yes;
    this.panel.classList.toggle("collapsed", yes);
    this.fold.textContent = yes ? "ひらく" : "たたむ";
    this.fold.setAttribute("aria-expanded", String(!yes));
    sessionStorage.setItem("densai-collapsed", yes ? "yes" : "no");
  }

  place(corner) {
    this.panel.dataset.corner = corner;
    sessionStorage.setItem("densai-corner", corner);
  }

  move(event) {
    const [vertical, horizontal] = this.panel.dataset.corner;
    const to = { ArrowUp: `t${horizontal}`, ArrowDown: `b${horizontal}`, ArrowLeft: `${vertical}l`, ArrowRight: `${vertical}r` }[event.key];
    if (!to) return;
    event.preventDefault();
    this.place(to);
    this.point();
  }

  drag(event) {
    const stop = (up) => {
      const far = Math.hypot(up.clientX - event.clientX, up.clientY - event.clientY);
      if (far < 30) return;
      this.place((up.clientY < window.innerHeight / 2 ? "t" : "b") + (up.clientX < window.innerWidth / 2 ? "l" : "r"));
      this.point();
    };
    window.addEventListener("pointerup", stop, { once: true });
  }

  // What is said ----------------------------------------------------------------------------------

  // Of several windows the one speaks that is nearest to the step that is due; of those on the way to it, the last.
  get mine() {
    const { turn, position } = this.state;
    const others = [...this.others.values()].filter((one) => one.practice === this.state.practice);
    const far = (one) => (one.place < position ? 1000 + position - one.place : one.place - position);
    if (turn === "item") return !others.some((one) => one.turn === "item" && far(one) < far(this.state));
    // A window whose session is over leads on only where no other does.
    const rank = (one) => (fold(one.screen) === OVER ? "" : one.window);
    const later = (one) => one.turn === "item" || (one.turn === "prep" && rank(one) > rank(this));
    return turn === "prep" && !others.some(later);
  }

  get window() { return window.name.slice(-2); }

  show() {
    if (this.stopped || !this.ready) return;
    const { state } = this;
    if (state.paused !== this.veil.open) { if (state.paused) this.veil.showModal(); else this.veil.close(); }
    const body = this.part("body");
    const focused = this.root.activeElement?.dataset.name;
    this.part("count").textContent = state.mode === "measure" ? "" : `${Math.min(state.position + 1, state.total)}／${state.total}`;
    const parts = [this.line("p", state.course, "course"), ...this.messages()];
    if (state.task) parts.push(this.line("p", state.task, "task"));
    if (state.mode === "measure") parts.push(...this.measured());
    else if (state.turn === "done" || state.finished) parts.push(...this.done());
    else parts.push(...this.guided());
    body.replaceChildren(...parts);
    this.showControls();
    if (focused) this.root.querySelector(`[data-name="${focused}"]`)?.focus();
    this.point();
    if (state.mode === "show" && !state.paused) this.play();
  }

  messages() {
    const { message, own_message: own, name } = this.state;
    const parts = [];
    if (message) parts.push(this.message("class", message, "全員へ"));
    if (own) parts.push(this.message("me", own, `${name}さんへ`));
    if (this.unlocked) {
      const words = `ロックが解除されました（${this.unlocked}）`;
      this.announce(words);
      const box = this.made("div", "message");
      box.append(this.line("strong", words), this.line("p", "間違いの回数は0回に戻りました。パスワードをもう一度入力します。"),
        this.press("閉じる", () => { this.unlocked = ""; this.show(); }));
      parts.push(box);
    }
    return parts;
  }

  message(to, { number, text }, whom) {
    const words = `講師から（${whom}）`;
    if (this.told[to] !== number) this.announce(`${words}　${text}`);
    this.told[to] = number;
    const box = this.made("div", "message");
    box.append(this.line("strong", words), this.line("p", text), this.press("読みました", () => {
      Object.assign(this.state, { [to === "class" ? "message" : "own_message"]: null });
      this.show();
      fetch(this.state.urls.read, { method: "POST", body: this.form({ to, number }), redirect: "manual" });
    }));
    return box;
  }

  announce(text) { if (this.live.textContent !== text) this.live.textContent = text; }

  done() {
    const words = this.state.outcome === "passed" ? "自分の力で、最後までできました。" : "最後まで終わりました。";
    this.announce(words);
    return [this.line("p", words, "step"), this.home("わたしの訓練に戻る")];
  }

  home(text) {
    const link = this.line("a", text, "home");
    link.href = this.state.urls.home;
    link.dataset.name = "home";
    if (!window.name.endsWith("-a") && window.opener) link.target = `densai-${this.state.seat}-a`;
    return link;
  }

  measured() {
    const { state } = this;
    if (state.outcome) {
      const words = { passed: "合格です。", failed: "不合格です。結果を「わたしの訓練」でご確認ください。" }[state.outcome] || "終わりました。";
      this.announce(words);
      return [this.line("p", words, "step"), this.home("結果を見る")];
    }
    const parts = [this.line("p", this.clock(), "clock"), ...this.outsides()];
    if (this.submitting) {
      parts.push(this.line("p", "提出すると、いまの状態で判定します。よろしいですか？"),
        this.press("提出する", () => this.post("submit")), this.press("続ける", () => { this.submitting = false; this.show(); }));
    } else parts.push(this.press("提出する", () => { this.submitting = true; this.show(); }, "submit"));
    return parts;
  }

  clock() {
    const left = this.state.left ?? 0;
    return `残り時間　${Math.floor(left / 60)}分${String(left % 60).padStart(2, "0")}秒`;
  }

  tick() {
    if (this.state.mode !== "measure" || this.state.left === null || this.state.paused || this.state.outcome) return;
    this.state.left = Math.max(0, this.state.left - 1);
    const clock = this.part("clock");
    if (clock) clock.textContent = this.clock();
    if (this.state.left === 0) this.post("submit");
  }

  outsides() {
    const waiting = () => this.line("p", "窓口に申し出ました。解除されるまでお待ちください。", "note");
    return this.state.outside.map(({ what, label }) => what === "desk" && this.state.asked_desk ? waiting() : this.named(this.press(label, () => this.post("outside", { what }), "outside"), what));
  }

  named(thing, name) { thing.dataset.name = name; return thing; }

  guided() {
    const { state } = this;
    const { item, mode, help } = state;
    const parts = [];
    if (!item || state.turn === "off") {
      parts.push(this.line("p", state.elsewhere ? `いまの手順は「${state.elsewhere}」画面で操作します。` : "この画面では操作しません。", "note"));
      return [...parts, this.home("わたしの訓練")];
    }
    if (!this.mine) return [...parts, this.line("p", "ほかのウィンドウで操作します。", "note"), this.home("わたしの訓練")];
    const level = mode === "try" ? help : mode === "learn" ? Math.max(2, help) : 2;
    if (level >= 1) parts.push(...this.sentence(item));
    if (level >= 2) parts.push(...this.details(item));
    if (mode === "learn" && help >= 1 && state.mistake) parts.unshift(this.mistaken());
    if (this.asked && this.asked.key === item.key) parts.push(this.line("p", this.asked.words, "person"));
    if (mode !== "show") parts.push(...this.helps());
    if (state.locked || item.actions.some((action) => action.do === "outside")) parts.push(...this.outsides());
    if (level >= 2) parts.push(...item.why.map((text) => this.line("p", text, "why")));
    return [...parts, this.home("わたしの訓練")];
  }

  sentence(item) {
    const step = this.made("div", "step");
    if (this.state.turn === "prep") step.append(this.line("p", `準備（「${this.state.elsewhere}」画面へ）`, "note"));
    step.append(this.line("p", item.label, "label"), this.line("p", item.sentence, "sentence"));
    if (item.rows.length) {
      const list = this.made("ul", "rows");
      list.append(...item.rows.map((row) => this.line("li", row[1]?.startsWith("※") ? row.join("　") : row[0])));
      step.append(list);
    }
    if (item.next) step.append(this.line("p", `続けて　${item.next.label}${item.next.sentence}`, "note"));
    this.announce(`${item.label}${item.sentence}`);
    return [step];
  }

  details(item) {
    const parts = [this.line("p", `操作する人　${item.who}`, "note")];
    const fills = item.actions.filter((action) => action.do === "fill" && !action.again && action.value);
    if (fills.length) {
      const list = this.made("dl", "values");
      for (const fill of fills) list.append(this.line("dt", fill.word), this.line("dd", fill.value));
      parts.push(list);
    }
    const boxes = item.actions.find((action) => action.do === "tick");
    if (boxes) parts.push(this.line("p", boxes.all ? "すべての業務と口座にチェックを付けます。" : boxes.boxes.map((box) => box.join("の")).join("、"), "note"));
    for (const review of item.actions.filter((action) => action.do === "review")) {
      parts.push(this.line("p", `確認する内容　${review.texts.join("、")}`, "note"));
    }
    if (item.unseen && item.actions.some((action) => action.do === "review") && this.state.mode !== "show") {
      parts.push(this.named(this.press("確認しました", () => this.post("passed", { key: item.key })), "reviewed"));
    }
    const open = item.actions.find((action) => action.do === "open");
    if (open) {
      const link = this.line("a", "当金庫ホームページを開く", "open");
      link.href = open.url;
      parts.push(link);
    }
    return parts;
  }

  mistaken() {
    const box = this.made("div", "mistake");
    const read = document.querySelector(".alert") ? "画面のメッセージをお読みください。" : "次の手順をお読みください。";
    const hints = ["", read, "もう一度、次のとおりに操作してください。", "光っているところを操作してください。", "「代わりに操作します」を押すと、案内が操作します。"];
    box.append(this.line("p", this.state.mistake), this.line("p", hints[this.state.help], "hint"));
    return box;
  }

  helps() {
    const { help, faded, mode } = this.state;
    const parts = [];
    if (mode === "try" && faded) parts.push(this.line("p", "この手順はもう覚えました。", "note"));
    const most = faded ? 1 : 4;
    // 案内つき shows everything already but this last thing.
    if (help >= 4) {
      const press = this.named(this.press("代わりに操作します", () => this.instead(), "instead"), "instead");
      press.disabled = Boolean(this.doing);
      parts.push(press);
    } else if (help < most) {
      const words = mode === "learn" ? "わからないので、代わりに操作してほしい" : "ヘルプ";
      parts.push(this.named(this.press(words, () => this.post("help"), "help"), "help"));
    }
    return parts;
  }

  // Pointing --------------------------------------------------------------------------------------

  get target() {
    const { state } = this;
    if (this.stopped || !state.item || !this.mine || state.mode === "measure") return null;
    const level = state.mode === "try" ? state.help : 3;
    if (level < 3) return null;
    for (const action of state.item.actions) {
      const found = targetOf(action);
      if (found) return found;
    }
    return null;
  }

  point() {
    const target = this.target;
    this.marker.hidden = !target;
    if (!target) {
      this.panel.dataset.size = "full";
      return;
    }
    const box = (target.type === "checkbox" ? target.closest("label") || target : target).getBoundingClientRect();
    const place = { left: box.left - 5, top: box.top - 5, width: box.width + 10, height: box.height + 10 };
    for (const [name, value] of Object.entries(place)) this.marker.style[name] = `${value}px`;
    this.marker.classList.toggle("strong", this.state.help >= 3);
    this.avoid(box);
  }

  // The panel goes to another corner, or becomes smaller, before it stands over what it points at.
  avoid(box) {
    const overlaps = () => {
      const own = this.panel.getBoundingClientRect();
      return own.left < box.right && own.right > box.left && own.top < box.bottom && own.bottom > box.top;
    };
    const own = sessionStorage.getItem("densai-corner") || "br";
    for (const size of ["full", "low", "bar"]) {
      this.panel.dataset.size = size;
      for (const corner of [own, "br", "tr", "bl", "tl"]) {
        this.panel.dataset.corner = corner;
        if (!overlaps()) return;
      }
    }
  }

  clicked(event) {
    if (event.isTrusted && this.asked && event.target !== this) {
      this.asked = null;
      window.setTimeout(() => this.show(), WATCH);
    }
    const item = this.state.item;
    if (!item?.unseen || this.state.turn !== "item" || !this.mine) return;
    const closes = item.actions.some((action) => action.do === "close");
    if (!closes || !event.target.closest?.("button")) return;
    window.setTimeout(() => {
      if (document.querySelector("dialog[open]")) this.post("passed", { key: item.key });
    }, 0);
  }

  // Doing -----------------------------------------------------------------------------------------

  get speed() { return Number(sessionStorage.getItem("densai-speed") || SPEEDS.normal); }

  get isPaused() { return localStorage.getItem(`densai-held-${this.state.seat}`) === "yes"; }

  showControls() {
    const controls = this.part("controls");
    if (this.state.mode !== "show" || this.state.turn === "done") { controls.replaceChildren(); return; }
    if (this.root.activeElement?.classList.contains("speed")) return; // it may be open
    const held = this.isPaused;
    const choice = this.made("select", "speed", { "aria-label": "速さ" });
    for (const [name, words] of [["slow", "ゆっくり"], ["normal", "標準"], ["fast", "速い"]]) {
      const option = this.line("option", words);
      option.value = String(SPEEDS[name]);
      option.selected = this.speed === SPEEDS[name];
      choice.append(option);
    }
    choice.addEventListener("change", () => { sessionStorage.setItem("densai-speed", choice.value); this.say("speed"); });
    const one = this.press("一歩", () => { this.single = true; this.play(); });
    one.disabled = !held;
    controls.replaceChildren(this.named(this.press(held ? "続ける" : "一時停止", () => this.hold(!held), "hold"), "hold"), one, choice);
  }

  hold(yes) {
    localStorage.setItem(`densai-held-${this.state.seat}`, yes ? "yes" : "no");
    this.say("speed");
    this.show();
  }

  wait(ms) { return new Promise((resolve) => { window.setTimeout(resolve, ms * this.speed); }); }

  async play() {
    const { state } = this;
    if (this.playing || !state.item || !this.mine || (this.isPaused && !this.single)) return;
    this.stepping = this.single;
    this.single = false;
    this.playing = `${state.item.key} ${this.screen}`;
    const done = await this.perform(state.item);
    this.playing = null;
    if (done && state.item.unseen) await this.post("passed", { key: state.item.key });
  }

  async instead() {
    if (this.doing) return;
    this.doing = true;
    this.show();
    await this.perform(this.state.item);
    // What was pressed leads to another page, mostly; only a person's turn comes at once.
    if (!this.asked) await new Promise((resolve) => { window.setTimeout(resolve, LEADS_ON); });
    this.doing = false;
    this.show();
  }

  // Does the actions of a step; false when a person or another window has to go on.
  async perform(item) {
    await this.wait(900);
    for (const action of item.actions) {
      await this.waitWhileHeld();
      if (!this.isDue(item) || !await this.act(action)) return false;
    }
    return this.isDue(item);
  }

  isDue(item) { return this.isConnected && !this.stopped && this.state.item?.key === item.key && this.mine; }

  // 見る waits in the middle of a step too, for the trainee's 一時停止 and for the instructor's.
  async waitWhileHeld() {
    while (this.state.paused || (this.state.mode === "show" && this.isPaused && !this.stepping)) {
      await new Promise((resolve) => { window.setTimeout(resolve, WATCH); });
    }
  }

  async act(action) {
    switch (action.do) {
      case "open": window.location.assign(action.url); return false;
      case "fill": return this.type(action);
      case "tick": return this.tickAll(action);
      case "review": await this.wait(1500); return true;
      case "leave_empty": return true;
      case "outside": await this.wait(900); await this.post("outside", { what: action.what }); return false;
      case "close": return this.close(action);
      default: return this.push(action);
    }
  }

  async glide(target) {
    target.scrollIntoView({ block: "nearest" });
    const box = target.getBoundingClientRect();
    this.pointer.hidden = false;
    this.pointer.style.transitionDuration = `${500 * this.speed}ms`;
    this.pointer.style.left = `${box.left + Math.min(box.width / 2, 90)}px`;
    this.pointer.style.top = `${box.top + box.height / 2}px`;
    await this.wait(650);
    await this.waitWhileHeld();
  }

  async type(action) {
    const field = fieldOf(action);
    if (!field) return this.missing(action.word);
    await this.glide(field);
    field.focus();
    field.value = "";
    for (const letter of action.value) {
      field.value += letter;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      await this.wait(70);
    }
    field.dispatchEvent(new Event("change", { bubbles: true }));
    return true;
  }

  async tickAll(action) {
    for (let left = 60; left; left -= 1) {
      const box = targetOf(action);
      if (!box) return true;
      await this.glide(box);
      box.click();
      await this.wait(150);
    }
    return false;
  }

  async push(action) {
    const { item } = this.state;
    const target = targetOf(action);
    if (!target) {
      if (action.only_if_shown || action.native) return true;
      return this.missing(action.label || action.names?.[0]);
    }
    await this.glide(target);
    if (needsPerson(target)) {
      this.askFor(`ブラウザのきまりで、新しいウィンドウは案内が開けません。「${target.textContent.trim()}」をご自分でクリックしてください。`);
      return false;
    }
    if (action.dialog || target.form?.dataset.confirm) {
      this.askFor("次に表示される確認で [OK] をクリックしてください。");
      await this.wait(1200);
      await new Promise((resolve) => { window.requestAnimationFrame(() => window.setTimeout(resolve, 50)); });
    }
    if (!this.isDue(item)) return false;
    if (action.only_if_shown) navigator.sendBeacon(this.state.urls.passed, this.form({ key: item.key }));
    target.click();
    return false; // the next page, or another window, goes on
  }

  async close(action) {
    const target = targetOf(action);
    if (!target) { window.close(); return false; }
    await this.glide(target);
    target.click();
    return false;
  }

  // What only a person can do, or has to look at: said until he has clicked or the step is another one.
  askFor(words) {
    if (!this.state.item) return;
    this.asked = { key: this.state.item.key, words };
    this.show();
    this.announce(words);
  }

  missing(words) {
    this.askFor(`「${words}」が見つかりません。画面をお確かめください。`);
    return false;
  }
}

customElements.define("densai-coach", Coach);

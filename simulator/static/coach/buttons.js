// The buttons and links that the server names.

import { made, press } from "./dom.js";
import { bringToFront, openIn } from "./windows.js";
import * as words from "./words.js";

// What each button sends: the name of the address, and the fields that the button itself has not.
const POSTS = {
  call: ["hand", { call: "on" }],
  uncall: ["hand", { call: "off" }],
  desk: ["outside", { what: "desk" }],
  desk_back: ["outside", { what: "desk_back" }],
  away: ["outside", { what: "away" }],
  help: ["help", {}],
  restore: ["restore", {}],
  passed: ["passed", {}],
};
const LINKS = { home: "a", login: "b", result: "a" };
const FORMS = { next: "start", submit_now: "submit" };

// Return a link into one of the seat's windows.
function linkOf(coach, { id, label, main, link }) {
  const { urls, windows } = coach.state;
  const made_ = made("a", { href: urls[id], class: link ? null : `button ${main ? "go" : ""}`, "data-name": id }, label);
  openIn(made_, windows.names[LINKS[id]], LINKS[id]);
  return made_;
}

// Return a form with one button; it leads to another page, in the window of わたしの訓練.
function formOf(coach, { id, label, main, fields = {} }) {
  const { urls, windows, csrf } = coach.state;
  const name = windows.names.a;
  const form = made("form", { method: "post", action: urls[FORMS[id]], target: window.name === name ? null : name },
    ...Object.entries({ ...fields, csrf }).map(([key, value]) => made("input", { type: "hidden", name: key, value })),
    made("button", { class: main ? "go" : null, "data-name": id }, label));
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault(); // a second click does nothing
    form.dataset.sent = "yes";
    if (form.target) window.open("", name)?.focus();
  });
  return form;
}

// Return what stands for a button of the server's: Button in coach_box_state.py.
export function drawn(coach, told) {
  if (told.id in LINKS) return linkOf(coach, told);
  if (told.id in FORMS) return formOf(coach, told);
  const doing = told.id === "act" && coach.acting.isAtWork;
  return press(doing ? words.DOING : told.label, told.id, (event) => pressed(coach, told, event.target.closest(".c-box")), { class: told.main ? "go" : null, disabled: doing });
}

async function pressed(coach, told, box) {
  const { id, fields = {} } = told;
  if (id in POSTS) {
    const [name, more] = POSTS[id];
    await coach.link.post(name, { ...more, ...(id === "passed" ? { key: coach.state.step?.key || "" } : {}), ...fields });
  } else if (id === "act") coach.acting.instead();
  else if (id === "submit") coach.askToSubmit(true);
  else if (id === "continue") coach.putAway(box.dataset.key);
  else if (id === "read") coach.link.read(fields);
  else if (id === "front" && !bringToFront(coach.state.windows.names[told.window])) coach.link.forget(told.window);
}

// Return the link to the manual, in a window of its own.
export function manualLink(coach) {
  const link = made("a", { href: coach.state.urls.manual, "data-name": "manual" }, words.MANUAL);
  link.target = `densai-${coach.state.seat}-manual`;
  link.addEventListener("click", () => { window.open("", link.target, "popup,width=760,height=820")?.focus(); });
  return link;
}

// A trainee's own pages: the tab names itself, so that no second one is opened; values are copied, also over plain
// http; and わたしの訓練 is drawn anew when something has happened in another window.

import { copied } from "./coach/copy.js";
import { COPIED, COPY, SELECTED } from "./coach/words.js";

const own = document.querySelector("[target^='densai-'][target$='-a']");
if (own && !window.name) window.name = own.getAttribute("target");

function select(button) {
  const shown = button.closest("tr, dd")?.querySelector(".value, .code");
  if (shown) window.getSelection().selectAllChildren(shown);
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-value]");
  if (!button) return;
  const done = await copied(button.dataset.value);
  button.focus();
  if (!done) select(button);
  button.textContent = done ? COPIED : SELECTED;
  window.setTimeout(() => { button.textContent = COPY; }, 2000);
});

// What stands in the page comes from the state of the practice; a page that was turned away may be out of date.
const page = document.querySelector("[data-progress]");
async function renew() {
  if (document.hidden || !page) return;
  const answer = await fetch(window.location.pathname);
  if (!answer.ok || answer.redirected) return;
  const made = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-progress]");
  if (made && made.dataset.progress !== page.dataset.progress) window.location.replace(window.location.pathname);
}
document.addEventListener("visibilitychange", renew);
window.addEventListener("pageshow", (event) => { if (event.persisted) renew(); });

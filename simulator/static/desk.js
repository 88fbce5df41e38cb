// The instructor's pages ask for themselves every two seconds while they can be seen, and take over the parts that
// have changed. Besides: the dialog for a message, and copying without navigator.clipboard, which plain http on a
// LAN does not have.
"use strict";

(() => {
  const EVERY = 2000;
  const COPIED = "コピーしました", SELECTED = "選択しました。Ctrl+C でコピーできます。";
  const BACK_AFTER = 2000, SAID_LONG_ENOUGH = 8000;
  const board = document.getElementById("board");
  const dialog = document.getElementById("message-dialog");
  const title = document.title;
  let known = "";
  let timer = 0;

  // A new part in the place of the old one, scrolled and focused as that was.
  function put(made, part) {
    const key = part.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
    const place = [part.scrollLeft, part.scrollTop];
    part.replaceWith(made);
    made.scrollTo(...place);
    if (key === undefined) return;
    const focused = made.dataset.key === key ? made : made.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (focused) focused.focus({ preventScroll: true });
  }

  function take(page) {
    for (const made of page.querySelectorAll("#board [data-part]")) {
      const part = board.querySelector(`[data-part="${made.dataset.part}"]`);
      if (part && part.outerHTML !== made.outerHTML) put(document.adoptNode(made), part);
    }
    showNeeds();
  }

  // How many seats need somebody stands in the tab too, for an instructor who looks at another window.
  function showNeeds() {
    const needs = Number(board.querySelector("[data-needs]")?.dataset.needs || 0);
    document.title = needs ? `（${needs}）${title}` : title;
  }

  async function refresh() {
    window.clearTimeout(timer);
    timer = window.setTimeout(refresh, EVERY);
    if (document.hidden) return;
    try {
      const answer = await fetch(board.dataset.live, { headers: known ? { "If-None-Match": known } : {} });
      if (answer.status !== 200 || answer.redirected) return;
      known = answer.headers.get("ETag") || "";
      take(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch (error) {
      // The server is away for a moment: the next round asks again.
    }
  }

  // A button that leads to a page with a form for a message opens the dialog instead.
  function openDialog(form) {
    const field = dialog.querySelector("input[name=message]");
    dialog.querySelector("form").action = form.dataset.message;
    dialog.querySelector("h2").textContent = form.dataset.to;
    field.value = form.dataset.last || "";
    dialog.showModal();
    field.focus();
  }

  function copy(button) {
    const range = document.createRange();
    range.selectNodeContents(document.getElementById(button.dataset.copy));
    const selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    const words = button.textContent;
    button.textContent = document.execCommand("copy") ? COPIED : SELECTED;
    window.setTimeout(() => { button.textContent = words; }, BACK_AFTER);
  }

  document.addEventListener("submit", (event) => {
    if (!dialog || !event.target.dataset.message) return;
    event.preventDefault();
    openDialog(event.target);
  });
  document.addEventListener("click", (event) => {
    const copying = event.target.closest("[data-copy]");
    if (copying) copy(copying);
    else if (event.target.closest("[data-close-message]")) dialog.close();
  });
  if (board) {
    document.addEventListener("visibilitychange", () => { if (!document.hidden) refresh(); });
    timer = window.setTimeout(refresh, EVERY);
    showNeeds();
  }
  window.setTimeout(() => document.querySelector(".told")?.remove(), SAID_LONG_ENOUGH);
  if (document.querySelector("[data-print-now]")) window.print();
})();

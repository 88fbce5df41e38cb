// What a page of the bank does by itself: windows, the native confirm, closing, printing,
// the software keyboard and 全選択. Every page works without it, in one window.
"use strict";

const SYMBOLS = [..."abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"];

// Windows: opened empty with their size at the person's click; the form or link then goes to them by name.
function openWindow(element) {
  const opened = window.open("", element.target, `popup,${element.dataset.popup}`);
  if (opened) opened.focus();
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.confirm && !window.confirm(form.dataset.confirm)) {
    event.preventDefault();
  } else if (form.dataset.popup && window.name !== form.target) {
    openWindow(form);
  }
});

function closeWindow() {
  window.close();
  // A window that no page opened may not be closed by one: then say so.
  window.setTimeout(() => {
    for (const line of document.querySelectorAll(".close-yourself")) line.hidden = false;
  }, 150);
}

function drawn(characters) {
  const order = [...characters];
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = crypto.getRandomValues(new Uint32Array(1))[0] % (last + 1);
    [order[last], order[other]] = [order[other], order[last]];
  }
  return order;
}

function button(text, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}

function closeKeyboard(opener) {
  opener.parentElement.querySelector(".keyboard").remove();
  opener.setAttribute("aria-expanded", "false");
  opener.focus();
}

function openKeyboard(opener) {
  const field = document.getElementById(opener.dataset.keyboard);
  const panel = document.createElement("div");
  panel.className = "keyboard";
  panel.setAttribute("role", "group");
  panel.setAttribute("aria-label", "ソフトウェアキーボード");
  const keys = document.createElement("div");
  keys.className = "keys";
  keys.append(...drawn(SYMBOLS).map((key) => button(key, () => { field.value += key; })));
  panel.append(
    keys,
    button("1文字クリア", () => { field.value = field.value.slice(0, -1); }), " ",
    button("すべてクリア", () => { field.value = ""; }), " ",
    button("閉じる", () => closeKeyboard(opener)),
  );
  panel.addEventListener("keydown", (event) => { if (event.key === "Escape") closeKeyboard(opener); });
  opener.parentElement.append(panel);
  opener.setAttribute("aria-expanded", "true");
}

document.addEventListener("click", (event) => {
  const on = (selector) => event.target.closest(selector);
  const opener = on("[data-keyboard]");
  if (opener) {
    if (opener.getAttribute("aria-expanded") === "true") closeKeyboard(opener);
    else openKeyboard(opener);
  } else if (on("a[data-popup]")) {
    openWindow(on("a[data-popup]"));
  } else if (on("[data-print]")) {
    window.print();
  } else if (on("[data-close='ask']")) {
    document.getElementById("close-dialog").showModal();
  } else if (on("[data-close]")) {
    closeWindow();
  } else if (on("[data-answer]")) {
    const yes = on("[data-answer]").dataset.answer === "yes";
    document.getElementById("close-dialog").close();
    if (yes) closeWindow();
  }
});

document.addEventListener("change", (event) => {
  const all = document.querySelector("[data-all]");
  if (!all) return;
  const boxes = [...document.querySelectorAll(`input[name="${all.dataset.all}"]`)];
  if (event.target === all) for (const box of boxes) box.checked = all.checked;
  else all.checked = boxes.length > 0 && boxes.every((box) => box.checked);
});
document.addEventListener("DOMContentLoaded", () => {
  if (document.querySelector("[data-close-now]")) closeWindow();
  document.querySelector("[data-all]")?.closest("table").querySelector("tbody input")?.dispatchEvent(new Event("change", { bubbles: true }));
});

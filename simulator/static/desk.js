// The live board asks for itself every two seconds while somebody looks at it.
"use strict";

const EVERY = 2000;
let revision = "";

// The new board in the place of the old one, scrolled and focused as that was.
function put(made, board) {
  const [before, after] = [board, made].map((one) => one.querySelector(".scroll"));
  const focused = before && before === document.activeElement;
  const place = before && [before.scrollLeft, before.scrollTop];
  board.replaceWith(made);
  if (place && after) after.scrollTo(...place);
  if (focused && after) after.focus({ preventScroll: true });
}

async function refresh() {
  const board = document.getElementById("board");
  if (!board || document.hidden || board.querySelector("a:focus")) return;
  try {
    const answer = await fetch(board.dataset.board, { headers: revision ? { "If-None-Match": revision } : {} });
    if (answer.status !== 200 || answer.redirected) return;
    revision = answer.headers.get("ETag") || "";
    const made = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("board");
    if (made) put(made, board);
  } catch (error) {
    // The server is away for a moment: the next round asks again.
  }
}

window.setInterval(refresh, EVERY);

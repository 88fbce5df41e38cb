// The live board asks for itself every two seconds while somebody looks at it.
"use strict";

const EVERY = 2000;
let revision = "";

async function refresh() {
  const board = document.getElementById("board");
  if (!board || document.hidden || board.contains(document.activeElement)) return;
  try {
    const answer = await fetch(board.dataset.board, { headers: revision ? { "If-None-Match": revision } : {} });
    if (answer.status !== 200 || answer.redirected) return;
    revision = answer.headers.get("ETag") || "";
    const made = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("board");
    if (made) board.replaceWith(made);
  } catch (error) {
    // The server is away for a moment: the next round asks again.
  }
}

window.setInterval(refresh, EVERY);

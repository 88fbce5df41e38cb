// A trainee's own page hears what the instructor does: while it can be seen it asks, and at once when it is turned to.
// A bank's page does the same through the coach. A page that came instead of one in a pause leads back by itself.
"use strict";

(() => {
  let known = "";
  let timer = 0;
  const part = () => document.getElementById("class-news");
  const instead = document.querySelector("[data-instead]");

  // The page that was asked for in the pause: asked for again, or the form that was sent from it.
  function goBack() {
    if (instead.dataset.instead === "GET") window.location.reload();
    else window.history.back();
  }

  async function show() {
    const answer = await fetch(part().dataset.news);
    if (!answer.ok || answer.redirected) return;
    const made = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("class-news");
    const wasPaused = part().dataset.paused !== undefined;
    if (!made) return;
    if (wasPaused && made.dataset.paused === undefined && instead) goBack();
    else if (made.innerHTML !== part().innerHTML) part().replaceWith(made);
  }

  async function ask() {
    window.clearTimeout(timer);
    timer = window.setTimeout(ask, Number(part().dataset.every));
    if (document.hidden) return;
    try {
      const answer = await fetch(part().dataset.pulse, { headers: known ? { "If-None-Match": known } : {} });
      if (answer.status !== 200 || answer.redirected) return;
      known = answer.headers.get("ETag") || "";
      document.dispatchEvent(new CustomEvent("densai-news", { detail: await answer.json() }));
      await show();
    } catch (error) {
      // The server is away for a moment: the next round asks again.
    }
  }

  document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(); });
  window.addEventListener("pageshow", (event) => { if (event.persisted) ask(); });
  timer = window.setTimeout(ask, Number(part().dataset.every));
})();

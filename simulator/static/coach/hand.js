// The person's own hand: clicks on the page, and the keys that lead from page to dock and back.

// Note a click on the page: one that only the page sees, and one that was asked of the person.
export function clicked(coach, event) {
  coach.soon();
  window.setTimeout(() => coach.point(), 0); // a key of the software keyboard tells nobody that it typed
  if (event.target === coach) return;
  if (event.isTrusted && coach.asked) coach.forgetAsked();
  const { step, turn } = coach.state;
  if (!step?.unseen || turn !== "item" || !coach.link.speaks) return;
  if (!step.actions.some((action) => action.do === "close") || !event.target.closest?.("button")) return;
  window.setTimeout(() => {
    if (document.querySelector("dialog[open]")) coach.link.post("passed", { key: step.key });
  }, 0);
}

let left = null; // where the focus was on the page

// F6 goes from the page to the dock, to the strip and back to the page; Escape closes the sheet.
export function keyed(coach, event) {
  if (event.key === "Escape" && coach.dock.isOpen) coach.dock.open(false);
  if (event.key !== "F6") return;
  event.preventDefault();
  const { strip } = coach.pointing.marker;
  const inside = coach.root.activeElement;
  if (!inside) {
    left = document.activeElement;
    coach.dock.focus();
  } else if (inside !== strip && !strip.hidden) strip.focus();
  else backToPage(coach);
}

function backToPage(coach) {
  const known = left?.isConnected && left !== document.body ? left : null;
  (known || coach.target || document.querySelector("main :is(a, button, input)"))?.focus();
}

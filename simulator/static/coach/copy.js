// Copying a value. Over plain http on a LAN there is no navigator.clipboard: then an old command copies it from a
// selected field, and where that is refused too, the value is left selected.

import { COPIED, COPY, SELECTED } from "./words.js";

const SHOWN = 2000;

function byCommand(text) {
  const box = document.createElement("textarea");
  const before = document.activeElement;
  box.value = text;
  box.readOnly = true;
  Object.assign(box.style, { position: "fixed", top: "0", opacity: "0" });
  document.body.append(box);
  box.select();
  const done = document.execCommand("copy");
  box.remove();
  before?.focus?.({ preventScroll: true });
  return done;
}

// Copy a value, and return whether it was copied.
export async function copied(text) {
  if (window.isSecureContext && navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch (error) {
      // Not allowed here: the old way may be.
    }
  }
  return byCommand(text);
}

function select(shown) {
  const range = document.createRange();
  range.selectNodeContents(shown);
  const chosen = window.getSelection();
  chosen.removeAllRanges();
  chosen.addRange(range);
}

// Copy a value at a person's press; the focus goes back to its field. shown: the element with the value.
export async function copy(text, button, shown, field, announce) {
  const done = await copied(text);
  button.textContent = done ? COPIED : COPY;
  announce(done ? COPIED : SELECTED);
  if (done) {
    field?.focus({ preventScroll: true });
    window.setTimeout(() => { button.textContent = COPY; }, SHOWN);
  } else {
    select(shown);
    button.after(SELECTED);
  }
}

// The instructor's pause: a dialog over page and dock, which only its end closes.

import { boxOf } from "./boxes.js";
import { made, press } from "./dom.js";

export class Pause {
  constructor(root) {
    this.dialog = made("dialog", { class: "veil" });
    this.dialog.addEventListener("cancel", (event) => event.preventDefault());
    root.append(this.dialog);
  }

  // told: the box to show, null while nothing is paused.
  show(told) {
    if (told && !this.dialog.open) {
      const box = boxOf(told, ({ id, label }) => press(label, id, () => {}));
      box.tabIndex = -1;
      this.dialog.setAttribute("aria-label", told.title);
      this.dialog.replaceChildren(box);
      this.dialog.showModal();
    } else if (!told && this.dialog.open) this.dialog.close();
  }
}

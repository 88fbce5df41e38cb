// <densai-value>: the value at its field, in the flow of the page, so that it covers nothing.

import { copy } from "./copy.js";
import { marks, warning, withoutBlanks } from "./compare.js";
import { made, press } from "./dom.js";
import { dress, sheet } from "./style.js";
import * as words from "./words.js";

const hasWideLetters = (text) => /[^\x00-\x7f]/u.test(text);

class Value extends HTMLElement {
  constructor() {
    super();
    this.attachShadow({ mode: "open" }).adoptedStyleSheets = [sheet];
  }

  adoptedCallback() { dress(this); }

  // Draw this, unless it stands there already. told: what chipOf returns.
  draw(told, announce) {
    const sign = JSON.stringify(told);
    if (this.sign === sign) return;
    this.sign = sign;
    this.told = told;
    this.shadowRoot.replaceChildren(...this.drawn(told, announce));
    if (told.kind === "two" || told.kind === "not-asked") announce(told.text);
    else if (told.warning) announce(words.warned(told.warning));
  }

  get text() { return this.shadowRoot.textContent; }

  drawn(told, announce) {
    switch (told.kind) {
      case "ok": return [made("p", { class: "slot ok" }, told.text)];
      case "not-asked": return [made("p", { class: "slot ng plain" }, told.text)];
      case "two": return [this.slot("ng", this.chip(words.TO_MEND, [told.text], "words"))];
      case "mend": return [this.mend(told, announce)];
      default: return this.value(told, announce);
    }
  }

  value(told, announce) {
    const parts = [this.chip(told.tag, told.value ? this.letters(told) : [], hasWideLetters(told.value) ? "ja" : "",
      told.value ? (shown) => this.copier(told, shown, announce) : null)];
    if (told.warning) {
      parts.push(made("span", { class: "warn" }, words.warned(told.warning)));
      if (told.warning.kind.startsWith("blank")) parts.push(press(words.WITHOUT_BLANKS, "blanks", () => this.takeBlanks()));
    }
    if (told.note) parts.push(made("span", { class: "fine" }, told.note));
    return [this.slot(told.warning ? "ng" : "", ...parts)];
  }

  // With the software keyboard open the eye has to find the next letter.
  letters({ value, at }) {
    if (at === null) return [value];
    const letters = [...value];
    return [
      made("span", { class: "past" }, letters.slice(0, at).join("")),
      made("span", { class: "next" }, letters[at] || ""),
      letters.slice(at + 1).join(""),
    ];
  }

  mend(told, announce) {
    const { typed, wanted } = marks(told.typed, told.value);
    const drawn = (parts, style) => parts.map(({ text, off }) => (off ? made("mark", { class: style }, text) : text));
    return this.slot("ng", this.chip(words.TO_MEND, drawn(typed, ""), ""),
      this.chip(words.SAMPLE, drawn(wanted, "ok"), "", (shown) => this.copier(told, shown, announce), "plain"));
  }

  slot(style, ...parts) { return made("div", { class: `slot ${style}`, lang: "ja" }, ...parts); }

  chip(tag, parts, style, copier = null, look = "") {
    const shown = parts.length ? made("span", { class: `value ${style}` }, ...parts) : null;
    return made("span", { class: `chip ${look}` }, made("span", { class: "tag" }, tag), shown, copier ? copier(shown) : null);
  }

  copier(told, shown, announce) {
    const button = press(words.COPY, "copy", () => copy(told.value, button, shown, this.field, announce));
    return button;
  }

  takeBlanks() {
    this.field.value = withoutBlanks(this.field.value, this.told.value);
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
    this.field.focus({ preventScroll: true });
  }
}

customElements.define("densai-value", Value);

// Return what the chip of a field is to show, or null for none. entry: of fieldsOf; isDue: whether it is the one to
// fill now; fault: of the last refusal; warns: 案内つき says what is amiss before it is sent.
export function chipOf(entry, { isDue, fault, warns }) {
  const { value, again, field, state } = entry;
  if (state === "right") return { kind: "ok", text: value.kind === "known" && !value.secret ? words.AS_SAMPLE : words.ENTERED };
  if (!isDue) return null;
  if (state === "two") return { kind: "two", text: words.TWO_DIFFER };
  if (state === "off" && fault?.sample && !value.secret) return { kind: "mend", typed: field.value, value: value.value };
  const isOpen = field.parentElement.querySelector(".keyboard") !== null;
  const at = isOpen && value.value.startsWith(field.value) ? [...field.value].length : null;
  const warned = warns && value.value && value.kind === "known"
    ? warning(field.value, value.value, { fullAllowed: hasWideLetters(value.value) }) : null;
  return {
    kind: "value", tag: again ? value.tag_again : value.tag, value: value.value, note: again ? "" : value.note, at, warning: warned,
  };
}

export class Chips {
  constructor(announce) {
    this.announce = announce;
    this.chips = new Map(); // field or box -> its chip
  }

  // Put chips at these things and take away all others. wanted: Map of a field or box to what chipOf returns.
  show(wanted) {
    for (const [thing, chip] of this.chips) {
      if (wanted.has(thing) && chip.isConnected) continue;
      chip.remove();
      this.chips.delete(thing);
    }
    for (const [thing, told] of wanted) this.at(thing).draw(told, this.announce);
  }

  at(thing) {
    let chip = this.chips.get(thing);
    if (chip) return chip;
    chip = document.createElement("densai-value");
    chip.field = thing;
    this.chips.set(thing, chip);
    this.put(chip, thing);
    return chip;
  }

  // Before the software keyboard, so that it stays in view above the keys; a box has it behind its label.
  put(chip, thing) {
    const row = thing.closest(".line");
    if (!row) {
      (thing.closest("label") || thing).after(chip);
      return;
    }
    row.insertBefore(chip, row.querySelector(".keyboard"));
    if ("ariaDescribedByElements" in thing) {
      thing.ariaDescribedByElements = [...(thing.ariaDescribedByElements || []).filter((one) => one.isConnected), chip];
    } else thing.addEventListener("focus", () => { if (chip.isConnected) this.announce(chip.text); });
  }

  of(thing) { return this.chips.get(thing) || null; }
}

// Pointing: four corners outside the target, a tag on what is clicked, and a strip that says where it is when it is
// out of view. Never a closed ring, never a darkened page.

import { all, markedOf } from "./find.js";
import { isShown, made, press } from "./dom.js";
import * as words from "./words.js";

const AROUND = 7, GAP = 12, TAG_GAP = 14;
const SOLID = "a, button, input, select, label, [role=tab], h1, h2, th, td, p, dt, dd, li, densai-value";

// Return a page's own column in its window: between the banner and the sheet, left of the dock. page: its document.
function column(page) {
  const banner = page.querySelector(".training")?.getBoundingClientRect().bottom || 0;
  const { paddingBottom, paddingRight } = getComputedStyle(page.body);
  const [below, beside] = [parseFloat(paddingBottom) || 0, parseFloat(paddingRight) || 0];
  return { top: Math.max(0, banner), bottom: page.defaultView.innerHeight - below, left: 0, right: page.documentElement.clientWidth - beside };
}

function union(things) {
  const boxes = things.filter(Boolean).map((thing) => thing.getBoundingClientRect());
  return {
    left: Math.min(...boxes.map((box) => box.left)), right: Math.max(...boxes.map((box) => box.right)),
    top: Math.min(...boxes.map((box) => box.top)), bottom: Math.max(...boxes.map((box) => box.bottom)),
  };
}

// Return where things are: above or below the column, or in it.
export function placeOf(things) {
  const box = union(things);
  const { top, bottom } = column(things[0].ownerDocument);
  if (box.top < top - 1) return "above";
  return box.bottom > bottom + 1 ? "below" : "in";
}

// Bring things to the middle of the column, gliding only for those who like motion.
export function bringIntoView(things) {
  const box = union(things);
  const page = things[0].ownerDocument;
  const { top, bottom } = column(page);
  const gap = Math.max(8, (bottom - top - (box.bottom - box.top)) / 2);
  const isCalm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  page.defaultView.scrollBy({ top: box.top - top - gap, behavior: isCalm ? "instant" : "smooth" });
}

const overlap = (one, other) =>
  one.left < other.right && one.right > other.left && one.top < other.bottom && one.bottom > other.top;

export class Marker {
  constructor(root, follow) {
    this.frame = made("div", { class: "marker", "aria-hidden": "true", hidden: true });
    this.tag = made("span", { class: "here" }, words.CLICK_HERE);
    this.frame.append(this.tag);
    this.strip = press("", "strip", follow, { class: "edge", hidden: true });
    root.append(this.frame, this.strip);
    this.target = null;
  }

  hide() {
    this.target = null;
    this.frame.hidden = this.strip.hidden = true;
    this.close();
  }

  // Mark a target. isPressed: it is clicked, so it gets the tag; where: what the strip says, "" for none.
  show(target, { isPressed, where, isAbove }) {
    const thing = markedOf(target);
    this.frame.hidden = !isShown(thing);
    this.placeFrame(thing);
    const { offsetWidth } = thing.ownerDocument.body;
    if (this.target !== target || this.size !== offsetWidth) {
      this.target = target;
      this.size = offsetWidth;
      this.frame.classList.toggle("tagged", isPressed);
      this.tag.hidden = true;
      if (isPressed) this.placeTag(thing);
    }
    this.strip.hidden = !where;
    if (!where) return;
    this.strip.classList.toggle("at-top", isAbove);
    const text = `${isAbove ? "↑" : "↓"} ${where}`;
    if (this.strip.textContent !== text) this.strip.textContent = text;
  }

  // On the page it moves with it; over a dialog it stands in the browser's own top layer.
  placeFrame(thing) {
    const inDialog = thing.closest("dialog") !== null;
    if (inDialog && !this.isOnTop) {
      this.frame.popover = "manual";
      this.frame.showPopover();
      this.isOnTop = true;
    } else if (!inDialog) this.close();
    const box = thing.getBoundingClientRect();
    const { scrollX, scrollY } = thing.ownerDocument.defaultView;
    const [x, y] = inDialog ? [0, 0] : [scrollX, scrollY];
    const place = { left: box.left + x - AROUND, top: box.top + y - AROUND, width: box.width + 2 * AROUND, height: box.height + 2 * AROUND };
    for (const [name, value] of Object.entries(place)) this.frame.style[name] = `${value}px`;
  }

  close() {
    if (!this.isOnTop) return;
    this.frame.hidePopover();
    this.frame.removeAttribute("popover");
    this.isOnTop = false;
  }

  // The tag stands where nothing is under it: above, right or below; else there is none.
  placeTag(thing) {
    this.tag.hidden = false;
    const box = thing.getBoundingClientRect();
    const { width, height } = this.tag.getBoundingClientRect();
    const middle = { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
    const at = {
      above: { left: middle.x - width / 2, top: box.top - TAG_GAP - height },
      right: { left: box.right + GAP + AROUND, top: middle.y - height / 2 },
      below: { left: middle.x - width / 2, top: box.bottom + TAG_GAP },
    };
    const page = thing.ownerDocument;
    const { left, right } = column(page);
    const texts = all(SOLID, page).filter((one) => !one.contains(thing) && !thing.contains(one)).map((one) => textBox(one)).filter(Boolean);
    const side = Object.keys(at).find((name) => {
      const here = { ...at[name], right: at[name].left + width, bottom: at[name].top + height };
      return here.left >= left && here.right <= right && !texts.some((one) => overlap(here, one));
    });
    this.tag.hidden = !side;
    if (side) this.tag.dataset.side = side;
  }
}

// Return where a thing has something to see: a cell or a paragraph only where its text is.
function textBox(thing) {
  if (thing.matches("a, button, input, select, label, [role=tab], densai-value")) return thing.getBoundingClientRect();
  const range = thing.ownerDocument.createRange();
  range.selectNodeContents(thing);
  const box = range.getBoundingClientRect();
  return box.width ? box : null;
}

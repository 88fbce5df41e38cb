"""A page with the coach by its real boxes: whether anything is covered, and the value in view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.screens.shown import TWO_FRAMES

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

# Windows in CSS pixels: those of the bank, a tablet, a phone, and 1180×700 at 200 %.
SIZES = {
    "1180×700": {"width": 1180, "height": 700},
    "1280×720": {"width": 1280, "height": 720},
    "1024×768": {"width": 1024, "height": 768},
    "390×844": {"width": 390, "height": 844},
    "200 %": {"width": 590, "height": 350},
}
# Scroll to each thing as the keyboard would, and look what is at its middle and inside its corners.
COVERED = """coach => {
  const used = "main :is(button, input:not([type=hidden])), header button, .tabs a, dialog[open] button";
  const things = [...new Set([coach.target, ...document.querySelectorAll(used)])]
    .filter(thing => thing?.checkVisibility({ visibilityProperty: true }));
  const open = document.querySelector("dialog[open]");
  const found = [];
  for (const thing of things.filter(thing => !open || open.contains(thing))) {
    thing.scrollIntoView({ block: "nearest", behavior: "instant" });
    coach.point();
    const [box] = thing.getClientRects();
    const points = [[.5, .5], [.1, .2], [.9, .8]]
      .map(([x, y]) => [box.left + box.width * x, box.top + box.height * y]);
    for (const [x, y] of points) {
      const at = document.elementFromPoint(x, y);
      if (!at || !(thing.contains(at) || at.contains(thing) && at.matches("label"))) {
        found.push(`${thing.textContent || thing.name} under ${at ? at.outerHTML.slice(0, 60) : "nothing"}`);
        break;
      }
    }
  }
  return found;
}"""
# Where the target is, before and after the strip or the sheet has led to it; whether the value can be seen.
IN_VIEW = """coach => {
  if (!coach.target) return [];
  const found = [];
  coach.point();
  const { strip } = coach.pointing.marker;
  const said = strip.checkVisibility() || coach.root.querySelector(".nextup")?.checkVisibility();
  const inside = thing => {
    const box = thing.getBoundingClientRect();
    const body = getComputedStyle(document.body);
    const top = document.querySelector(".training").getBoundingClientRect().bottom;
    return box.top >= top - 1 && box.bottom <= innerHeight - parseFloat(body.paddingBottom) + 1
      && box.left >= 0 && box.right <= innerWidth - parseFloat(body.paddingRight) + 1;
  };
  if (!inside(coach.target) && !said) found.push("the target is out of view and nothing says where");
  coach.pointing.follow();
  coach.point();
  if (!inside(coach.target)) found.push("the target is not where the strip leads");
  if (!coach.target.matches("input:not([type=checkbox])")) return found;
  const chip = coach.pointing.chips.of(coach.target);
  const shown = chip?.shadowRoot.querySelector(".chip");
  if (!shown || !inside(shown)) found.push("the value at the field is not in view");
  return found;
}"""
SHEET = """coach => {
  const height = coach.dock.panel.getBoundingClientRect().height;
  const isHigh = innerWidth < 1100 && height > innerHeight * .3;
  return isHigh ? [`the closed sheet takes ${height} of ${innerHeight}`] : [];
}"""
KEYBOARD = "coach => coach.target?.parentElement.querySelector('[data-keyboard]')?.click()"


def faults_at(page: Page, coach: Locator) -> list[str]:
    """Return what is wrong on a page, at every size, with the software keyboard closed and open."""
    found: list[str] = []
    before = page.viewport_size
    for name, size in SIZES.items():
        page.set_viewport_size({"width": size["width"], "height": size["height"]})
        page.evaluate(TWO_FRAMES)
        for look in (IN_VIEW, COVERED, SHEET):
            found += [f"{page.title()[:14]} {name}: {fault}" for fault in coach.evaluate(look)]
        if coach.evaluate("c => c.target?.type === 'password'"):
            coach.evaluate(KEYBOARD)
            page.evaluate(TWO_FRAMES)
            found += [f"{page.title()[:14]} {name}, keyboard: {fault}" for fault in coach.evaluate(COVERED)]
            coach.evaluate(KEYBOARD)
    if before:
        page.set_viewport_size(before)
    return found

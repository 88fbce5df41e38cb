// Return what the page of the trial version shows to be done: { what, label, x, y, value }, in pixels of the window.
() => {
  const dock = document.querySelector("densai-coach")?.shadowRoot;
  if (!dock) return null;
  const middle = (thing, dx = 0, dy = 0) => {
    const box = thing.getBoundingClientRect();
    return { x: dx + box.x + box.width / 2, y: dy + box.y + box.height / 2 };
  };
  const label = dock.querySelector(".c-no")?.textContent ?? "";
  const box = dock.querySelector(".c-box.good");
  if (box) return { what: "end", label: box.querySelector("h2").textContent, ...middle(box.querySelector(".go")) };
  const question = [...document.querySelectorAll(".question button")].find((each) => dock.querySelector(".c-text").textContent.includes(each.textContent));
  if (question) return { what: "press", label, ...middle(question) };
  const own = [...dock.querySelectorAll("[data-name=home-page], [data-name=passed]")].find((each) => each.checkVisibility());
  if (own) return { what: "press", label, ...middle(own) };
  const frame = document.querySelector("iframe:not(.coming)");
  const page = frame?.contentDocument;
  const marker = page?.querySelector("densai-pointing")?.shadowRoot.querySelector(".marker:not([hidden])");
  if (!marker) return null;
  const at = middle(marker);
  const { x, y, height } = frame.getBoundingClientRect();
  const way = [document.querySelector(".strip"), dock.querySelector(".c-peek [data-name=to-field]")].find((each) => each?.checkVisibility());
  if (at.y < 0 || at.y > height) return way ? { what: "scroll", label, top: at.y, ...middle(way) } : null;
  // A link of two lines has nothing in the middle of its frame.
  const frameOf = marker.getBoundingClientRect();
  const points = [0.5, 0.3, 0.7].flatMap((down) => [0.5, 0.3, 0.7].map((right) => ({ x: frameOf.x + frameOf.width * right, y: frameOf.y + frameOf.height * down })));
  const point = points.find((one) => page.elementFromPoint(one.x, one.y)?.closest("a, button, input, label, [role=tab]"));
  if (!point) return null;
  const thing = page.elementFromPoint(point.x, point.y);
  const field = thing?.closest("input:not([type=checkbox])");
  const found = { what: "press", label, x: point.x + x, y: point.y + y };
  if (!field) return found;
  const chip = field.closest(".line").querySelector("densai-value")?.shadowRoot.querySelector(".value");
  return chip ? { ...found, what: "type", value: chip.textContent } : null;
}

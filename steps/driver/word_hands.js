// What stands in the way of typing and clicking, and what removes it: the fifth part of the engine of word_engine.py.

// Of some things the one that shares the smallest place with an element.
const nearest = (element, things) => {
  for (let place = element; place; place = place.parentElement) {
    const inside = things.filter((each) => place.contains(each));
    if (inside.length) return inside[0];
  }
  return null;
};
const pressables = [TICKED, `${OWN.button},${OWN.tab},a,area`, PLAYS];
const calledSo = (each) => [...label(each), ...own(each), ...value(each), ...(each.matches(TICKED) ? near(each) : [])];
// What is to be pressed that has one of these names: a box before a button or link, and these before what plays one.
const pressed = (root, names) => pressables
  .map((selector, at) => outermost(all(root, selector).filter((each) => (at < 2 || clickable(each)) && is(calledSo(each), names))))
  .find((found) => found.length) || [];
const pressedFirst = (field, names) => nearest(field, pressed(field.getRootNode(), names));
// What closes a notice with these words: the button or link of that name that is nearest to them.
const notice = (root, { names, close }) => {
  const page = root.body ?? root;
  const having = (each) => visible(each) && has([words(each)], names);
  return having(page) ? [nearest(innermost(page, having)[0], pressed(root, close))].filter(Boolean) : [];
};
const ticked = (each) => each.checked ?? each.getAttribute("aria-checked") === "true";
// The words of a keyboard on the screen: of a ticked box, else of what can be pressed; "" where there is none.
const keyboard = () => {
  const spoken = (found) => found.flatMap(calledSo).find((text) => fold(text).includes("キーボード")) || "";
  const boxes = all(document, TICKED);
  const on = spoken(boxes.filter(ticked));
  return [tidy([on || spoken(all(document, pressables[1]))])[0] || "", Boolean(on)];
};
// What is in front of a thing: its words, the line of them that is the steadiest, and what may close it.
const CLOSING = /閉|とじ|了解|確認|進む|次へ|^(?:OK|はい|×|✕)$/u;
const cover = (thing) => {
  const at = thing.getBoundingClientRect();
  let top = document.elementFromPoint(at.left + at.width / 2, at.top + at.height / 2);
  if (!top) return ["", "", ""];
  while (top.parentElement && !top.parentElement.contains(thing)) top = top.parentElement;
  const lines = tidy(spoken(top).split("\n"));
  const names = [top, ...all(top, pressables[1])].filter((each) => each.matches(pressables[1])).map(called);
  const steady = lines.find((text) => fold(text).length > 3 && !/\p{N}/u.test(text)) || lines[0] || "";
  return [tidy([words(top)]).join("").slice(0, 60), steady.slice(0, 60), names.find((text) => CLOSING.test(fold(text))) || ""];
};

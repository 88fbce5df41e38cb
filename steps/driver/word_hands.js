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

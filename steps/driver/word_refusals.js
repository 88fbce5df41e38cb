// What a page says in answer to a form that was sent: the fourth part of the engine of word_engine.py.

const STOOD = "densaiStood";
// Numbers differ from page to page without anything being said: times, counts, tokens.
const unnumbered = (text) => fold(text).replace(/\p{N}+/gu, "0");
const SPEAKS = /\p{L}{2}/u;
const PRESSED = `${OWN.button},${OWN.tab},${OWN.link},option,script,style,noscript`;
// The elements with a text of their own that did not stand on the page when its form was first sent.
const fresh = (old) => {
  const known = new Set(old.map(unnumbered));
  return speaking().filter((each) => SPEAKS.test(ownTexts(each).join("")) && !each.closest(PRESSED) && !known.has(unnumbered(ownKey(each))));
};
// The block in which an element stands, where that is one message and nothing else; otherwise its own text.
const message = (element) => {
  let here = element;
  while (here !== document.body && getComputedStyle(here).display.startsWith("inline")) here = here.parentElement;
  const whole = here !== document.body && !here.querySelector(FIELDS) && fold(words(here)).length <= LONGEST;
  return whole ? [here, words(here)] : [element, [...element.childNodes].filter((each) => each.nodeType === 3).map((each) => each.textContent).join(" ")];
};
// The fields that a message names, unless to compare (「現…と同じものは」) or as one of several (「…または…が」).
const COMPARED = /^(?:と|または|又は|もしくは|若しくは|か|及び|および|、|・|\/)/;
const namedBy = (text) => {
  const named = (name, left) => left.split(name).slice(1).some((rest) => !COMPARED.test(rest));
  const names = fields().flatMap((field) => [...label(field), ...near(field), field.title].map(bare).filter((name) => name.length > 1 && name !== bare(text)).map((name) => [name, field]));
  const longer = (name) => names.map(([each]) => each).filter((each) => each.length > name.length && each.includes(name));
  // A name inside a longer one is no other field's.
  return names.filter(([name]) => named(name, longer(name).reduce((left, each) => left.replaceAll(each, "\u0000"), fold(text)))).map(([, field]) => field);
};
// Marks what has come since, so that it can be told from what the next answer says.
const mark = (old) => fresh(old).forEach((each) => { each[STOOD] = ownKey(each); });
const seenFrom = (field, text, old) => {
  const at = tie(field, text, old.filter((one) => one.includes(text)));
  const named = ["here", "alone"].includes(at) ? [] : namedBy(text);
  return named.length && !named.some((each) => each === field || paired(each, field)) ? "elsewhere" : at;
};
// Each of them as its words, where it stands seen from the field, and whether it stood there before the last press.
const sayings = (field, old) => {
  const seen = new Map();
  for (const each of fresh(old)) {
    const longest = ownTexts(each).reduce((one, other) => (other.length > one.length ? other : one));
    const at = field ? seenFrom(field, longest, old) : "loose";
    const stood = each[STOOD] === ownKey(each);
    const [place, text] = message(each), known = seen.get(place);
    const keys = [ownKey(each), key(each)];
    if (!known) seen.set(place, { text: text.replace(/\s+/g, " ").trim(), at, stood, keys });
    else Object.assign(known, { at: known.at === "elsewhere" ? at : known.at, stood: known.stood && stood, keys: [...known.keys, ...keys] });
  }
  return [...seen.values()];
};
// What the browser itself says of a field that it does not let a form send.
const bubble = (field) => (field.willValidate && field.form && !field.form.noValidate && !field.validity.valid ? field.validationMessage : "");

// What a page offers and which words it shows, by kind: the second part of the engine of word_engine.py.

const called = (element) =>
  [...own(element), ...value(element), ...label(element)].map((text) => (text || "").trim()).find(Boolean) || "";
const tidy = (texts, most = 40) => texts.map((text) => (text || "").replace(/\s+/g, " ").trim()).filter(Boolean).slice(0, most);
const roots = (root) => [root, ...[...root.querySelectorAll("*")].flatMap((each) => (each.shadowRoot ? roots(each.shadowRoot) : []))];
const everywhere = (selector) => roots(document).flatMap((root) => all(root, selector));
const listed = (selector, name, most) => tidy(everywhere(selector).map(name), most);
// What a place to type in or to tick is called; nothing of what stands in it.
const asked = (each) =>
  [...label(each), each.matches(TICKED) ? words(each) : "", ...near(each), each.title].find((text) => fold(text)) || "";
const named = (each) => (each.matches(`${FIELDS},${TICKED}`) ? asked(each) : called(each));
// What a page may have as its title: its headings, else what is large, else the window's title.
const titles = () => {
  const found = listed(HEADINGS, words);
  const short = (texts) => texts.some((text) => fold(text) && fold(text).length <= 40);
  const shown = found.length ? found : banners(document, short).map((each) => words(each) || each.getAttribute("alt"));
  return shown.length ? tidy([...new Set(shown)]) : tidy([document.title]);
};
const heads = () => all(document, BOXES).map((each) => each.closest("tr,[role=row],li"))
  .map((row) => [...(row?.children || [])].map(words).find((text) => fold(text)));
const read = () => words(document.querySelector("main") ?? document.body);
const spot = (each) => each.id ? `#${CSS.escape(each.id)}` : each.name ? `[name="${CSS.escape(each.name)}"]` : "";
// What there is, in the site's own words and never with what was typed: for messages and for probing.
const inventory = () => ({
  headings: listed(HEADINGS, words),
  buttons: listed(OWN.button, called),
  tabs: listed(OWN.tab, called),
  links: listed(OWN.link, called),
  boxes: listed(BOXES, (each) => [...label(each), ...near(each)].find((text) => fold(text)) || "?"),
  fields: listed(FIELDS, (each) => [...label(each), before(each), column(each), each.title].find((text) => fold(text)) || `？（${each.name || each.id || "名前なし"}）`),
  titles: titles(),
  rows: tidy([...new Set(heads())]),
  lines: (document.body ? unfilled(document.body) : "").split("\n").map((text) => text.trim()).filter(Boolean).slice(0, 200),
  spots: tidy(all(document, FIELDS).map(spot)),
  frames: [...document.querySelectorAll("frame,iframe")].map((each) => each.name || each.src),
});
// What a message says, line by line: not what there is to press and to fill in, nor a heading.
const spoken = (place) => {
  if (place.nodeType === 3) return place.textContent.replace(/\s+/g, " ");
  if (place.nodeType !== 1 || !visible(place)) return "";
  if (place.matches(`${OWN.button},${OWN.tab},${OWN.link},${FIELDS},${HEADINGS},label,br`)) return "\n";
  const inside = [...place.childNodes].map(spoken).join("");
  return getComputedStyle(place).display.startsWith("inline") ? inside : `\n${inside}\n`;
};
const said = () => outermost(everywhere(MESSAGES)).flatMap((each) => spoken(each).split("\n"));
// Each thing is of one kind only: a button that plays a tab is a tab.
const of = (kind) => Object.keys(OWN).filter((other) => other !== kind).reduce((own, other) => `${own}:not([role=${other}])`, `:is(${OWN[kind]})`);
// The words that a page shows, for the record: all of them, and never with what was typed.
const shown = () => ({
  titles: listed(HEADINGS, (each) => words(each) + alts(each), Infinity),
  messages: [...new Set(tidy(said(), Infinity))],
  fields: listed(`${FIELDS},${TICKED}`, asked, Infinity),
  buttons: listed(of("button"), called, Infinity),
  links: listed(of("link"), called, Infinity),
  tabs: listed(of("tab"), called, Infinity),
  heads: listed(COLUMNS, words, Infinity),
});
const described = (elements) => elements.map((each) => {
  const row = each.closest("tr,li,[role=row]");
  const place = row ? ` （行: ${words(row).replace(/\s+/g, " ").trim().slice(0, 40)}）` : "";
  return `<${each.tagName.toLowerCase()}> ${called(each) || before(each).trim()}${place}`;
});

// Finding things by the words a person reads, where roles and labels do not tell: the first part of a
// Playwright selector engine, which word_engine.py puts together. A query is {kind, rung, names, row, field}.
// Only what can be seen is found.
// Letters that nobody sees are no part of a word, as simulator.manual.wording has it.
const fold = (text) => (text || "").normalize("NFKC").replace(/[\s\u00AD\u200B-\u200D\u2060\uFEFF]+/gu, "");
// A label without what decorates it: ■ログインID：, [ログイン], ※必須.
const plain = (text) =>
  fold(text)
    .replace(/^[■□●○◆◇▼▲▶►><«‹←・*※|【[「(]+(?=.)/, "")
    .replace(/(?:[(【[]?必須[)】\]]?|[:*※】\]」><»›→►▶|])+$/, "")
    .replace(/^([^(]*)\)$/, "$1");
// What stands before a box and is part of what is typed: d- of a login ID.
const GIVEN = /^[0-9A-Za-z]{0,4}[-@]$/;
const AGAIN = /再入力|確認|もう一度|再度/;
const FIELDS =
  "input:not([type=hidden]):not([type=button]):not([type=submit]):not([type=reset]):not([type=image])" +
  ":not([type=checkbox]):not([type=radio]),textarea,select,[contenteditable=''],[contenteditable=true]";
const BOXES = "input[type=checkbox],[role=checkbox]";
const TICKED = `${BOXES},input[type=radio],[role=radio],[role=switch]`;
const OWN = {
  button: "button,input[type=button],input[type=submit],input[type=reset],input[type=image],[role=button],summary",
  tab: "[role=tab]",
  link: "a[href],area[href],[role=link]",
};
const PLAYS =
  `${OWN.button},${OWN.tab},a,area,[role],[onclick],[tabindex],label,td,th,li,div,span,img,p,font,b,strong,em`;
const HEADINGS = "h1,h2,h3,h4,h5,h6,legend,caption,[role=heading]";
const COLUMNS = "th[scope=col],th[scope=colgroup],[role=columnheader],tr:not(:has(td)) > th:not([scope])";
const MESSAGES = "[role=alert],[role=status],[role=dialog],[role=alertdialog],dialog,output";

const visible = (element) => {
  if (element.tagName === "AREA") return true;
  const style = getComputedStyle(element);
  return style.visibility === "visible" && style.display !== "none" && element.getClientRects().length > 0;
};
const all = (root, selector) => [...root.querySelectorAll(selector)].filter(visible);
// The words of an element as a person reads them; how a word is read (ruby) is no part of it.
const words = (element) =>
  element.querySelector?.("rt,rp") ? [...element.childNodes].map(unread).join("") : element.innerText ?? element.textContent ?? "";
const unread = (node) => {
  if (node.nodeType === 3) return node.textContent.replace(/\s+/g, " ");
  if (node.tagName === "BR") return "\n";
  if (node.nodeType !== 1 || node.matches("rt,rp,script,style,template,noscript,textarea") || !visible(node)) return "";
  const inside = words(node), style = getComputedStyle(node).display;
  if (style === "table-cell") return `${inside}\t`;
  return /^(?:inline|ruby|contents)/.test(style) ? inside : `\n${inside}\n`;
};
// The same without what was chosen or typed there.
const unfilled = (element) =>
  [...element.querySelectorAll("select,[contenteditable=''],[contenteditable=true]")]
    .reduce((text, each) => text.replace(words(each), "\n"), words(element));
const alts = (element) =>
  [...element.querySelectorAll("img[alt],svg[aria-label]")]
    .map((image) => image.getAttribute("alt") || image.getAttribute("aria-label"))
    .join("");
const byId = (element, ids) =>
  (ids || "").split(/\s+/).filter(Boolean)
    .map((id) => words(element.getRootNode().getElementById?.(id) ?? {})).join("");

// What a button, tab or link is called, rung by rung.
const value = (element) => [
  element.tagName === "INPUT" && !element.matches(FIELDS) && !element.matches(BOXES) ? element.value : "",
  element.getAttribute("alt"), alts(element), element.getAttribute("title"),
];
const label = (element) => [
  element.getAttribute("aria-label"), byId(element, element.getAttribute("aria-labelledby")),
  ...[...(element.labels || [])].map(unfilled), element.getAttribute("placeholder"),
];
const own = (element) => [words(element), words(element) + alts(element), alts(element) + words(element)];

// The words right before a thing, in its own cell or line, and in the cell before it.
const before = (element) => {
  let here = element;
  for (let level = 0; level < 5 && here && here !== document.body; level += 1, here = here.parentElement) {
    for (let side = here.previousSibling; side; side = side.previousSibling) {
      if (side.nodeType === 1 && (side.matches(FIELDS) || side.matches(BOXES) || side.querySelector(`${FIELDS},${BOXES}`))) return "";
      if (side.nodeType === 1 && !visible(side)) continue;
      const text = side.nodeType === 1 ? words(side) : side.nodeType === 3 ? side.textContent : "";
      if (fold(text) && !GIVEN.test(fold(text))) return text;
    }
    if (here.matches("tr,form,fieldset,table")) return "";
  }
  return "";
};
const after = (element) => {
  for (let side = element.nextSibling; side; side = side.nextSibling) {
    if (side.nodeType === 1 && (side.matches(BOXES) || side.querySelector(BOXES))) return "";
    const text = side.nodeType === 3 ? side.textContent : side.nodeType === 1 ? words(side) : "";
    if (fold(text)) return text;
  }
  return "";
};
const column = (element) => {
  const cell = element.closest("td,th");
  const table = cell?.closest("table");
  if (!table) return "";
  const place = [...cell.parentElement.cells].slice(0, cell.cellIndex).reduce((sum, each) => sum + each.colSpan, 0);
  const upper = [...table.rows].slice(0, cell.parentElement.rowIndex);
  for (const row of upper.reverse()) {
    let at = 0;
    for (const each of row.cells) {
      if (place >= at && place < at + each.colSpan && fold(words(each)) && !each.querySelector(`${FIELDS},${BOXES}`)) return words(each);
      at += each.colSpan;
    }
  }
  return "";
};
// The first cell of a row, for the first field in it: an error may stand right before the field.
const head = (element) => {
  const row = element.closest("tr,[role=row]");
  const first = row?.querySelector("td,th,[role=cell],[role=rowheader]");
  const named = first && !first.contains(element) && !first.querySelector(`${FIELDS},${BOXES}`);
  return named && row.querySelector(FIELDS) === element ? words(first) : "";
};
const CELLS = "td,th,[role=cell],[role=gridcell],[role=rowheader]";
// The words in a box's own cell or in the cell beside it that name it: what follows it in 「各種取引 ☐ 担当者 ☐ 承認者」,
// where only the name of the row stands before the first box, and what precedes it in 「各種取引 担当者 ☐ 承認者 ☐」.
const besideBox = (element, cell) => {
  const boxes = all(cell, TICKED);
  if (/\p{L}/u.test(fold(words(cell)))) {
    const start = document.createRange();
    start.setStart(cell, 0);
    start.setEndBefore(boxes[0] ?? element);
    return /\p{L}/u.test(fold(start.toString())) ? before(element) : after(element);
  }
  const row = cell.closest(ROWS);
  const cells = row ? [...row.querySelectorAll(CELLS)].filter((each) => each.closest(ROWS) === row) : [cell];
  const spoken = (each) => (each && !each.querySelector(`${FIELDS},${TICKED}`) && fold(words(each)) ? words(each) : "");
  const leading = cells.slice(0, cells.findIndex((each) => each.querySelector(TICKED))).filter(spoken).length;
  const at = cells.indexOf(cell);
  return (leading < 2 && spoken(cells[at + 1])) || spoken(cells[at - 1]);
};
const boxNamed = (element) => {
  const cell = element.closest("td,th,[role=cell],[role=gridcell]");
  return cell ? [column(element), besideBox(element, cell)] : [after(element), column(element), before(element)];
};
const near = (element) =>
  element.matches(TICKED)
    ? boxNamed(element)
    : [before(element), column(element), head(element)];

// Whether a thing's words are one of these names; a remark in brackets after it does not matter.
const says = (texts, names) =>
  texts.map(plain).some((text) => text && names.some((name) => {
    const rest = text.startsWith(plain(name)) ? text.slice(plain(name).length) : null;
    return rest === "" || (rest !== null && /^[(※:【]/.test(rest) && !AGAIN.test(rest));
  }));
const has = (texts, names) => texts.map(fold).some((text) => names.some((name) => text.includes(fold(name))));
const is = (texts, names) => texts.map(plain).some((text) => text && names.map(plain).includes(text));

const outermost = (found) => found.filter((each) => !found.some((other) => other !== each && other.contains(each)));
const clickable = (element) =>
  element.matches(`${OWN.button},${OWN.tab},a,area,[onclick],[role=menuitem],[role=option]`) ||
  getComputedStyle(element).cursor === "pointer";

// Whether two things stand on one line of the page, as the cells of a row do, whatever the elements around them.
const level = (one, other) => {
  const [a, b] = [one, other].map((each) => each.getBoundingClientRect());
  const shared = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return shared > 0 && shared >= Math.min(a.height, b.height) / 2;
};
// Of things with one name, those that share the smallest place with one of these anchors: a row, or a place with no
// other of them. In a table for layout a row may hold many rows, so of places one in another only the inner counts.
// Where no element surrounds a row, those on one line with an anchor.
const beside = (found, anchors) => {
  const shared = found.map((each) => {
    let place = each;
    while (place && !anchors.some((anchor) => place.contains(anchor))) place = place.parentElement;
    return place;
  });
  const inner = found.filter((each, at) => {
    const place = shared[at];
    return place && !shared.some((other) => other && other !== place && place.contains(other)) &&
      (place.matches("tr,[role=row]") || found.filter((other) => place.contains(other)).length === 1);
  });
  return inner.length ? inner : found.filter((each) => anchors.some((anchor) => level(each, anchor)));
};
const leaves = (root, text, loose) =>
  all(root, "td,th,dt,dd,li,span,div,p,b,strong,a,font,label,legend,h2,h3,h4,[role=cell],[role=rowheader]").filter((each) => {
    const here = plain(words(each));
    const same = here === plain(text) || (loose && here.startsWith(plain(text)));
    return same && ![...each.children].some((child) => plain(words(child)) === here);
  });
// The innermost elements in a place for which something is true that is then true of the place, too.
const innermost = (place, isTrue) => {
  const inside = [...place.children].filter(isTrue).flatMap((each) => innermost(each, isTrue));
  return inside.length ? inside : [place];
};
// What has the words of a button's row: alone, or where nothing has them alone as a word among others.
const rowWords = (root, text) => {
  const exact = leaves(root, text, false), page = root.body ?? root;
  const word = new RegExp(`(?<![0-9A-Za-z-])${plain(text).replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?![0-9A-Za-z-])`, "u");
  const having = (each) => visible(each) && word.test(words(each).normalize("NFKC").replace(/[\u00AD\u200B-\u200D\u2060\uFEFF]/gu, ""));
  return exact.length || !having(page) ? exact : innermost(page, having);
};

const fieldsNamed = (root, names, rung) =>
  all(root, FIELDS).filter((each) => says(rung === "value" ? [each.title] : rung === "label" ? label(each) : near(each), names));
const anyField = (root, names) =>
  ["label", "near", "value"].map((rung) => fieldsNamed(root, names, rung)).find((found) => found.length) || [];

const press = (root, { kind, rung, names }) => {
  if (rung === "value") return outermost(all(root, OWN[kind]).filter((each) => is(value(each), names)));
  if (rung === "label") return outermost(all(root, OWN[kind]).filter((each) => is([...label(each), ...own(each)], names)));
  if (rung === "near") return all(root, OWN[kind]).filter((each) => !fold(words(each)) && !each.value && !each.alt && is([before(each)], names));
  return outermost(all(root, PLAYS).filter((each) => is([...own(each), ...value(each), ...label(each)], names) && clickable(each)));
};
// Two places in a row that have one name are the two places to type the same.
const first = (root, query) => {
  const found = fieldsNamed(root, query.names, query.rung);
  const every = all(root, FIELDS);
  const pair = found.length === 2 && every.indexOf(found[1]) === every.indexOf(found[0]) + 1;
  return pair ? found.slice(0, 1) : found;
};
const again = (root, { names }) => {
  const every = all(root, FIELDS);
  const marked = every.filter((each) =>
    [...label(each), each.title, before(each)].map(fold).some((text) => AGAIN.test(text) && names.some((name) => text.includes(fold(name)))));
  if (marked.length) return marked;
  const [start] = anyField(root, names);
  const next = every[every.indexOf(start) + 1];
  if (!start || !next || next.type !== start.type) return [];
  const called = [...label(next), before(next)].map(fold).find(Boolean) || "";
  return !called || AGAIN.test(called) || says([called], names) ? [next] : [];
};
const box = (root, { names, row }) => {
  const found = all(root, BOXES).filter((each) => is([...label(each), ...near(each), each.title], names));
  return beside(found, leaves(root, row, true));
};
const account = (root, { row }) => beside(all(root, BOXES), leaves(root, row, false));
const large = (each) => {
  const style = getComputedStyle(each);
  return parseInt(style.fontWeight, 10) >= 600 || parseFloat(style.fontSize) >= 17 || each.matches("b,strong,font,big,img");
};
// What may stand for a heading where a page has none.
const banners = (root, fits) => all(root, "b,strong,font,big,td,th,div,p,span,img,center").filter(
  (each) => !each.closest("a,button,label,[onclick],[role=tab]") && fits([words(each), each.getAttribute("alt")]) && large(each));
const screen = (root, { names, part }) => {
  const fits = part ? has : is;
  const heads = all(root, HEADINGS).filter((each) => fits([words(each) + alts(each)], names));
  if (heads.length || all(root, HEADINGS).some((each) => fold(words(each)))) return heads.slice(0, 1);
  return banners(root, (texts) => fits(texts, names)).slice(0, 1);
};
const titled = (root, { names, part }) => {
  const parts = document.title.split(/[|｜:：\-–—/]/);
  return (part ? has : is)([document.title, ...parts], names) && document.body ? [document.body] : [];
};

const element = (root, { number }) => [[...document.querySelectorAll("*")][number]].filter(Boolean);
const KINDS = {
  account, again, box, element, screen, titled, button: press, tab: press, link: press, field: first,
  notice: (root, query) => notice(root, query),
};
const seek = (root, query) => {
  if (query.kind === "any") return query.queries.map((each) => seek(root, each)).find((found) => found.length) || [];
  let found = KINDS[query.kind](root, query);
  if (query.row && !["account", "box"].includes(query.kind)) found = beside(found, rowWords(root, query.row));
  if (query.field?.length) found = beside(found, anyField(root, query.field));
  return found;
};

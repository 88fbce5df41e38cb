// How a page answers: at which field a message stands, what stands before a field, which rows a table has.
// The third part of the engine of word_engine.py.

// The surroundings of one field never reach beyond these, and its cell, row or group not beyond a table.
const EDGES = "form,fieldset,main,body,[role=form],[role=main]";
const STOPS = `${EDGES},table,thead,tbody,[role=table],[role=grid]`;
const TABLES = "table,[role=table],[role=grid]";
const ROWS = "tr,[role=row]";
const ITEMS = "li,[role=listitem]";
const fields = () => all(document, FIELDS);
// Whether two fields are the two places in one row in which the same is typed.
const paired = (one, other) => one.type === other.type && one.closest(ROWS) && one.closest(ROWS) === other.closest(ROWS);
// The largest element around a field that belongs to no other field: its cell, row or group.
const place = (field) => {
  let here = field;
  for (let up = field.parentElement; up && !up.matches(STOPS); up = up.parentElement) {
    const others = all(up, FIELDS).filter((each) => each !== field);
    if (others.length > 1 || others.some((each) => !paired(each, field))) break;
    here = up;
    if (up.matches(ROWS)) break;
  }
  return here;
};
// The nodes right after or right before a place, as far as the next field.
const beyond = (start, way) => {
  for (let here = start; here && !here.matches(EDGES); here = here.parentElement) {
    const nodes = [];
    for (let side = here[way]; side; side = side[way]) {
      if (side.nodeType === 1 && (side.matches(FIELDS) || side.querySelector(FIELDS))) return nodes;
      if (side.nodeType === 3 || (side.nodeType === 1 && visible(side))) nodes.push(side);
    }
    if (nodes.some((each) => fold(each.textContent))) return nodes;
  }
  return [];
};

// Tells one text from another of the same words: by the tags around it and its own class.
const key = (element) => {
  const tags = [];
  for (let here = element; here && here !== document.body; here = here.parentElement) tags.unshift(here.tagName);
  return `${tags.join(">")}.${element.getAttribute("class") || ""}|${fold(element.textContent)}`;
};
const LONGEST = 300;
// The same for the text of an element without that of the elements in it.
const ownTexts = (element) => [...element.childNodes].filter((each) => each.nodeType === 3).map((each) => fold(each.textContent)).filter(Boolean);
const ownKey = (element) => `own:${key(element).split("|")[0]}|${ownTexts(element).join("")}`;
const speaking = () => all(document, "body,body *").filter((each) => ownTexts(each).length && !each.closest(FIELDS));
// The fields of a page and every text on it, to be compared with those after the form was sent.
const standing = () => ({
  form: fields().map((each) => [each.type, each.id, each.name, each.getAttribute("aria-label"), each.getAttribute("placeholder")].join()).join("|"),
  texts: [
    ...all(document, "body *").filter((each) => fold(each.textContent) && fold(each.textContent).length <= LONGEST).map(key),
    ...speaking().map(ownKey),
  ],
});

// The smallest elements that have a folded text and did not have it before the form was sent.
const occurrences = (text, old) => {
  const having = (element) => visible(element) && fold(element.textContent).includes(text);
  return all(document, "body, body *").filter(
    (each) => !each.closest(FIELDS) && having(each) && ![...each.children].some(having) && !old.includes(key(each)));
};
const stands = (text, old) => occurrences(text, old).length > 0;
// The line in which a message stands: its block, or its row where no field is in that.
const line = (element) => {
  let here = element;
  while (here !== document.body && getComputedStyle(here).display.startsWith("inline")) here = here.parentElement;
  const row = here.closest(ROWS);
  return row && !row.querySelector(`${FIELDS},${ROWS}`) ? row : here;
};
const bare = (text) => fold(text).replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "");
// The fields whose name stands before a message in its line, or after it; of several names the longest.
const namedIn = (element, text) => {
  const link = element.closest("a[href^='#']") || element.querySelector("a[href^='#']");
  const target = link && document.getElementById(decodeURIComponent(link.getAttribute("href").slice(1)));
  const linked = fields().filter((each) => target && (target === each || target.contains(each)));
  if (linked.length === 1) return linked;
  const pieces = words(line(element)).split("\n").map(fold);
  const sides = (pieces.find((each) => each.includes(text)) || "").split(text).map(bare).flatMap((each) => [each, each.replace(/[はがのを]$/u, "")]);
  const found = fields().flatMap((field) =>
    [...label(field), ...near(field), field.title].map(bare)
      .filter((name) => name.length > 1 && sides.some((side) => side.startsWith(name) || side.endsWith(name)))
      .map((name) => [name.length, field]));
  const longest = Math.max(0, ...found.map(([length]) => length));
  return [...new Set(found.filter(([length]) => length === longest).map(([, field]) => field))];
};
const owners = (element, text) => {
  const around = fields().filter((each) => place(each).contains(element));
  return around.length ? around : namedIn(element, text);
};
// Whether a field's own description, which only a screen reader may tell, has a message.
const isDescribed = (field, text, old) =>
  ["aria-describedby", "aria-errormessage"]
    .flatMap((name) => (field.getAttribute(name) || "").split(/\s+/).filter(Boolean))
    .map((id) => field.getRootNode().getElementById?.(id))
    .some((each) => each && fold(each.textContent).includes(text) && !old.includes(key(each))) ||
  [field.getAttribute("aria-description"), field.title].some((each) => fold(each).includes(text));
// Where a message stands, seen from a field: described (here; alone where the page has no other field),
// near, loose (tied to no field), elsewhere (tied to another one), none.
const tie = (field, text, old) => {
  const found = occurrences(text, old);
  const owned = found.map((each) => owners(each, text));
  if (isDescribed(field, text, old) || owned.some((each) => each.includes(field))) return fields().length > 1 ? "here" : "alone";
  const next = ["nextSibling", "previousSibling"].flatMap((way) => beyond(place(field), way));
  const isNext = (each) => next.some((node) => (node.nodeType === 1 ? node.contains(each) : each === node.parentElement && fold(node.textContent).includes(text)));
  if (found.some((each, at) => isNext(each) && !owned[at].length)) return "near";
  if (owned.some((each) => !each.length)) return "loose";
  return found.length ? "elsewhere" : "none";
};
// All items of the list in which a message stands, where a page lists its messages apart from the fields.
const itemised = (text, old) => {
  const items = occurrences(text, old).filter((each) => !fields().some((field) => place(field).contains(each)))
    .map((each) => each.closest(ITEMS)).filter(Boolean);
  const siblings = items.length ? [...items[0].parentElement.children] : [];
  return tidy(siblings.filter((each) => visible(each) && !old.includes(key(each))).map(words), Infinity);
};

// The texts before a field in its place, in their order.
const preceding = (field) => {
  const here = place(field), texts = [];
  const walker = document.createTreeWalker(here, NodeFilter.SHOW_TEXT);
  while (walker.nextNode() && field.compareDocumentPosition(walker.currentNode) & Node.DOCUMENT_POSITION_PRECEDING) {
    if (visible(walker.currentNode.parentElement)) texts.push(walker.currentNode.textContent);
  }
  const own = texts.map(fold).filter(Boolean);
  return own.length ? own : beyond(here, "previousSibling").map((each) => fold(each.textContent)).filter(Boolean).reverse();
};

const spans = (cell, name) => Math.max(1, Math.min(Number(cell[name] ?? 1) || 1, 100));
// The rows of a table as the words of their cells; a cell over several rows or columns counts in each.
const grid = (table) => {
  const rows = all(table, ROWS).filter((row) => row.closest(TABLES) === table);
  const lines = rows.map(() => []);
  rows.forEach((row, down) => {
    let across = 0;
    for (const cell of all(row, "td,th,[role=cell],[role=gridcell],[role=columnheader],[role=rowheader]")) {
      if (cell.closest(ROWS) !== row) continue;
      while (lines[down][across] !== undefined) across += 1;
      for (let y = 0; y < spans(cell, "rowSpan") && down + y < lines.length; y += 1)
        for (let x = 0; x < spans(cell, "colSpan"); x += 1) lines[down + y][across + x] = words(cell);
    }
  });
  return lines.map((each) => Array.from(each, (text) => text ?? "")).filter((each) => each.some(fold));
};
// Blocks laid out as the rows of a table: side by side in each, one row right after the other.
const cells = (row) => [...row.children].filter(visible);
const isLaidOut = (row) => {
  const [first, ...others] = cells(row);
  return others.length > 0 && others.every((each) => level(first, each)) && !cells(row).some((each) => getComputedStyle(each).display === "inline");
};
const blocks = () => {
  const found = [];
  for (const row of all(document, "div,ul,ol,li,dl,section,article").filter((each) => !each.closest(TABLES) && isLaidOut(each))) {
    const last = found.at(-1);
    if (last && row.previousElementSibling === last.at(-1)) last.push(row);
    else found.push([row]);
  }
  return found.filter((rows) => rows.length > 1).map((rows) => rows.map((row) => cells(row).map(words)));
};
const tables = () => [...all(document, TABLES).map(grid), ...blocks()];

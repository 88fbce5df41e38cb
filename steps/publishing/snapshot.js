// A page as it stands, as text that another page can show: nothing of it runs, leads anywhere or tells of its server.
// Every element keeps its place among its neighbours, because the things to use are found by their places.
({
  // Return the page's title and its body.
  page() {
    const body = document.body.cloneNode(true);
    const pairs = [[document.body, body]];
    for (const [live, copy] of pairs) {
      pairs.push(...[...live.children].map((child, place) => [child, copy.children[place]]));
    }
    for (const [live, copy] of pairs) this.settle(live, copy);
    return { title: document.title, html: body.outerHTML };
  },
  // Make a copy of an element harmless, and give it what was typed and ticked.
  settle(live, copy) {
    for (const { name } of [...copy.attributes]) {
      const isOurs = name.startsWith("data-") && name !== "data-all";
      if (isOurs || /^(on.*|style|action|formaction|method|target|src|srcset|autofocus)$/u.test(name)) copy.removeAttribute(name);
    }
    if (copy.hasAttribute("href")) copy.setAttribute("href", "#");
    if (live.type === "hidden") {
      copy.removeAttribute("name");
      copy.removeAttribute("value");
    } else if (live.matches("input[type=checkbox], input[type=radio]")) copy.toggleAttribute("checked", live.checked);
    else if (live.matches("input") && live.type !== "password" && live.value) copy.setAttribute("value", live.value);
    else if (live.matches("textarea")) copy.textContent = live.value;
    else if (live.matches("option")) copy.toggleAttribute("selected", live.selected);
    else if (live.matches("script, template, noscript")) copy.replaceWith(document.createElement("template"));
  },
  // Return the place of an element: which child of which child of <html> it is.
  path(thing) {
    const places = [];
    for (let each = thing; each.parentElement; each = each.parentElement) places.unshift([...each.parentElement.children].indexOf(each));
    return places;
  },
  // Return the places of the boxes that are ticked.
  ticked() {
    return [...document.querySelectorAll("input[type=checkbox]:checked")].map((box) => this.path(box));
  },
})

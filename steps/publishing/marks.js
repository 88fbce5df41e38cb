// The frames and numbers on a picture. Styles are set by CSSOM, which a page's own policy does not refuse.
({
  // Return where a thing stands on the whole page and what it is called; for a check box its table or its group.
  place(thing, isGroup) {
    scrollTo(0, 0);
    const grouped = isGroup ? thing.closest("table, fieldset") : null;
    const shown = grouped ?? (thing.matches("input[type=checkbox]") ? thing.closest("label") ?? thing : thing);
    let heading = grouped?.previousElementSibling;
    while (heading && !heading.matches("h1, h2, h3, h4")) heading = heading.previousElementSibling;
    const box = shown.getBoundingClientRect();
    return { x: box.x, y: box.y, width: box.width, height: box.height, title: heading?.innerText.trim() ?? "", shown: shown.innerText?.trim() ?? "" };
  },
  // Return the size of the page, where its content ends, and where its parts begin, in CSS pixels from its top.
  measure() {
    scrollTo(0, 0);
    document.activeElement?.blur();
    const ends = [...document.querySelectorAll("main, dialog[open]")].map((each) => each.getBoundingClientRect().bottom);
    const parts = [...document.querySelectorAll("main :is(h1, h2, h3, h4)")].map((each) => each.getBoundingClientRect().top);
    const root = document.documentElement;
    return { width: root.clientWidth, height: Math.max(root.scrollHeight, root.clientHeight), end: Math.max(0, ...ends), parts };
  },
  // Draw the marks; for a part of the page, words at its top, too.
  draw(marks, words, top) {
    const dialog = document.querySelector("dialog[open]"); // above all else: what is drawn must be inside it
    const layer = document.createElement("densai-marks");
    for (const [place, mark] of marks.entries()) {
      const frame = document.createElement("densai-mark");
      Object.assign(frame.style, {
        position: dialog ? "fixed" : "absolute", zIndex: 2147483647, boxSizing: "border-box", display: "block", pointerEvents: "none",
        left: `${mark.x - 5}px`, top: `${mark.y - 5}px`, width: `${mark.width + 10}px`, height: `${mark.height + 10}px`,
        border: "3px solid #c8102e", borderRadius: "6px", boxShadow: "0 0 0 2px #fff, inset 0 0 0 2px #fff",
      });
      const number = document.createElement("densai-mark");
      number.textContent = place + 1;
      Object.assign(number.style, {
        position: "absolute", left: `${Math.max(-14, 5 - mark.x)}px`, top: "-16px", width: "26px", height: "26px", borderRadius: "50%",
        background: "#c8102e", border: "2px solid #fff", boxSizing: "border-box", color: "#fff", textAlign: "center",
        font: "bold 15px/22px sans-serif", display: "block",
      });
      frame.append(number);
      layer.append(frame);
    }
    if (top) {
      const label = document.createElement("densai-mark");
      label.textContent = words;
      Object.assign(label.style, {
        position: "absolute", zIndex: 2147483647, left: "0", top: `${top}px`, padding: "2px 14px", background: "#332600", color: "#ffdf7a",
        font: "bold 14px/1.6 sans-serif", display: "block",
      });
      layer.append(label);
    }
    (dialog ?? document.documentElement).append(layer);
  },
  // Take the marks away again.
  clear() {
    document.querySelector("densai-marks")?.remove();
  },
})

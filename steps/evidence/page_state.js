// The state of one frame, as far as it decides whether a new screenshot is needed and what must be masked.
// Values of password boxes never leave the page; only their length enters the fingerprint.
() => {
  const texts = [], boxes = [];
  let passwords = 0, unstyled = 0, moving = false;
  const walk = (root) => {
    texts.push(root.textContent);
    for (const each of root.querySelectorAll('*')) {
      if (each.shadowRoot) walk(each.shadowRoot);
      if (each.matches('canvas, video, object, embed')) moving = true;
      if (!each.matches('input, textarea, select')) continue;
      if (each.type === 'password') {
        passwords += 1;
        if (root !== document.documentElement || /!\s*important/i.test(each.getAttribute('style'))) unstyled += 1;
      } else texts.push(each.value ?? '');
      boxes.push(each.type === 'password' ? each.value.length : each.value, each.checked);
    }
  };
  walk(document.documentElement);
  const state = document.documentElement.outerHTML + JSON.stringify([texts, boxes, innerWidth, innerHeight]);
  let a = 0xdeadbeef, b = 0x41c6ce57; // two 32-bit hashes: a page is compared with itself only
  for (let place = 0; place < state.length; place++) {
    const code = state.charCodeAt(place);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  const { scrollWidth, scrollHeight } = document.scrollingElement ?? document.documentElement;
  const fits = scrollWidth <= innerWidth && scrollHeight <= innerHeight && (window.visualViewport?.scale ?? 1) === 1;
  const size = fits ? null : [Math.max(scrollWidth, innerWidth), Math.max(scrollHeight, innerHeight)];
  // The texts as one string: Playwright takes an array apart item by item.
  const text = texts.join('\0');
  return { text, title: document.title, passwords, unstyled, moving, size, fingerprint: [a, b, state.length] };
}

// What a frame shows, as far as it decides whether a picture is needed and what must be painted over.
// Values of boxes for passwords stay here; of them only the length counts, as part of the state.
() => {
  const texts = [], boxes = [];
  let passwords = 0, buried = 0, moving = false;
  const walk = (root) => {
    texts.push(root.textContent);
    for (const each of root.querySelectorAll('*')) {
      if (each.shadowRoot) walk(each.shadowRoot);
      if (each.matches('canvas, video, object, embed')) moving = true;
      if (!each.matches('input, textarea, select')) continue;
      if (each.type === 'password') {
        passwords += 1;
        if (root !== document.documentElement || /!\s*important/i.test(each.getAttribute('style'))) buried += 1;
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
  const { title } = document;
  return { texts, title, passwords, buried, moving, size, state: [a, b, state.length] };
}

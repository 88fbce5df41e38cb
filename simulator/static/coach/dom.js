// Making elements.

// Return an element. A value of true stands for an attribute without one; null and false leave it out.
export function made(tag, attributes = {}, ...children) {
  const thing = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    thing.setAttribute(name, value === true ? "" : value);
  }
  thing.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return thing;
}

// Return a button. name: by which the focus is found again when the dock is drawn anew.
export function press(text, name, act, attributes = {}) {
  const button = made("button", { type: "button", "data-name": name, ...attributes }, text);
  button.addEventListener("click", act);
  return button;
}

export const isShown = (thing) => thing.checkVisibility({ visibilityProperty: true }) && thing.getBoundingClientRect().width > 0;

// Numbers that nobody guesses twice. No crypto.randomUUID: over plain http on a LAN browsers leave it out.
export const randomId = () => [...crypto.getRandomValues(new Uint32Array(4))].join("-");

// Making elements, and the one style sheet that every shadow root of the coach shares.

export const sheet = new CSSStyleSheet();
export const styled = fetch(new URL("../coach.css", import.meta.url))
  .then((answer) => answer.text())
  .then((text) => sheet.replace(text));

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

export const line = (text, style = null) => made("p", { class: style }, text);

// Return a button. name: by which the focus is found again when the dock is drawn anew.
export function press(text, name, act, attributes = {}) {
  const button = made("button", { type: "button", "data-name": name, ...attributes }, text);
  button.addEventListener("click", act);
  return button;
}

// Name the text of a value so that two drawings of it can be told apart: a drawing that is the same is left alone,
// with its focus and its place.
export function redraw(place, parts) {
  const fresh = made("div", {}, ...parts.filter(Boolean));
  if (place.innerHTML === fresh.innerHTML && place.dataset.drawn) return false;
  place.replaceChildren(...fresh.childNodes);
  place.dataset.drawn = "yes";
  return true;
}

export const isShown = (thing) => thing.checkVisibility({ visibilityProperty: true }) && thing.getBoundingClientRect().width > 0;

// Numbers that nobody guesses twice. No crypto.randomUUID: over plain http on a LAN browsers leave it out.
export const randomId = () => [...crypto.getRandomValues(new Uint32Array(4))].join("-");

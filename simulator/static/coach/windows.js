// The windows of a seat: they tell each other where they stand, and the best of them that is open speaks.

import { randomId } from "./dom.js";

const POPUP = { b: "popup,width=1180,height=700", c: "popup,width=1280,height=720" };

export class Windows {
  // seat: its code. here: which window the page belongs to. heard: called with what another page has told.
  constructor(seat, heard) {
    this.id = randomId();
    this.others = new Map();
    this.heard = heard;
    this.channel = new BroadcastChannel(`densai-${seat}`);
    this.channel.addEventListener("message", (event) => this.hear(event.data));
  }

  // Tell the others where this page stands.
  tell(type, state, more = {}) {
    const { practice, turn, place, position, windows } = state;
    this.channel.postMessage({
      type, id: this.id, practice, turn, place, position, here: windows.here, leads: leadsOn(state), ...more,
    });
  }

  hear(told) {
    if (told.id === this.id) return;
    if (told.type === "gone") this.others.delete(told.id);
    else if (told.here) this.others.set(told.id, told);
    this.heard(told);
  }

  // Whether a page in this window can lead on.
  leads(name, practice) {
    return [...this.others.values()].some((one) => one.here === name && one.practice === practice && one.leads);
  }

  forget(name) {
    for (const [id, one] of this.others) if (one.here === name) this.others.delete(id);
  }

  // Return which window speaks: the best one that is open and can lead on, "" where none is.
  speaker(state) {
    const { here, order } = state.windows;
    const best = order.find((name) => (name === here ? leadsOn(state) : this.leads(name, state.practice)));
    return best || (state.turn === "off" ? "" : here);
  }
}

// Whether something can be done on this page that leads on: the step, the way to it, or the way back from astray.
const leadsOn = ({ turn, state }) => turn !== "off" || state === "nothing_here" || state === "wrong_user";

// Bring a window to the front, in a person's click. Return whether it is one of ours: a blank one is closed again.
export function bringToFront(name) {
  const found = window.open("", name);
  if (!found || found === window) return false;
  let isBlank = true;
  try {
    isBlank = found.location.href === "about:blank";
  } catch (error) {
    // A page of somebody else's: not ours either.
  }
  if (isBlank) {
    found.close();
    return false;
  }
  found.focus();
  return true;
}

// Return a link that opens in one of the windows, in the size that the bank gives it.
export function openIn(link, name, which) {
  if (window.name === name) return;
  link.target = name;
  if (POPUP[which]) link.addEventListener("click", () => { window.open("", name, POPUP[which])?.focus(); });
  else link.addEventListener("click", () => { window.open("", name)?.focus(); });
}

// Name this window, where nobody has: then no second one is opened for what it shows.
export function nameThis(windows) {
  if (!window.name) window.name = windows.names[windows.here];
}

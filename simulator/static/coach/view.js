// What the dock is to show: the server's state, and what only the page knows of windows, server and person.

import * as words from "./words.js";

const CALLS = ["call", "uncall"];

export function viewOf(coach) {
  const { state, link } = coach;
  const news = [...(link.isAway ? [words.noServer()] : []), ...(link.resumed ? [link.resumed] : []), ...state.pulse.news];
  const bare = { state, news, boxes: [], step: null, foot: [], note: "", next: "" };
  if (link.isOver) return { ...bare, news: [], boxes: [words.over()] };
  const whole = { ...bare, foot: state.foot, note: state.note, clock: state.test !== null && state.pulse.left !== null };
  if (coach.isSubmitting && state.test) return { ...whole, boxes: [state.test.submit], isAsking: true };
  if (link.speaks) return spoken(coach, whole);
  return { ...whole, ...elsewhere(state, link), foot: state.foot.filter(({ id }) => CALLS.includes(id)), note: "" };
}

function spoken(coach, whole) {
  const { state, acting } = coach;
  return {
    ...whole,
    boxes: [...(coach.asked ? [coach.asked] : []), ...state.boxes.filter(({ key }) => !coach.putAside.has(key))],
    step: state.step,
    open: state.step?.actions.find((action) => action.do === "open")?.url,
    player: state.mode === "show" && state.step ? acting.player : null,
    isWorking: acting.isAtWork,
  };
}

// The window in which it goes on, or that there is none.
function elsewhere({ windows }, { speaker, led }) {
  if (!speaker) return { boxes: [windows.closed] };
  const box = windows.elsewhere[speaker];
  return { boxes: [led?.here === speaker && led.line ? { ...box, lines: [led.line] } : box], next: speaker };
}

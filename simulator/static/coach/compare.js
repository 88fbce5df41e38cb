// What was typed, held against the known value. Pure: text in, words and marks out.

const FULL_WIDTH = /[\uff01-\uff5e\u3000]/u;
const BLANK = /[\s\u3000]/u;

// Return both texts as parts, those off marked: [{ text, off }] of what was typed and of the value wanted.
export function marks(typed, wanted) {
  const [left, right] = [[...typed], [...wanted]];
  const common = Array.from({ length: left.length + 1 }, () => new Array(right.length + 1).fill(0));
  for (let i = left.length - 1; i >= 0; i -= 1) {
    for (let j = right.length - 1; j >= 0; j -= 1) {
      common[i][j] = left[i] === right[j] ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1]);
    }
  }
  const parts = { typed: [], wanted: [] };
  let [i, j] = [0, 0];
  while (i < left.length || j < right.length) {
    if (i < left.length && j < right.length && left[i] === right[j]) {
      add(parts.typed, left[i], false);
      add(parts.wanted, right[j], false);
      i += 1;
      j += 1;
    } else if (j >= right.length || (i < left.length && common[i + 1][j] >= common[i][j + 1])) {
      add(parts.typed, left[i], true);
      i += 1;
    } else {
      add(parts.wanted, right[j], true);
      j += 1;
    }
  }
  return parts;
}

function add(parts, letter, off) {
  const last = parts.at(-1);
  if (last && last.off === off) last.text += letter;
  else parts.push({ text: letter, off });
}

// Return what is amiss in a text that is to be sent, before it is: { kind, place, letter }, or null. kind: blank-end,
// blank-start, blank-inside, full or case. fullAllowed: of a field that takes full-width letters.
export function warning(typed, wanted, { fullAllowed = false } = {}) {
  const letters = [...typed];
  if (!letters.length || typed === wanted) return null;
  const hasBlank = BLANK.test(wanted);
  if (BLANK.test(letters.at(-1)) && !(hasBlank && wanted.startsWith(typed))) return { kind: "blank-end" };
  if (BLANK.test(letters[0])) return { kind: "blank-start" };
  const blank = letters.findIndex((letter) => BLANK.test(letter));
  if (blank >= 0 && !hasBlank) return { kind: "blank-inside", place: blank + 1 };
  const full = letters.findIndex((letter) => FULL_WIDTH.test(letter));
  if (full >= 0 && !fullAllowed) return { kind: "full", place: full + 1, letter: letters[full] };
  const isBegun = wanted.toLowerCase().startsWith(typed.toLowerCase());
  if (isBegun && !wanted.startsWith(typed)) return { kind: "case", to: typed === typed.toUpperCase() || /[A-Z]/u.test(typed) ? "upper" : "lower" };
  return null;
}

// Return a text without the blanks that do not belong there.
export const withoutBlanks = (typed, wanted) => (BLANK.test(wanted) ? typed.trim() : typed.replace(/[\s\u3000]+/gu, ""));

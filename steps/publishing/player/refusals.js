// Why a form is not taken: what the bank would refuse, and what differs from the value wanted, in the coach's sentences.
// It is the page's half of coach_refusals.py, which has a server to ask.

const BLANK = /[\s\u3000\u200b]/u;
const FULL_WIDTH = /[\u2010-\u2312\u3001-\u30ff\u4e00-\u9fff\uff01-\uff5e\uffe0-\uffe6]/u;
const PLAIN = /^[0-9A-Za-z]$/u, WITH_PREFIX = /^[0-9A-Za-z-]$/u, PRINTABLE = /^[!-~]$/u;
const [SHORTEST, LONGEST] = [6, 12];
const ALIKE = { l: "1", I: "1", O: "0", o: "0" };

const filled = (sentence, more) => sentence.replace(/\{(\w+)\}/gu, (_, name) => more[name] ?? "");

export class Refusals {
  // texts: of the book; traps: what a person may confuse with a value: [{ value: sentence }], as the step's values.
  constructor(texts, traps) {
    this.texts = texts;
    this.traps = traps;
  }

  // Return the faults of the fields of a form, in their order: { field, label, text, cause, sample, typed }.
  of(entries, labelOf) {
    return entries.filter(({ state }) => state !== "right").flatMap((entry) =>
      this.causes(entry, entries).map(([cause, text]) => this.fault(entry, labelOf(entry.field), cause, text)));
  }

  fault({ field, value }, label, cause, text) {
    const isShown = !value.secret && field.value !== "";
    return { field: field.name, label, text, cause, sample: isShown ? value.value : "", typed: isShown ? field.value : "" };
  }

  told(cause, more = {}) { return [cause, filled(this.texts.causes[cause], more)]; }

  bank(code, more = {}) { return [code, filled(this.texts.messages[code], more)]; }

  causes({ value, of, again, field }, entries) {
    const typed = field.value;
    if (again) return this.repeated(typed, value, entries.find((one) => one.of === of).field.value);
    if (!typed) return [this.bank("required")];
    const found = this.form(typed, field.name, value);
    return found.length ? found : [this.compared(typed, value, of)];
  }

  repeated(typed, value, first) {
    if (!typed) return [this.bank("required_again")];
    if (typed === first) return []; // told at the first field
    const isLast = first === value.value && onlyLastDiffers(typed, value.value);
    return [this.told(isLast ? "differs_end" : "mismatch")];
  }

  // What the bank refuses before it compares anything.
  form(typed, name, value) {
    if (name === "name") return [];
    const isNew = value.secret && /^(new|password)/u.test(name) && value.isNew;
    const found = this.characters(typed, value.secret, { login_id: WITH_PREFIX, mail: PRINTABLE }[name] || PLAIN, name);
    if (name === "login_id" && !bare(typed.normalize("NFKC")).startsWith("d-")) found.push(this.told("no_prefix"));
    if (isNew || name === "user_id") found.push(...this.composed(bare(typed), isNew && name === "new"));
    return found;
  }

  // The first character of each kind that a half-width field cannot hold.
  characters(typed, secret, allowed, name) {
    const kinds = new Map();
    [...typed].forEach((letter, place) => {
      if (allowed.test(letter)) return;
      const kind = BLANK.test(letter) ? "blank" : FULL_WIDTH.test(letter) ? "full" : "unusable";
      if (!kinds.has(kind)) kinds.set(kind, { letter, place: place + 1, half: letter.normalize("NFKC") });
    });
    return [...kinds].map(([kind, found]) => {
      if (kind === "blank") return this.blank(typed);
      if (kind === "unusable") return secret ? this.bank("unusable_somewhere") : this.bank(name === "mail" ? "mail_unusable" : "unusable", found);
      const which = secret ? "full_width_secret" : /^[\0-\x7f]*$/u.test(found.half) ? "full_width" : "full_width_other";
      return ["full_width", filled(this.texts.causes[which], found)];
    });
  }

  blank(typed) {
    const letters = [...typed];
    if (BLANK.test(letters.at(-1))) return this.told("blank_end");
    const place = letters.findIndex((letter) => BLANK.test(letter)) + 1;
    return place === 1 ? this.told("blank_start") : this.told("blank_inside", { place });
  }

  // mixes: whether a letter and a digit are asked for.
  composed(typed, mixes) {
    const { length } = [...typed];
    const found = length === 0 || (length >= SHORTEST && length <= LONGEST) ? [] : [this.bank("length_6_to_12", { length })];
    if (!mixes || !/^[0-9A-Za-z]+$/u.test(typed)) return found;
    if (!/[A-Za-z]/u.test(typed)) found.push(this.bank("letter_missing"));
    if (!/[0-9]/u.test(typed)) found.push(this.bank("digit_missing"));
    return found;
  }

  compared(typed, { value }, of) {
    const trap = this.traps[of]?.[typed];
    if (trap) return ["other_password", trap];
    if (typed.toLowerCase() === value.toLowerCase()) return this.told("case");
    if (alike(typed) === alike(value)) return this.told("look_alike", this.lookAlike(typed, value));
    if (`d-${typed}` === value) return this.told("no_prefix");
    return this.told(onlyLastDiffers(typed, value) ? "differs_end" : "differs");
  }

  lookAlike(typed, value) {
    const place = [...typed].findIndex((letter, at) => letter !== [...value][at]);
    const [have, want] = [typed[place], value[place]];
    return { have, want, have_kind: this.texts.lookAlikes[have], want_kind: this.texts.lookAlikes[want] };
  }

  // Return the box that says so. count: how many times this step has been refused.
  box(faults, count, entries) {
    const { texts } = this;
    const causes = new Set(faults.map(({ cause }) => cause));
    const fields = new Set(faults.map(({ field }) => field));
    const secrets = entries.filter(({ value }) => value.secret);
    const isSecret = faults.every(({ field }) => secrets.some((one) => one.field.name === field));
    const lines = [];
    const known = causes.size === 1 ? texts.toDo[[...causes][0]] : "";
    if (known) lines.push(known);
    else if (fields.size > 1) lines.push(filled(texts.severalFields, { count: fields.size }));
    else if (!isSecret) lines.push(texts.thisField);
    if (causes.has("no_prefix")) lines.push(texts.messages.id_needs_prefix);
    if (secrets.length && (entries.length > 1 || !known)) lines.push(texts.passwordsAgain);
    return { id: "refusal", tone: "bad", title: texts.refused + (count > 1 ? filled(texts.nth, { count }) : ""), lines, faults };
  }
}

const bare = (typed) => [...typed].filter((letter) => !BLANK.test(letter)).join("");
const alike = (text) => [...text].map((letter) => ALIKE[letter] || letter).join("");
const onlyLastDiffers = (typed, value) => typed.length === value.length && typed !== value && typed.slice(0, -1) === value.slice(0, -1);

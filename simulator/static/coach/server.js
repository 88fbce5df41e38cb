// Questions to the server. Every one gives back what the page is; each POST carries the form's token.

const AWAY = [0, 408, 429, 500, 502, 503, 504];
const OVER = [403, 404];

export class RefusedError extends Error {
  // status: of the answer, 0 where there was none. isOver: the practice is no more; isAway: the server does not answer.
  constructor(status) {
    super(String(status));
    this.status = status;
    this.isOver = OVER.includes(status);
    this.isAway = AWAY.includes(status);
  }
}

async function answerTo(address, options) {
  let answer;
  try {
    answer = await fetch(address, options);
  } catch (error) {
    throw new RefusedError(0);
  }
  if (answer.redirected) throw new RefusedError(403);
  if (!answer.ok && answer.status !== 304) throw new RefusedError(answer.status);
  return answer;
}

export class Server {
  constructor(state) {
    this.take(state);
    this.isActing = false;
    this.known = "";
  }

  take(state) {
    this.urls = state.urls;
    this.page = state.page;
    this.csrf = state.csrf;
  }

  form(values = {}) {
    return new URLSearchParams({ ...this.page, csrf: this.csrf, ...(this.isActing ? { acting: "1" } : {}), ...values });
  }

  async state() {
    const answer = await answerTo(`${this.urls.state}?${new URLSearchParams(this.page)}`);
    return answer.json();
  }

  // Return the new state after a POST to urls[name].
  async post(name, values = {}, again = true) {
    try {
      const answer = await answerTo(this.urls[name], { method: "POST", body: this.form(values) });
      return await answer.json();
    } catch (error) {
      if (error.status !== 409 || !again) throw error;
    }
    this.csrf = (await this.state()).csrf; // the cookie of the token may have been given anew
    return this.post(name, values, false);
  }

  // Send something whose answer matters to nobody, also while the page goes.
  tell(name, values = {}) {
    return navigator.sendBeacon(this.urls[name], this.form(values));
  }

  // Return what may have changed while the page stands, or null where nothing has.
  async pulse() {
    const answer = await answerTo(this.urls.pulse, { headers: this.known ? { "If-None-Match": this.known } : {} });
    this.known = answer.headers.get("ETag") || this.known;
    return answer.status === 304 ? null : answer.json();
  }
}

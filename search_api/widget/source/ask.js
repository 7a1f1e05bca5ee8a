// Asking the site: nothing is sent but the words, no cookie, no address of the page.

const PATIENCE_MS = 10_000;

const ask = async (path, parameters, { signal, body } = {}) => {
  const address = new URL(`api/v1/${path}`, HOME);
  address.search = new URLSearchParams(parameters);
  const posted = body && {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  };
  const options = { signal, credentials: "omit", referrerPolicy: "no-referrer", ...posted };
  const response = await fetch(address, options);
  if (!response.ok) {
    throw Object.assign(new Error(response.statusText), { status: response.status });
  }
  return response.json();
};

const asked = new Map();

// One answer for all widgets of the page; a failure is not kept.
const askOnce = (path, parameters) => {
  const key = `${path}?${new URLSearchParams(parameters)}`;
  if (!asked.has(key)) {
    const answer = ask(path, parameters);
    answer.catch(() => asked.delete(key));
    asked.set(key, answer);
  }
  return asked.get(key);
};

// Whether the site is there at all: if so, and an answer cannot be read, this page is not let in.
const isThere = () => {
  const how = { method: "HEAD", mode: "no-cors", cache: "no-store", credentials: "omit" };
  return fetch(script.src, how).then(() => true, () => false);
};

// What went wrong, in plain words.
const troubleWith = async (error, _) => {
  const { status } = error;
  if (status === 429) return _("Many people are asking at once. Please try again in a moment.");
  if (status >= 400 && status < 500) {
    return _("That question could not be understood. Please try other words.");
  }
  if (!navigator.onLine) {
    return _("You seem to be offline. Please try again when you are connected.");
  }
  if (error instanceof TypeError && (await isThere())) {
    console.warn(`${TAG}: ${HOME.origin} does not list ${location.origin} in widget_origins`);
    return _("The search is not switched on for this page.");
  }
  return _("The search is not answering just now. Please try again in a moment.");
};

// Asks one question at a time: the answer to an earlier one is never shown.
class Asking {
  #latest = null;

  drop() {
    this.#latest?.abort();
    this.#latest = null;
  }

  // Calls `show` with the answer, or `fail` with the error, unless something else was asked since.
  async ask(asking, show, fail) {
    this.drop();
    const mine = (this.#latest = new AbortController());
    const late = setTimeout(() => mine.abort(), PATIENCE_MS);
    try {
      const answer = await asking(mine.signal);
      if (this.#latest === mine) show(answer);
    } catch (error) {
      if (this.#latest === mine) await fail(error);
    } finally {
      clearTimeout(late);
    }
  }
}

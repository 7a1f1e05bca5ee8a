// The call that goes on, kept in this browser at every change and at the server soon after: the one
// outlives a crash of the browser, the other the loss of it.

import { getJson, send } from "./http.js";

const NAME = "call";
const DRAFT_MS = 1200;
const CASE = /^[A-Za-z0-9][A-Za-z0-9 ./:#_-]*$/;
const LASTS_MS = 24 * 60 * 60 * 1000;

export class Draft {
  #kept;
  #address;
  #saving = 0;
  // One request after the other: a draft must not arrive behind the end of its call.
  #last = Promise.resolve();

  constructor(kept, address) {
    this.#kept = kept;
    this.#address = address;
  }

  put(call, { everywhere }) {
    this.#kept.set(NAME, { ...call, kept_at: Date.now() });
    clearTimeout(this.#saving);
    if (everywhere) this.#saving = setTimeout(() => this.#then("PUT", shared(call)), DRAFT_MS);
  }

  drop() {
    clearTimeout(this.#saving);
    this.#kept.drop(NAME);
    this.#then("DELETE");
  }

  // What was kept when this page was last left, or null.
  async get() {
    const here = this.#kept.get(NAME);
    if (here && Date.now() - here.kept_at < LASTS_MS) return here;
    return getJson(this.#address).catch(() => null);
  }

  #then(method, body) {
    this.#last = this.#last.then(() => send(method, this.#address, body)).catch(() => {});
  }
}

// What the server takes of a call; it would refuse the whole for half a case reference.
function shared(call) {
  const { id, started_at, channel, first, avoidable, service, answered_by, opened, searches, path, notes } = call;
  const reference = CASE.test(call.case ?? "") ? call.case : null;
  return { id, started_at, channel, first, avoidable, service, answered_by, opened, searches, path, notes, case: reference };
}

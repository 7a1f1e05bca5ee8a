// The call that goes on, kept in this browser at every change and at the server soon after: the one
// outlives a crash of the browser, the other the loss of it.

import { getJson, send } from "./http.js";

const BEGIN = "call:";
const DRAFT_MS = 1200;
const ANSWER_MS = 250;
const LASTS_MS = 24 * 60 * 60 * 1000;
const CASE = /^[A-Za-z0-9][A-Za-z0-9 ./:#_-]*$/;

export class Draft {
  #kept;
  #address;
  #tabs;
  #id = null;
  #saving = 0;
  // One request after the other: a draft must not arrive behind the end of its call.
  #last = Promise.resolve();

  constructor(kept, address) {
    this.#kept = kept;
    this.#address = address;
    this.#tabs = new BroadcastChannel(`firstline:${address}`);
    this.#tabs.addEventListener("message", ({ data }) => {
      if (data.asked && data.asked === this.#id) this.#tabs.postMessage({ here: data.asked });
    });
  }

  put(call, { everywhere }) {
    this.#id = call.id;
    this.#kept.set(BEGIN + call.id, { ...call, kept_at: Date.now() });
    clearTimeout(this.#saving);
    if (everywhere) this.#saving = setTimeout(() => this.#then("PUT", shared(call)), DRAFT_MS);
  }

  drop() {
    clearTimeout(this.#saving);
    if (this.#id) this.#kept.drop(BEGIN + this.#id);
    this.#id = null;
    this.#then("DELETE");
  }

  // What was kept when the desk was last left, or null. A call that goes on in another tab is not it.
  async get() {
    for (const name of this.#kept.names(BEGIN)) {
      const call = this.#kept.get(name);
      if (!call || Date.now() - call.kept_at > LASTS_MS) this.#kept.drop(name);
      else if (!(await this.#isElsewhere(call.id))) return call;
    }
    const call = await getJson(this.#address).catch(() => null);
    return call && !(await this.#isElsewhere(call.id)) ? call : null;
  }

  #isElsewhere(id) {
    return new Promise((resolve) => {
      const heard = ({ data }) => data.here === id && done(true);
      const done = (answer) => {
        this.#tabs.removeEventListener("message", heard);
        resolve(answer);
      };
      this.#tabs.addEventListener("message", heard);
      this.#tabs.postMessage({ asked: id });
      setTimeout(() => done(false), ANSWER_MS);
    });
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

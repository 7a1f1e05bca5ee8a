// Contacts on their way to the server. Each stays in this browser until the server has it: sent twice
// it counts once, as its id is made here. One key in the browser's store for each, so that two tabs
// cannot take one another's away.

import { send } from "./http.js";

const BEGIN = "waiting:";
const AGAIN_MS = 10000;

export class Waiting {
  #kept;
  #contacts;
  #told;
  #sending = null;

  // `told` is given how many wait, those that were refused for good, and the status that stopped the rest.
  constructor(kept, contacts, told) {
    this.#kept = kept;
    this.#contacts = contacts;
    this.#told = told;
    window.addEventListener("online", () => this.sendAll());
    setInterval(() => this.sendAll(), AGAIN_MS);
  }

  // `entry` is a contact, with the id of the one it corrects, if it is a correction.
  add(entry) {
    this.#kept.set(`${BEGIN}${String(Date.now()).padStart(15, "0")}:${entry.contact.id}`, entry);
  }

  has(id) {
    return this.#names().some((name) => name.endsWith(id));
  }

  // One that was refused, to be mended; it waits on until the mended one is added in its place.
  refused() {
    return this.#names().map((name) => this.#kept.get(name)).find((entry) => entry?.refused) ?? null;
  }

  drop(id) {
    for (const name of this.#names()) if (name.endsWith(id)) this.#kept.drop(name);
  }

  // Oldest first, as a correction comes after what it corrects.
  async sendAll() {
    if (this.#sending) await this.#sending;
    this.#sending ??= this.#send().finally(() => (this.#sending = null));
    return this.#sending;
  }

  async #send() {
    let stopped = null;
    for (const name of this.#names()) {
      const entry = this.#kept.get(name);
      if (!entry || entry.refused) continue;
      const to = new URL(this.#contacts, location);
      if (entry.corrects) to.pathname += `/${entry.corrects}/corrections`;
      try {
        await send("POST", to, entry.contact);
        this.#kept.drop(name);
      } catch (error) {
        if (!error.final) {
          stopped = error.status ?? 0;
          break;
        }
        this.#kept.set(name, { ...entry, refused: error.message });
      }
    }
    const entries = this.#names().map((name) => this.#kept.get(name)).filter(Boolean);
    this.#told({
      count: entries.filter((entry) => !entry.refused).length,
      refused: entries.filter((entry) => entry.refused),
      stopped,
    });
  }

  #names() {
    return this.#kept.names(BEGIN);
  }
}

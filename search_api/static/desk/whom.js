// Whom a call is handed over to: first whom the answer on screen says, then anybody by name, sound or role.

import { getJson } from "./http.js";

const SHOWN = 6;

export class Whom {
  #box;
  #list;
  #directory;
  #chosen;
  #people = [];
  #at = -1;
  #asking = null;

  // `chosen` is given the id and the name of whoever was chosen.
  constructor(panel, directory, chosen) {
    this.#box = panel.querySelector("#whom");
    this.#list = panel.querySelector("#whom-list");
    this.#directory = directory;
    this.#chosen = chosen;
    this.#box.addEventListener("input", () => this.#ask());
    this.#box.addEventListener("keydown", (event) => this.#key(event));
    this.#list.addEventListener("click", (event) => {
      const at = Array.from(this.#list.children).indexOf(event.target.closest("li"));
      if (at >= 0) this.#choose(at);
    });
  }

  // Offer these first.
  open(suggested) {
    this.#box.value = "";
    this.#show(suggested.slice(0, SHOWN));
    this.#box.focus();
    if (!suggested.length) this.#ask();
  }

  #key(event) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const by = event.key === "ArrowDown" ? 1 : -1;
      if (this.#people.length) this.#select((this.#at + by + this.#people.length) % this.#people.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (this.#at >= 0) this.#choose(this.#at);
    }
  }

  async #ask() {
    this.#asking?.abort();
    const mine = (this.#asking = new AbortController());
    const address = new URL(this.#directory, location);
    address.searchParams.set("q", this.#box.value.trim());
    address.searchParams.set("limit", SHOWN);
    try {
      const { entries } = await getJson(address, mine.signal);
      if (!mine.signal.aborted) this.#show(entries.slice(0, SHOWN));
    } catch {
      // Whoever was found before stays to be chosen.
    }
  }

  #show(people) {
    this.#people = people;
    this.#at = -1;
    this.#list.replaceChildren(
      ...people.map((one, at) => {
        const item = document.createElement("li");
        item.id = `whom-${at}`;
        item.setAttribute("role", "option");
        item.append(part("strong", one.name), " ", part("span", one.telephone ?? ""), " ", part("span", one.now ?? ""));
        return item;
      }),
    );
    this.#box.setAttribute("aria-expanded", String(people.length > 0));
    if (people.length) this.#select(0);
    else this.#box.removeAttribute("aria-activedescendant");
  }

  #select(at) {
    this.#at = at;
    Array.from(this.#list.children, (item, here) => item.setAttribute("aria-selected", String(here === at)));
    this.#box.setAttribute("aria-activedescendant", `whom-${at}`);
    this.#list.children[at].scrollIntoView({ block: "nearest" });
  }

  #choose(at) {
    const { id, name } = this.#people[at];
    this.#chosen(id, name);
  }
}

function part(tag, text) {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}

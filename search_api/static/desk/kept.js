// What this browser keeps, by account: at a shared desk nobody is shown what somebody else left.

export class Kept {
  #prefix;
  // Where a browser keeps nothing, or has no room left, it lasts as long as the page.
  #here = new Map();

  constructor(account) {
    this.#prefix = `firstline:${account}:`;
  }

  get(name) {
    const text = this.#here.get(name) ?? this.#stored(name);
    try {
      return JSON.parse(text);
    } catch {
      return null;
    }
  }

  set(name, value) {
    const text = JSON.stringify(value);
    try {
      localStorage.setItem(this.#prefix + name, text);
      this.#here.delete(name);
    } catch {
      this.#here.set(name, text);
    }
  }

  drop(name) {
    this.#here.delete(name);
    try {
      localStorage.removeItem(this.#prefix + name);
    } catch {
      // Nothing was kept.
    }
  }

  // The names that begin so, in order.
  names(begin) {
    const found = new Set(this.#here.keys());
    try {
      for (let at = 0; at < localStorage.length; at += 1) {
        const key = localStorage.key(at);
        if (key.startsWith(this.#prefix)) found.add(key.slice(this.#prefix.length));
      }
    } catch {
      // Those of this page are all.
    }
    return Array.from(found).filter((name) => name.startsWith(begin)).sort();
  }

  #stored(name) {
    try {
      return localStorage.getItem(this.#prefix + name);
    } catch {
      return null;
    }
  }
}

// The call: it begins with the first keystroke and ends with an outcome. What was asked, opened and
// answered is noted here; nobody has to do anything for it.

const SETTLED_MS = 900;
const MOST = 100;

export class Call {
  #changed;
  #settling = 0;
  #typed = "";
  #trail = fresh();

  // `changed` is called whenever there is more to keep.
  constructor(changed) {
    this.#changed = changed;
  }

  get begun() {
    return this.#trail.started_at !== null;
  }

  get startedAt() {
    return this.#trail.started_at;
  }

  get id() {
    return this.#trail.id;
  }

  trail() {
    return structuredClone(this.#trail);
  }

  begin() {
    this.#trail.started_at ??= new Date().toISOString();
  }

  typed(text) {
    if (text) this.begin();
    this.#typed = text;
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => this.settle(), SETTLED_MS);
    this.#change();
  }

  // What was being typed is a search of this call once it stands still, or once something is opened.
  settle() {
    clearTimeout(this.#settling);
    const { searches } = this.#trail;
    const before = searches.at(-1);
    if (!this.#typed || before === this.#typed) return;
    if (before && this.#typed.startsWith(before)) searches.pop();
    searches.push(this.#typed);
    this.#trail.searches = searches.slice(-MOST);
    this.#change();
  }

  opened({ id, service }) {
    this.begin();
    this.settle();
    const { opened } = this.#trail;
    if (!opened.includes(id) && opened.length < MOST) opened.push(id);
    this.#trail.answered_by = id;
    this.#trail.service = service || null;
    this.#change();
  }

  // A step of a guide was answered; or taken back, where the answer is null.
  walked({ guide, step, answer }) {
    this.begin();
    const { path } = this.#trail;
    const at = path.findIndex((one) => one.guide === guide && one.step === step);
    if (at >= 0) path.splice(at, 1);
    if (answer !== null && path.length < MOST) path.push({ guide, step, answer });
    this.#change();
  }

  next() {
    this.replace(fresh());
  }

  replace(trail) {
    clearTimeout(this.#settling);
    this.#trail = { ...fresh(), ...trail };
    this.#typed = this.#trail.searches.at(-1) ?? "";
  }

  #change() {
    if (this.begun) this.#changed();
  }
}

function fresh() {
  return {
    id: uuid(),
    started_at: null,
    searches: [],
    opened: [],
    path: [],
    answered_by: null,
    service: null,
  };
}

// Browsers have randomUUID on secure pages only; a desk on a plain connection needs one too.
export function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}

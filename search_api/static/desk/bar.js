// The form at the foot of the desk: what is filled in, what an outcome asks for first, what is said.

import { getPart } from "./http.js";
import { Whom } from "./whom.js";

const ROOMY = "(min-width: 60rem)";

export class Bar {
  #form;
  #words;
  #on;
  #whom;

  // `on` is told what happens: touched(), outcome(value), whom(id, name), when(iso), left(), putRight().
  constructor(root, words, on) {
    this.#form = root.querySelector("#outcome");
    this.#words = words;
    this.#on = on;
    this.#whom = new Whom(this.#form, root.dataset.directory, on.whom);
    this.#part("particulars").open = matchMedia(ROOMY).matches;
    this.close();
    this.#listen();
  }

  get channel() {
    return this.#fields.channel.value;
  }

  filled() {
    const { channel, repeat, avoidable, case: reference, notes } = this.#fields;
    return {
      channel: channel.value,
      first: !repeat.checked,
      avoidable: avoidable.value || null,
      case: reference.value.trim() || null,
      notes: notes.value.trim(),
    };
  }

  fill(filled) {
    const { channel, repeat, avoidable, case: reference, notes } = this.#fields;
    if (filled.channel) channel.value = filled.channel;
    repeat.checked = filled.first === false;
    avoidable.value = filled.avoidable ?? "";
    reference.value = filled.case ?? "";
    notes.value = filled.notes ?? "";
  }

  // Whether what is filled in can be recorded; shows what cannot.
  check() {
    const { case: reference } = this.#fields;
    if (reference.checkValidity()) return true;
    this.#part("particulars").open = true;
    return reference.reportValidity();
  }

  askWhom(suggested) {
    this.#part("to-whom").hidden = false;
    this.#whom.open(suggested);
  }

  async askWhen() {
    const panel = this.#part("by-when");
    const field = this.#fields.call_back_by;
    panel.hidden = false;
    field.focus();
    // By the clock of this moment and the council's own hours; without the server any time will do.
    const times = await getPart(panel.dataset.times).catch(() => null);
    if (!times || panel.hidden) return;
    panel.querySelector(".times").replaceChildren(...times.children);
    const usual = panel.querySelector("[data-usual]");
    if (usual && !field.value) field.value = localTime(usual.dataset.at);
  }

  close() {
    for (const panel of this.#form.querySelectorAll(".asked-for")) panel.hidden = true;
    this.#fields.call_back_by.value = "";
  }

  toggle(name) {
    const field = this.#fields[name];
    this.#part("particulars").open = true;
    if (field.type === "checkbox") field.click();
    else field.focus();
  }

  // The name of an outcome, as its button has it.
  label(outcome) {
    return this.#form.querySelector(`[value="${outcome}"] .words`).textContent;
  }

  say(name, values) {
    this.#tell("said", name ? this.#words(name, values) : "");
  }

  sayWaiting(text) {
    this.#tell("waiting", text);
  }

  // Offer to bring a call back; nothing where `name` is empty.
  offer(name, correcting) {
    const button = this.#part("put-right");
    button.hidden = !name;
    if (name) button.querySelector(".words").textContent = this.#words(name);
    this.#form.classList.toggle("correcting", correcting);
  }

  tick(began) {
    const seconds = began ? Math.max(0, Math.floor((Date.now() - new Date(began)) / 1000)) : 0;
    this.#tell("clock", `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`);
  }

  get #fields() {
    return this.#form.elements;
  }

  #part(id) {
    return this.#form.querySelector(`#${id}`);
  }

  #tell(id, text) {
    const part = this.#part(id);
    if (part.textContent !== text) part.textContent = text;
  }

  #listen() {
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (event.submitter?.name === "outcome") this.#on.outcome(event.submitter.value);
    });
    this.#form.addEventListener("input", (event) => {
      if (!event.target.closest(".asked-for")) this.#on.touched();
    });
    this.#form.addEventListener("keydown", (event) => this.#key(event));
    this.#part("by-when").addEventListener("click", (event) => {
      const { at } = event.target.closest("[data-at]")?.dataset ?? {};
      if (at) this.#on.when(at);
      else if (event.target.closest("[data-promise]")) this.#promise();
    });
    this.#part("put-right").addEventListener("click", () => this.#on.putRight());
  }

  #key(event) {
    const asked = event.target.closest(".asked-for");
    if (event.key === "Escape" && asked) {
      event.stopPropagation();
      this.close();
      this.#on.left();
    } else if (event.key === "Enter" && !event.defaultPrevented && event.target.matches("input, select")) {
      event.preventDefault();
      if (event.target.name === "call_back_by") this.#promise();
      else if (!asked) this.#on.left();
    }
  }

  #promise() {
    const field = this.#fields.call_back_by;
    const at = new Date(field.value);
    if (Number.isNaN(at.valueOf()) || at <= new Date()) {
      this.say("needs-when");
      field.focus();
    } else {
      this.#on.when(at.toISOString());
    }
  }
}

// As a field for date and time has it, in the browser's own zone.
function localTime(iso) {
  const at = new Date(iso);
  return new Date(at - at.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
}

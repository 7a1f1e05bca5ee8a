// The element itself.

const PAUSE_MS = 150; // of typing, before anything is asked
const SLOW_MS = 500; // before it is said that an answer takes a while
const OPTIONS = 6;
const COMPLETIONS = 3; // of them, at most
const ANSWERS = 5;

let count = 0;
let sheet = null; // one for all, and no part of the page's own mark-up

class FirstlineSearch extends HTMLElement {
  #id = `${TAG}-${(count += 1)}`;
  #cards = 0;
  #asking = new Asking();
  #timer = 0;
  #here = []; // what belongs to this page
  #speech;
  #box;
  #panel = make("div", { class: "panel" });
  #contact = make("div", { class: "contact" });
  #status = make("p", { class: "unseen", role: "status" });

  connectedCallback() {
    if (this.shadowRoot) return;
    this.#speech = speech(languageOf(this));
    this.#box = new Combobox(this.#id, this.#speech._, {
      typed: () => this.#typed(),
      chosen: (option, words) => this.#chosen(option, words),
      cleared: () => this.#cleared(),
      here: () => this.#here,
    });
    if (!sheet) (sheet = new CSSStyleSheet()).replaceSync(given.style);
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet];
    root.append(this.#frame());
    this.#showContact();
    this.#findForPage();
  }

  disconnectedCallback() {
    this.#stop();
  }

  #frame() {
    const { _, spoken } = this.#speech;
    const name = given.name ? _("Ask %(name)s", { name: given.name }) : _("Ask the council");
    const { input, list } = this.#box;
    const button = make("button", { type: "submit", class: "main" }, _("Search"));
    const form = make(
      "form",
      {},
      make("label", { for: input.id }, name),
      make("div", { class: "row" }, input, button, list),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submitted();
    });
    const unique = this.#id.endsWith("-1") ? name : `${name} (${this.#id.split("-").pop()})`;
    const frame = { class: "frame", role: "search", "aria-label": unique, lang: spoken };
    return make("div", frame, form, this.#status, this.#panel, this.#contact);
  }

  // ---- Typing ----

  #typed() {
    this.#stop();
    if (this.#box.words) this.#timer = setTimeout(() => this.#complete(), PAUSE_MS);
    else this.#cleared();
  }

  #stop() {
    clearTimeout(this.#timer);
    this.#asking.drop();
  }

  #cleared() {
    this.#stop();
    this.#box.close();
    this.#showHere();
  }

  #complete() {
    const { asked } = this.#speech;
    const typed = this.#box.input.value.slice(0, LONGEST_QUESTION); // a space at its end matters
    const question = { q: this.#box.words, size: ANSWERS, typing: true, ...asked };
    this.#asking.ask(
      (signal) =>
        Promise.all([
          ask("suggest", { q: typed, ...asked }, { signal }),
          ask("search", question, { signal }),
        ]),
      ([{ suggestions }, { results }]) => {
        const options = merged(suggestions, results);
        this.#box.offer(options);
        if (this.shadowRoot.activeElement === this.#box.input) this.#box.open();
        this.#announce(this.#counted(options.length));
      },
      (error) => this.#failed(error),
    );
  }

  // ---- Answers ----

  #submitted() {
    const words = this.#box.words;
    this.#stop();
    if (!words) {
      this.#box.input.focus();
      this.#box.open();
      return;
    }
    this.#box.close();
    if (matchMedia("(pointer: coarse)").matches) this.#box.input.blur(); // its keyboard makes room
    const looking = setTimeout(() => this.#looking(), SLOW_MS);
    this.#asking
      .ask(
        (signal) => ask("search", { q: words, size: ANSWERS, ...this.#speech.asked }, { signal }),
        (found) => this.#showAnswers(words, found),
        (error) => this.#failed(error),
      )
      .finally(() => clearTimeout(looking));
  }

  // Where the connection is slow, a reader sees that something is coming.
  #looking() {
    const text = this.#speech._("Looking for answers…");
    this.#panel.replaceChildren(make("p", {}, text));
    this.#announce(text);
  }

  #chosen(option, words) {
    const { _ } = this.#speech;
    this.#stop();
    this.#show(_("Answer"), [this.#card(option, words, "chosen")]);
    this.#panel.querySelector("h3 button").focus();
  }

  #showAnswers(words, { results, total, unsure, notices, did_you_mean: corrected }) {
    const { _, asked } = this.#speech;
    const none = _("Nothing was found. Try other words, or speak to a person.");
    const notes = [
      !results.length && none,
      unsure && _("We are not sure that this answers your question."),
      corrected && _("These are answers to “%(words)s”.", { words: corrected }),
    ];
    const all = addressOf("search");
    all.search = new URLSearchParams({ q: words, ...asked });
    this.#show(_("Answers"), [
      ...(notices ?? []).map((text) => make("p", { class: "note notice", role: "note", lang: "en" }, text)),
      ...notes.filter(Boolean).map((note) => make("p", { class: "note" }, note)),
      ...results.map((hit, place) => this.#card(hit, words, place ? "closed" : "open")),
      total > results.length &&
        make("p", {}, link(all, _("See all %(number)s answers", { number: total }))),
    ]);
    this.#announce(results.length ? `${this.#counted(total)} ${results[0].title}` : none);
  }

  #counted(total) {
    const { _ } = this.#speech;
    if (!total) return _("No answers.");
    return total === 1 ? _("One answer.") : _("%(number)s answers.", { number: total });
  }

  #card(hit, words, state) {
    const id = `${this.#id}-${(this.#cards += 1)}`;
    return answerCard(id, hit, words, state, this.#speech, (text) => this.#announce(text));
  }

  #show(heading, parts) {
    this.#panel.replaceChildren(make("h2", {}, heading), ...parts.filter(Boolean));
  }

  #announce(text) {
    this.#status.textContent = text;
  }

  // ---- Before anything is typed ----

  async #findForPage() {
    const page = { topic: topicOf(this), page: pageWords(), ...this.#speech.asked };
    try {
      const { suggestions } = await askOnce("suggest", page);
      const options = suggestions.map(({ id, text, url }) => ({ id, title: text, url }));
      this.#here = options.slice(0, ANSWERS);
    } catch {
      return; // said when somebody asks
    }
    if (!this.#box.words && !this.#panel.hasChildNodes()) this.#showHere();
  }

  #showHere() {
    const cards = this.#here.map((option) => this.#card(option, "", "closed"));
    if (cards.length) this.#show(this.#speech._("Answers for this page"), cards);
    else this.#panel.replaceChildren();
  }

  // ---- How to reach a person ----

  async #showContact() {
    const draw = (contact) => this.#contact.replaceChildren(...contactParts(contact, this.#speech));
    draw({ telephone: given.telephone });
    try {
      draw(await askOnce("contact", this.#speech.asked));
    } catch {
      // the number that came with the script stays
    }
  }

  // ---- When something is wrong ----

  async #failed(error) {
    const { _ } = this.#speech;
    const trouble = await troubleWith(error, _);
    const ring = given.telephone && _("Or ring %(number)s.", { number: given.telephone });
    const text = [trouble, ring].filter(Boolean).join(" ");
    const site = make("p", {}, link(HOME, _("Go to the full site")));
    this.#box.close();
    this.#panel.replaceChildren(make("p", { class: "note trouble" }, text), site);
    this.#announce(text);
  }
}

// Completions first, then answers; each article once, with the passage that answers where it has one.
const merged = (suggestions, results) => {
  const answers = new Map(results.map((hit) => [hit.id, hit.answer]));
  const options = new Map();
  for (const { id, text, url } of suggestions.slice(0, COMPLETIONS)) {
    options.set(id, { id, title: text, url, answer: answers.get(id) });
  }
  for (const hit of results) if (!options.has(hit.id)) options.set(hit.id, hit);
  return [...options.values()].slice(0, OPTIONS);
};

// First placed, then defined: all there are begin in the order of the page.
if (document.body?.contains(script)) {
  const element = make(TAG);
  for (const name of ["topic", "lang"]) {
    if (script.dataset[name] !== undefined) element.dataset[name] = script.dataset[name];
  }
  script.after(element);
}
if (!customElements.get(TAG)) customElements.define(TAG, FirstlineSearch);

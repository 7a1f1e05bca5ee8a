// An editable combobox with list autocomplete, after the ARIA Authoring Practices:
// https://www.w3.org/WAI/ARIA/apg/patterns/combobox/

const EXCERPT = 160;
const LONGEST_QUESTION = 500;

class Combobox {
  #options = [];
  #active = -1;
  #id;
  #act;

  // `act` has what to do: typed(), chosen(option), cleared(); and here(), the options before
  // anything is typed. An option is {id, title, url, answer}.
  constructor(id, _, act) {
    this.#id = id;
    this.#act = act;
    this.input = make("input", {
      id: `${id}-input`,
      type: "text",
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": `${id}-list`,
      autocomplete: "off",
      autocapitalize: "off",
      enterkeyhint: "search",
      maxlength: LONGEST_QUESTION,
      placeholder: _("In your own words"),
    });
    this.list = make("ul", {
      id: `${id}-list`,
      class: "list",
      role: "listbox",
      "aria-label": _("Suggestions"),
      hidden: true,
    });
    this.input.addEventListener("input", act.typed);
    this.input.addEventListener("keydown", (event) => this.#key(event));
    this.input.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault()); // keeps the focus
    this.list.addEventListener("click", ({ target }) => {
      const option = target.closest("[role=option]");
      if (option) this.#choose([...this.list.children].indexOf(option));
    });
  }

  get words() {
    return tidy(this.input.value, LONGEST_QUESTION);
  }

  get isOpen() {
    return !this.list.hidden;
  }

  offer(options) {
    this.#options = options;
    this.list.replaceChildren(...options.map((option, place) => this.#drawn(option, place)));
    this.#activate(-1);
  }

  // Opens the list where it has something; says whether it has.
  open() {
    if (!this.words) this.offer(this.#act.here());
    this.#show(this.#options.length > 0);
    return this.isOpen;
  }

  close() {
    this.#show(false);
  }

  #show(open) {
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
    this.#activate(-1);
  }

  #drawn({ title, url, answer }, place) {
    const excerpt = answer && make("span", { class: "excerpt", dir: "auto" });
    excerpt?.append(...passage(answer.spans, EXCERPT));
    return make(
      "li",
      {
        id: `${this.#id}-option-${place}`,
        role: "option",
        "aria-selected": "false",
        lang: languageIn(url),
      },
      make("span", { class: "title", dir: "auto" }, title),
      excerpt,
    );
  }

  #activate(place) {
    this.list.children[this.#active]?.setAttribute("aria-selected", "false");
    this.#active = place;
    const option = this.list.children[place];
    if (!option) {
      this.input.removeAttribute("aria-activedescendant");
      return;
    }
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", option.id);
  }

  #choose(place) {
    const option = this.#options[place];
    const typed = this.words;
    this.input.value = option.title;
    this.close();
    this.#act.chosen(option, typed);
  }

  #key(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      this.#arrow(event.key === "ArrowDown", event.altKey);
    } else if (event.key === "Enter" && this.#active >= 0) {
      event.preventDefault();
      this.#choose(this.#active);
    } else if (event.key === "Escape" && (this.isOpen || this.input.value)) {
      event.preventDefault();
      event.stopPropagation(); // a dialogue that the widget stands in stays open
      if (this.isOpen) {
        this.close();
      } else {
        this.input.value = "";
        this.#act.cleared();
      }
    } else if (["Home", "End", "ArrowLeft", "ArrowRight"].includes(event.key)) {
      this.#activate(-1); // back into the text, where the caret moves by itself
    }
  }

  #arrow(down, alone) {
    if (alone) {
      if (down) this.open();
      else this.close();
      return;
    }
    if (!this.isOpen && !this.open()) return;
    const last = this.#options.length - 1;
    if (down) this.#activate(this.#active < last ? this.#active + 1 : 0);
    else this.#activate(this.#active > 0 ? this.#active - 1 : last);
  }
}

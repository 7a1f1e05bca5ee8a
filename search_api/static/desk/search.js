// Search as you type. Each keystroke asks; only the answer to the last one is drawn.

import { drawHit, drawPerson } from "./draw.js";
import { getJson } from "./http.js";

const RESULTS = 8;
const PEOPLE = 4;
const PAUSE_MS = 300;

export function startSearch(root, words, { typed, open, left }) {
  const box = root.querySelector("#ask");
  const list = root.querySelector("#hits");
  const people = root.querySelector("#people");
  const state = root.querySelector("#state");
  const found = root.querySelector("#found");
  let asking = null;
  let choices = [];
  let chosen = -1;
  // Whether what is shown answers what was typed before; and whether Enter was pressed meanwhile.
  let stale = false;
  let openWhenFound = false;
  // Whether another answer than the first was chosen: from then on what is shown stays.
  let moved = false;

  asOptions();

  box.addEventListener("input", type);
  box.form.addEventListener("submit", (event) => {
    event.preventDefault();
    openChosen();
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") move(1, event);
    else if (event.key === "ArrowUp") move(-1, event);
    else if (event.key === "Escape") {
      event.preventDefault();
      if (box.value) clear();
      else left();
    }
  });
  found.addEventListener("click", (event) => {
    const item = event.target.closest("li");
    if (!item || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const at = choices.findIndex((choice) => choice.item === item);
    if (at >= 0) {
      select(at);
      openChosen();
    }
  });

  function type() {
    typed(box.value.trim());
    ask();
  }

  async function ask() {
    const text = box.value.trim();
    asking?.abort();
    openWhenFound = false;
    stale = Boolean(text);
    moved = false;
    if (!text) {
      show([]);
      tell(null);
      state.textContent = "";
      return;
    }
    const mine = (asking = new AbortController());
    // People come a moment later, and must not hold the answers up.
    const folk = getJson(at("directory", { q: text, limit: PEOPLE }), mine.signal).catch(() => ({ entries: [] }));
    try {
      draw(await getJson(at("search", { q: text, size: RESULTS, typing: true, quick: true }), mine.signal), mine);
      if (mine.signal.aborted) return;
      if (openWhenFound && choices.length) openChosen();
      const { entries } = await folk;
      if (mine.signal.aborted) return;
      addPeople(entries);
      if (openWhenFound && choices.length) openChosen();
      else if (openWhenFound) box.focus();
      // Words alone answer every keystroke; once it stands still, what is meant counts too.
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      if (mine.signal.aborted || moved || document.activeElement !== box) return;
      const page = await getJson(at("search", { q: text, size: RESULTS, typing: true }), mine.signal);
      if (moved || document.activeElement !== box) return;
      if (page.results.some((hit, number) => `hit-${hit.id}` !== list.children[number]?.id)) {
        draw(page, mine);
        addPeople(entries);
      }
    } catch (error) {
      if (error.name === "AbortError") return;
      stale = false;
      state.textContent = words(error.status === 401 ? "signed-out" : "away");
    }
  }

  function draw(page, mine) {
    if (mine.signal.aborted) return;
    stale = false;
    show(page.results);
    say(page);
    tell(page);
  }

  // Others hear what was found; null where nothing is asked.
  function tell(page) {
    root.dispatchEvent(new CustomEvent("desk:found", { detail: page }));
  }

  function say(page) {
    const parts = [];
    if (page.did_you_mean) parts.push(words("showing", { words: page.did_you_mean }));
    if (page.results.length === 0) parts.push(words("nothing"));
    else if (page.unsure) parts.push(words("unsure"));
    else parts.push(words(page.total === 1 ? "one" : "many", { count: page.total }));
    state.textContent = parts.join(" ");
  }

  function at(name, parameters) {
    const address = new URL(root.dataset[name], location);
    for (const [key, value] of Object.entries(parameters)) address.searchParams.set(key, value);
    return address;
  }

  // One list with two groups; without scripts they are lists of links.
  function asOptions() {
    const lists = root.querySelector("#choices");
    lists.setAttribute("role", "listbox");
    found.tabIndex = 0;
    for (const group of lists.querySelectorAll("ol, ul")) group.setAttribute("role", "group");
    people.querySelector("h2").setAttribute("role", "presentation");
    list.replaceChildren();
    people.querySelector("ul").replaceChildren();
    people.hidden = true;
  }

  function show(results) {
    const start = found.querySelector(".start");
    if (start) start.hidden = Boolean(box.value.trim());
    found.querySelector(".none")?.remove();
    list.replaceChildren(...results.map(drawHit));
    people.hidden = true;
    people.querySelector("ul").replaceChildren();
    choices = Array.from(list.children, (item) => choiceOf(item));
    chosen = -1;
    if (choices.length) select(0);
    else box.removeAttribute("aria-activedescendant");
    box.setAttribute("aria-expanded", String(choices.length > 0));
  }

  function addPeople(entries) {
    if (!entries.length) return;
    const items = entries.map(drawPerson);
    people.querySelector("ul").replaceChildren(...items);
    people.hidden = false;
    choices = choices.filter((choice) => choice.kind === "answer").concat(items.map(choiceOf));
    if (chosen < 0) select(0);
    box.setAttribute("aria-expanded", "true");
  }

  function move(by, event) {
    event?.preventDefault();
    stale = false;
    moved = true;
    if (choices.length) select((chosen + by + choices.length) % choices.length);
  }

  function select(at) {
    choices[chosen]?.item.setAttribute("aria-selected", "false");
    chosen = at;
    const { item } = choices[at];
    item.setAttribute("aria-selected", "true");
    box.setAttribute("aria-activedescendant", item.id);
    item.scrollIntoView({ block: "nearest" });
  }

  function openChosen() {
    if (stale || chosen < 0) {
      openWhenFound = Boolean(box.value.trim());
      if (openWhenFound) left();
      return;
    }
    openWhenFound = false;
    open(choices[chosen]);
  }

  function clear() {
    box.value = "";
    asking?.abort();
    stale = false;
    stale = false;
    show([]);
    tell(null);
    state.textContent = "";
    box.focus();
  }

  return {
    clear,
    // What was typed before this script was there.
    begin: () => {
      if (box.value !== box.defaultValue) type();
      else if (box.value) ask();
    },
    // What was asked before is asked again.
    restore: (text) => {
      box.value = text;
      box.focus();
      ask();
    },
    move,
    openChosen,
    // What is typed next is another question.
    focus: () => {
      box.focus();
      box.select();
    },
    text: () => box.value.trim(),
  };
}

function choiceOf(item) {
  const person = item.id.startsWith("person-");
  return {
    item,
    kind: person ? "person" : "answer",
    id: item.id.slice(person ? 7 : 4),
    section: item.dataset.section ?? "",
  };
}

// Search as you type. Each keystroke asks; only the answer to the last one is drawn.

import { getJson } from "./http.js";

const RESULTS = 8;
const PEOPLE = 4;

export function startSearch(root, words, { typed, open, left }) {
  const box = root.querySelector("#ask");
  const list = root.querySelector("#hits");
  const people = root.querySelector("#people");
  const state = root.querySelector("#state");
  const found = root.querySelector("#found");
  let asking = null;
  let choices = Array.from(list.children, (item) => choiceOf(item));
  let chosen = choices.length ? 0 : -1;
  let openWhenFound = false;

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
    if (!text) {
      show([], []);
      tell(null);
      state.textContent = "";
      return;
    }
    const mine = (asking = new AbortController());
    const query = encodeURIComponent(text);
    // People come a moment later, and must not hold the answers up.
    const folk = getJson(`${root.dataset.directory}?q=${query}&limit=${PEOPLE}`, mine.signal).catch(
      () => ({ entries: [] }),
    );
    try {
      const page = await getJson(
        `${root.dataset.search}?q=${query}&size=${RESULTS}&typing=true`,
        mine.signal,
      );
      if (mine.signal.aborted) return;
      show(page.results, []);
      say(page);
      tell(page);
      if (openWhenFound) openChosen();
      const { entries } = await folk;
      if (!mine.signal.aborted && entries.length) addPeople(entries);
      if (openWhenFound) openChosen();
    } catch (error) {
      if (error.name === "AbortError") return;
      state.textContent = words(error.status === 401 ? "signed-out" : "away");
    }
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

  function show(results, entries) {
    found.querySelector(".start")?.remove();
    found.querySelector(".none")?.remove();
    list.replaceChildren(...results.map(drawHit));
    people.hidden = true;
    people.querySelector("ul").replaceChildren();
    choices = Array.from(list.children, (item) => choiceOf(item));
    if (entries.length) addPeople(entries);
    chosen = -1;
    if (choices.length) select(0);
    box.setAttribute("aria-expanded", String(choices.length > 0));
  }

  function addPeople(entries) {
    const items = entries.map(drawPerson);
    people.querySelector("ul").replaceChildren(...items);
    people.hidden = false;
    choices = choices.filter((choice) => choice.kind === "answer").concat(items.map(choiceOf));
    if (chosen < 0) select(0);
  }

  function move(by, event) {
    event?.preventDefault();
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
    if (chosen < 0) {
      openWhenFound = Boolean(box.value.trim());
      return;
    }
    openWhenFound = false;
    open(choices[chosen]);
  }

  function clear() {
    box.value = "";
    asking?.abort();
    show([], []);
    tell(null);
    state.textContent = "";
    box.focus();
  }

  function drawHit(hit) {
    const item = element("li", { id: `hit-${hit.id}`, role: "option", "aria-selected": "false" });
    item.dataset.section = hit.answer?.anchor ?? "";
    const link = element("a", { href: `/desk/?open=${encodeURIComponent(hit.id)}`, tabindex: "-1" });
    link.append(element("strong", {}, hit.title), " ", element("span", { class: "number" }, hit.number));
    if (hit.answer) {
      const text = element("span", { class: "extract" });
      text.append(...hit.answer.spans.map((one) => (one.hit ? element("mark", {}, one.text) : one.text)));
      link.append(text);
    }
    item.append(link);
    return item;
  }

  function drawPerson(one) {
    const item = element("li", { id: `person-${one.id}`, role: "option", "aria-selected": "false" });
    const link = element("a", { href: `/desk/?person=${encodeURIComponent(one.id)}`, tabindex: "-1" });
    link.append(element("strong", {}, one.name));
    for (const name of ["role", "telephone"]) {
      if (one[name]) link.append(" ", element("span", { class: name }, one[name]));
    }
    if (one.now) link.append(" ", element("span", { class: "presence", "data-presence": one.presence ?? "" }, one.now));
    item.append(link);
    return item;
  }

  return {
    clear,
    // What was typed before this script was there.
    begin: () => {
      if (box.value !== box.defaultValue) type();
    },
    // What was asked before is asked again.
    restore: (text) => {
      box.value = text;
      box.focus();
      ask();
    },
    move,
    openChosen,
    focus: () => box.focus(),
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

function element(name, attributes, text) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

// What can be chosen from: options of one list, chosen by arrow keys while the cursor stays in the box.

export function drawHit(hit) {
  const item = option(`hit-${hit.id}`);
  item.dataset.section = hit.answer?.anchor ?? "";
  const choice = element("div", { class: "choice" });
  choice.append(element("strong", {}, hit.title), " ", element("span", { class: "number" }, hit.number));
  if (hit.answer) {
    const text = element("span", { class: "extract" });
    text.append(...hit.answer.spans.map((one) => (one.hit ? element("mark", {}, one.text) : one.text)));
    choice.append(text);
  }
  item.append(choice);
  return item;
}

export function drawPerson(one) {
  const item = option(`person-${one.id}`);
  const choice = element("div", { class: "choice" });
  choice.append(element("strong", {}, one.name));
  for (const name of ["role", "telephone"]) {
    if (one[name]) choice.append(" ", element("span", { class: name }, one[name]));
  }
  if (one.now) choice.append(" ", element("span", { class: "presence", "data-presence": one.presence ?? "" }, one.now));
  item.append(choice);
  return item;
}

function option(id) {
  return element("li", { id, role: "option", "aria-selected": "false" });
}

function element(name, attributes, text) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

// The keys. Single letters work outside of text fields, and can be switched off (WCAG 2.1.4).

const KEPT = "firstline-single-keys";
const TEXT = "input:not([type=checkbox]), select, textarea";

export function startKeys(root, { search, answers, outcome, flags }) {
  const dialog = root.querySelector("#keys");
  const box = root.querySelector("#single-keys");
  box.checked = localStorage.getItem(KEPT) !== "off";
  box.addEventListener("change", () => localStorage.setItem(KEPT, box.checked ? "on" : "off"));

  root.querySelector("#show-keys").addEventListener("click", () => dialog.showModal());

  const outcomes = Array.from(root.querySelectorAll("#outcome [name=outcome]"));
  const letters = {
    ...Object.fromEntries(outcomes.map(({ dataset, value }) => [dataset.key, () => outcome.finish(value)])),
    c: () => answers.copy("c"),
    m: () => answers.copy("m"),
    f: () => flags.open(),
    p: () => outcome.toggle("repeat"),
    v: () => outcome.toggle("avoidable"),
    t: () => outcome.toggle("channel"),
    e: () => outcome.toggle("case"),
    i: () => outcome.toggle("notes"),
    u: () => outcome.putRight(),
    n: () => outcome.drop(),
    j: () => search.move(1),
    k: () => search.move(-1),
    "?": () => dialog.showModal(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || root.querySelector("dialog[open]")) return;
    if (event.target.matches(TEXT)) {
      if (event.key === "Escape" && event.target.id !== "ask") answers.leave();
      return;
    }
    if (event.key === "Escape" || event.key === "/") {
      event.preventDefault();
      search.focus();
      return;
    }
    if (event.key === "Enter" && !event.target.closest("a, button, summary")) {
      search.openChosen();
      return;
    }
    if (!box.checked || event.repeat) return;
    const act = letters[event.key] ?? (/^[1-9]$/.test(event.key) ? () => answers.choose(Number(event.key)) : null);
    if (act) {
      event.preventDefault();
      act();
    }
  });
}

// The keys. Single letters work outside of text fields, and can be switched off (WCAG 2.1.4).

const KEPT = "firstline-single-keys";
const TEXT = "input:not([type=checkbox]), select, textarea";

export function startKeys(root, { search, answers, flags }) {
  const dialog = root.querySelector("#keys");
  const box = root.querySelector("#single-keys");
  box.checked = localStorage.getItem(KEPT) !== "off";
  box.addEventListener("change", () => localStorage.setItem(KEPT, box.checked ? "on" : "off"));

  const letters = {
    c: () => answers.copy("c"),
    m: () => answers.copy("m"),
    f: () => flags.open(),
    n: () => {
      answers.clear();
      search.clear();
    },
    j: () => search.move(1),
    k: () => search.move(-1),
    "?": () => dialog.showModal(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || root.querySelector("dialog[open]")) return;
    if (event.target.matches(TEXT)) {
      if (event.key === "Escape" && event.target.id !== "ask") search.focus();
      return;
    }
    if (event.key === "Escape" || event.key === "/") {
      event.preventDefault();
      search.focus();
      return;
    }
    if (event.key === "Enter" && !event.target.closest("a, button")) {
      search.openChosen();
      return;
    }
    if (!box.checked || event.repeat) return;
    const act = letters[event.key];
    if (act) {
      event.preventDefault();
      act();
    }
  });
}

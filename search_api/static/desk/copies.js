// Copying an answer as a text message or an e-mail.

export function startCopies(root, words) {
  const said = root.querySelector("#state");
  root.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      said.textContent = words("copied");
    } catch {
      said.textContent = words(byHand(button.dataset.copy) ? "copied" : "not-copied");
      button.focus();
    }
  });
}

// Where the page has no leave to use the clipboard, as on a plain connection.
function byHand(text) {
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "unseen";
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done;
}

// What is not as usual today: all of it on the empty desk, and with results what belongs to them.

export function startNotices(root) {
  const standing = root.querySelector("#standing");
  const list = root.querySelector("#notices");
  root.addEventListener("desk:found", ({ detail: page }) => {
    standing.hidden = page !== null;
    list.replaceChildren(...(page?.notices ?? []).map(draw));
  });
}

function draw(text) {
  const line = document.createElement("p");
  line.className = "notice";
  line.setAttribute("role", "note");
  line.lang = "en";
  line.textContent = text;
  return line;
}

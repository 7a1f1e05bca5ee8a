// The page's interface text, in its language; the server writes it.

const said = JSON.parse(document.getElementById("desk-words").textContent);

// A text by its name, with its %(places)s filled.
export function words(name, values = {}) {
  return (said[name] ?? name).replace(/%\((\w+)\)[sd]/g, (_, key) => values[key] ?? "");
}

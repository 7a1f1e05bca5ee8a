// Drawing with elements and text nodes alone, so that nothing that was received is ever parsed.

const make = (tag, attributes = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child != null && child !== false && child !== ""));
  return node;
};

const pressable = (text, attributes, pressed) => {
  const button = make("button", { type: "button", ...attributes }, text);
  button.addEventListener("click", pressed);
  return button;
};

// An address of the site, or one that its editors link to; null for any other scheme.
const addressOf = (written, base = HOME) => {
  try {
    const address = new URL(written, base);
    return ["https:", "http:", "mailto:", "tel:"].includes(address.protocol) ? address : null;
  } catch {
    return null;
  }
};

const link = (address, text, attributes = {}) => {
  const target = addressOf(address);
  return target ? make("a", { ...attributes, href: target.href }, text) : make("span", {}, text);
};

// The language of a title: the address of what is translated names it.
const languageIn = (url) => addressOf(url)?.searchParams.get("lang") ?? "en";

const telephoneLink = (number) =>
  link(`tel:${number.replace(/[^\d+]/g, "")}`, number, { dir: "ltr" });

// The text of a passage with its marks; with a limit, whole words of about its first letters.
const passage = (spans, limit = Infinity) => {
  const nodes = [];
  let left = limit;
  for (const { text, hit } of spans) {
    const cut = text.length > left;
    const shown = cut ? text.slice(0, text.lastIndexOf(" ", left) + 1) : text;
    if (shown) nodes.push(hit ? make("mark", {}, shown) : shown);
    if (cut) return [...nodes, "…"];
    left -= text.length;
  }
  return nodes;
};

const ELEMENTS = new Set(
  ("p br em strong s code pre blockquote ul ol li dl dt dd " +
    "table thead tbody tr th td a h4 h5 h6 sup").split(" "),
);
const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", nbsp: "\u00a0" };

const decoded = (text) => text.replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (_all, name) => ENTITIES[name]);

const valueOf = (attributes, name) =>
  decoded(new RegExp(`\\s${name}="([^"]*)"`).exec(attributes)?.[1] ?? "");

// The site's own sanitised HTML: whatever it held, plain elements and safe links come out.
const drawn = (html, page) => {
  const root = document.createDocumentFragment();
  const open = [root];
  const pieces = html.matchAll(/<(\/?)([a-z][a-z0-9]*)((?:"[^"]*"|[^">])*)>|[^<]+|</g);
  for (const [piece, closing, tag, attributes] of pieces) {
    const around = open.at(-1);
    if (!tag) {
      around.append(decoded(piece));
    } else if (closing) {
      if (around.localName === tag) open.pop();
    } else if (ELEMENTS.has(tag)) {
      const node = make(tag);
      const target = tag === "a" && addressOf(valueOf(attributes, "href"), page);
      if (target) node.href = target.href;
      around.append(node);
      if (tag !== "br") open.push(node);
    } else if (tag === "img") {
      around.append(valueOf(attributes, "alt"));
    }
  }
  return root;
};

// What the page says, bounded before it is used: its address, its title and the widget's attributes.

const TAG = "firstline-search";

const script = document.currentScript;
if (!(script instanceof HTMLScriptElement) || !script.src) {
  console.error(`${TAG}: load widget.js with a plain <script src>, not as a module`);
  return;
}
const HOME = new URL(".", script.src);

const tidy = (text, longest) => (text ?? "").replace(/\s+/g, " ").trim().slice(0, longest);

const topicOf = (element) => {
  const written = tidy(element.dataset.topic, 101);
  return /^[\p{L}\p{N}][\p{L}\p{M}\p{N} &'’.,()_-]{0,99}$/u.test(written) ? written : "";
};

// Of `data-lang`, else of the page around it.
const languageOf = (element) => {
  const around = element.parentElement?.closest("[lang]")?.lang;
  const written = (element.dataset.lang ?? around ?? "").toLowerCase().split(/[-_]/)[0];
  return /^[a-z]{2,3}$/.test(written) ? written : "en";
};

const lastOfPath = () => {
  try {
    return decodeURIComponent(location.pathname).split("/").filter(Boolean).pop() ?? "";
  } catch {
    return ""; // a stray per cent sign
  }
};

// What the page is called, without the name of its site; else the last words of its address.
// Words with a digit or an @ in them stay here: they could be somebody's.
const pageWords = () => {
  const title = document.title.split(/\s[|·•–—-]\s/)[0];
  const words = title || lastOfPath().replace(/\.\w+$/, "").replace(/[-_+]/g, " ");
  return tidy(words.split(/\s+/).filter((word) => !/[\d@]/.test(word)).join(" "), 200);
};

// The widget's words in a language, and what of it the site is asked in. Messages are English, and
// shown so where there is no translation.
const speech = (language) => {
  const known = language in given.words;
  return {
    _: (message, values = {}) => {
      const text = (known && given.words[language][message]) || message;
      return text.replace(/%\((\w+)\)s/g, (all, name) => values[name] ?? all);
    },
    spoken: known ? language : "en-GB",
    language,
    asked: language === "en" ? {} : { lang: language },
  };
};

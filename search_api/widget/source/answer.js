const ALIKE = 40; // letters at the beginning of a summary

// An answer under its title, which opens and closes it; its article is fetched when it opens.
// `words` led to it, or are empty; `state` is "closed", "open", or "chosen" where a reader opened it.
const answerCard = (id, hit, words, state, speech, announce) => {
  const { _, asked } = speech;
  const lang = languageIn(hit.url);
  const page = addressOf(hit.url);
  page.search = new URLSearchParams({ ...asked, ...(words && { q: words }) });
  const whole = make("p", {}, link(page, _("Read all of it")));
  const body = make("div", { class: "body", hidden: state === "closed" });
  let fetched = false;

  const fill = async (opened) => {
    fetched = true;
    body.append(
      hit.answer
        ? make("p", { lang, dir: "auto" }, ...passage(hit.answer.spans))
        : make("p", {}, _("Looking for answers…")),
    );
    try {
      const parameters = { ...asked, ...(opened && words && { q: words }) };
      const article = await askOnce(`articles/${encodeURIComponent(hit.id)}`, parameters);
      const { partners = [] } = await askOnce("contact", asked).catch(() => ({}));
      const partner = partners.find((one) => one.id === article.provider);
      const text = articleText(article, hit, page, partner, speech);
      body.replaceChildren(text, whole);
      body.append(feedback(id, hit.id, words, speech, announce) ?? "");
    } catch {
      if (!hit.answer) body.replaceChildren();
      body.append(whole); // the passage stands; the page has the rest
    }
  };

  const title = pressable(hit.title, { "aria-expanded": String(!body.hidden), lang }, () => {
    body.hidden = !body.hidden;
    title.setAttribute("aria-expanded", String(!body.hidden));
    if (!fetched) fill(true);
  });
  if (!body.hidden) fill(state === "chosen");
  return make("section", { class: "card" }, make("h3", {}, title), body);
};

// Who does it, the short answer, the section that answers best, and how to get it done.
const articleText = (article, hit, page, partner, { _, spoken }) => {
  const { sections, summary, actions, standard, language, title } = article;
  const best = sections.find(({ anchor }) => anchor === hit.answer?.anchor) ?? sections[0];
  const first = summary && best !== sections[0] ? null : sections[0];
  const repeated = first?.text.startsWith(summary.slice(0, ALIKE)); // and said at more length
  const links = actions.map(({ label, url }) => make("li", {}, link(url, label)));
  const parts = [
    title !== hit.title && make("p", { class: "name" }, title),
    partner && whoDoesIt(partner, _, spoken),
    summary && !repeated && make("p", {}, summary),
    ...[...new Set([first, best])].filter(Boolean).flatMap(({ heading, html }) => [
      heading && make("h4", {}, heading),
      drawn(html, page),
    ]),
    links.length && make("ul", { class: "actions" }, ...links),
    standard && make("p", { class: "standard" }, standard),
  ];
  return make("div", { class: "text", lang: language, dir: "auto" }, ...parts.filter(Boolean));
};

const whoDoesIt = ({ name, website, telephone }, _, spoken) => {
  const said = make("p", { class: "note", lang: spoken }, _("This is done by"), " ");
  said.append(website ? link(website, name) : name);
  if (telephone) said.append(", ", telephoneLink(telephone));
  return said;
};

// How to reach a person, and whether somebody is there now.

const contactParts = (contact, { _ }) => {
  const { telephone, email, sms, open, opening, emergency, week = [], different = [] } = contact;
  if (!telephone && !email) return [];
  const ways = [
    telephone && telephoneLink(telephone),
    email && link(`mailto:${email}`, email, { dir: "ltr" }),
  ];
  return [
    make("p", { class: "person" }, _("Speak to a person")),
    make("p", {}, ...ways),
    sms && make("p", {}, sms),
    opening && make("p", { class: open ? "open" : "closed" }, opening),
    open === false && emergency && emergencyLine(emergency, _),
    week.length > 0 && hoursTable([...week, ...different], _),
  ].filter(Boolean);
};

const emergencyLine = ({ telephone, covers }, _) =>
  make("p", {}, make("span", {}, _("In an emergency:"), " ", telephoneLink(telephone), ` ${covers}`));

const hoursTable = (lines, _) => {
  const rows = lines.map(({ days, hours }) =>
    make("div", {}, make("dt", {}, days), make("dd", {}, hours)),
  );
  return make("details", {}, make("summary", {}, _("Opening hours")), make("dl", {}, ...rows));
};

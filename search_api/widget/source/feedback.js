// "Did this help?" under an answer.

const LONGEST_COMMENT = 2000;
let feedbackTaken = true; // until the site says that it takes none

// Asks whether an article answered the question that led to it; null where nothing is taken.
const feedback = (id, article, query, { _, language }, announce) => {
  if (!feedbackTaken) return null;
  const question = make("p", { id: `${id}-help` }, _("Did this help?"));
  const box = make("div", { class: "feedback", role: "group", "aria-labelledby": question.id });

  const finish = (text) => {
    const said = make("p", { tabindex: "-1" }, text);
    box.replaceChildren(said);
    said.focus();
    announce(text);
  };

  const send = async (said) => {
    for (const button of box.querySelectorAll("button")) button.disabled = true;
    try {
      const body = { article, kind: "answer", query, lang: language, ...said };
      await ask("feedback", {}, { body });
      finish(_("Thank you. Those who keep this answer will read it."));
    } catch ({ status }) {
      if (status === 404 || status === 405) {
        feedbackTaken = false;
        box.getRootNode().querySelectorAll(".feedback").forEach((one) => one.remove());
      } else if (status === 429) {
        finish(_("That was a lot at once. Please try again later."));
      } else {
        finish(_("This could not be sent. Please try again later."));
      }
    }
  };

  const askWhy = () => {
    const form = reasonForm(id, _, (said) => send({ answered: false, ...said }));
    box.replaceChildren(form);
    form.querySelector("input").focus();
  };

  box.append(
    question,
    pressable(_("Yes"), {}, () => send({ answered: true })),
    pressable(_("No"), {}, askWhy),
  );
  return box;
};

const reasonForm = (id, _, send) => {
  const reasons = Object.entries({
    wrong: _("It is wrong or out of date"),
    unclear: _("It is hard to understand"),
    missing: _("What I need is not there"),
    other: _("Something else"),
  });
  const choices = reasons.map(([value, text]) => {
    const radio = make("input", { type: "radio", name: `${id}-reason`, value });
    return make("label", { class: "reason" }, radio, text);
  });
  const comment = make("textarea", { id: `${id}-comment`, rows: 3, maxlength: LONGEST_COMMENT });
  const form = make(
    "form",
    {},
    make("fieldset", {}, make("legend", {}, _("What was not right?")), ...choices),
    make("label", { for: comment.id }, _("Tell us more if you like, but nothing personal")),
    comment,
    make("button", { type: "submit", class: "main" }, _("Send")),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const reason = form.querySelector("input:checked")?.value ?? null;
    send({ reason, comment: comment.value.trim().slice(0, LONGEST_COMMENT) });
  });
  return form;
};

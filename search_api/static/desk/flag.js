// Flag it or fix it: one key opens a small dialog about the answer that is open, or about the
// words that nothing answers. Without this, links lead to a page with the same form.

import { uuid } from "./call.js";
import { Refused, send as post } from "./http.js";

const ABOUT_WORDS = "nobody-has-written";

// `asked()` gives the words in the box and all searches of the call so far.
export function startFlags(root, words, asked) {
  const dialog = root.querySelector("#flagging");
  const form = dialog.querySelector("form");
  const problem = dialog.querySelector(".problem");
  const state = root.querySelector("#state");
  const offer = root.querySelector("#flag-offer");
  let about = null;

  root.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-flag]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(link.dataset.flag === ABOUT_WORDS);
  });

  // Told by the search what it found.
  root.addEventListener("desk:found", ({ detail: page }) => {
    offer.hidden = !page || (page.results.length > 0 && !page.unsure);
  });

  form.addEventListener("submit", (event) => {
    if (event.submitter?.value === "cancel") return;
    event.preventDefault();
    send(event.submitter);
  });

  function open(noAnswer = false) {
    const answer = noAnswer ? null : root.querySelector("#opened [data-id][data-title]");
    const { text, trail } = asked();
    if (!answer && !text) return;
    about = { id: uuid(), article: answer?.dataset.id ?? null, query: text, trail };
    form.reset();
    problem.hidden = true;
    dialog.querySelector(".about").textContent = answer ? answer.dataset.title : `“${text}”`;
    for (const choice of form.elements.kind) {
      const fits = (choice.value === ABOUT_WORDS) === !answer;
      choice.closest("label").hidden = !fits;
      choice.disabled = !fits;
      if (fits && !answer) choice.checked = true;
    }
    dialog.showModal();
    (answer ? form.querySelector("input:enabled") : form.elements.comment).focus();
  }

  async function send(button) {
    const body = { ...about, kind: form.elements.kind.value, comment: form.elements.comment.value };
    button.disabled = true;
    try {
      await post("POST", dialog.dataset.flags, body);
      dialog.close();
      state.textContent = words("flagged");
    } catch (error) {
      problem.textContent = error instanceof Refused ? error.message : dialog.dataset.away;
      problem.hidden = false;
    } finally {
      button.disabled = false;
    }
  }

  return { open };
}

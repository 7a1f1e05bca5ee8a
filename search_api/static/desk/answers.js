// The answer on the right: fetched as the server draws it, with guides walked one question at a time.

import { getPart } from "./http.js";

export function startAnswers(root, words, { opened, walked }) {
  const pane = root.querySelector("#opened");
  let fetching = null;

  pane.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-open], a[data-person]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const step = link.closest("[data-step]");
    if (step) note(step, link);
    const { open: article, person } = link.dataset;
    open(article ? { kind: "answer", id: article, section: "" } : { kind: "person", id: person }, "");
  });

  // `path` is how a guide was walked before: it is walked as far again.
  async function open(choice, text, { focus = true, path = [] } = {}) {
    fetching?.abort();
    const mine = (fetching = new AbortController());
    // The page's language is among the parameters of the address that the page gives.
    const address = new URL(choice.kind === "person" ? root.dataset.people : root.dataset.answers, location);
    address.pathname += encodeURIComponent(choice.id);
    address.searchParams.set("q", text);
    address.searchParams.set("section", choice.section ?? "");
    pane.setAttribute("aria-busy", "true");
    // At once, so that the next key is not taken for one more letter of the question.
    if (focus) pane.focus({ preventScroll: true });
    try {
      const part = await getPart(address, mine.signal);
      if (mine.signal.aborted) return;
      pane.replaceChildren(part);
      enhance(part);
      if (choice.kind === "answer") opened({ id: choice.id, service: part.dataset.service });
      const focused = document.activeElement;
      for (const one of path) walkOn(part, one);
      if (!focus) focused?.focus({ preventScroll: true });
      pane.scrollTop = 0;
      if (focus && !matchMedia("(min-width: 60rem)").matches) pane.scrollIntoView();
    } catch (error) {
      if (error.name !== "AbortError") {
        const message = document.createElement("p");
        message.className = "problem";
        message.textContent = words(error.status === 401 ? "signed-out" : "away");
        pane.replaceChildren(message);
      }
    } finally {
      if (fetching === mine) pane.removeAttribute("aria-busy");
    }
  }

  function enhance(part) {
    const walk = part.querySelector(".walk");
    if (!walk) return;
    const steps = Array.from(walk.querySelectorAll("[data-step]"));
    const trail = walk.querySelector(".trail");
    const back = walk.querySelector(".back");
    const taken = [];
    show(steps[0]);
    walk.addEventListener("click", (event) => {
      const link = event.target.closest("a[data-go]");
      if (link) {
        event.preventDefault();
        const step = link.closest("[data-step]");
        note(step, link);
        taken.push({ step, answer: link.textContent.trim() });
        show(steps.find((one) => one.dataset.step === link.dataset.go));
      } else if (event.target === back) {
        const { step } = taken.pop();
        walked({ guide: walk.dataset.guide, step: step.dataset.step, answer: null });
        show(step);
      }
    });

    function show(step) {
      for (const one of steps) one.hidden = one !== step;
      back.hidden = taken.length === 0;
      trail.hidden = taken.length === 0;
      trail.textContent = taken.map((one) => `${one.step.querySelector("p").textContent} ${one.answer}`).join(" · ");
      if (taken.length) step.querySelector("a")?.focus();
    }
  }

  function walkOn(part, { guide, step, answer }) {
    const links = part.querySelectorAll(`[data-guide="${guide}"] [data-step="${step}"] a[data-go]`);
    Array.from(links).find((link) => label(link) === answer)?.click();
  }

  function note(step, link) {
    const { guide } = step.closest("[data-guide]").dataset;
    walked({ guide, step: step.dataset.step, answer: label(link) });
  }

  enhance(pane);

  return {
    open,
    leave: () => pane.focus({ preventScroll: true }),
    // The nth answer to the question that a guide asks.
    choose: (number) => pane.querySelectorAll(".walk [data-step]:not([hidden]) a")[number - 1]?.click(),
    // Whom the answer, or the person on screen, says to hand over to.
    suggested: () => {
      const seen = new Map();
      for (const one of pane.querySelectorAll("[data-whom]")) seen.set(one.dataset.whom, { ...one.dataset });
      return Array.from(seen.values(), ({ whom, name, telephone, now }) => ({ id: whom, name, telephone, now }));
    },
    clear: () => {
      fetching?.abort();
      pane.replaceChildren();
    },
    copy: (key) => pane.querySelector(`[data-copy][data-key="${key}"]`)?.click(),
  };
}

// An answer to a step, without where it leads.
function label(link) {
  return link.firstChild.textContent.trim();
}

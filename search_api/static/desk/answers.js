// The answer on the right: fetched as the server draws it, with guides walked one question at a time.

import { getPart } from "./http.js";

export function startAnswers(root, words) {
  const pane = root.querySelector("#opened");
  let fetching = null;

  pane.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-open], a[data-person]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const { open: article, person } = link.dataset;
    open(article ? { kind: "answer", id: article, section: "" } : { kind: "person", id: person }, "");
  });

  async function open(choice, text) {
    fetching?.abort();
    const mine = (fetching = new AbortController());
    const base = choice.kind === "person" ? root.dataset.people : root.dataset.answers;
    const query = new URLSearchParams({ q: text, section: choice.section ?? "" });
    pane.setAttribute("aria-busy", "true");
    try {
      const part = await getPart(`${base}${encodeURIComponent(choice.id)}?${query}`, mine.signal);
      if (mine.signal.aborted) return;
      pane.replaceChildren(part);
      enhance(part);
      pane.focus({ preventScroll: true });
      pane.scrollTop = 0;
      if (!matchMedia("(min-width: 60rem)").matches) pane.scrollIntoView();
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
        taken.push({ step, answer: link.textContent.trim() });
        show(steps.find((one) => one.dataset.step === link.dataset.go));
      } else if (event.target === back) {
        show(taken.pop().step);
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

  enhance(pane);

  return {
    open,
    clear: () => {
      fetching?.abort();
      pane.replaceChildren();
    },
    copy: (key) => pane.querySelector(`[data-copy][data-key="${key}"]`)?.click(),
  };
}

// The desk: search while the caller speaks, open, hand over, record. Without scripts the same page
// works by links and forms; these modules make it immediate.

import { startAnswers } from "./answers.js";
import { Call } from "./call.js";
import { startCopies } from "./copies.js";
import { Draft } from "./draft.js";
import { startFlags } from "./flag.js";
import { Kept } from "./kept.js";
import { startKeys } from "./keys.js";
import { startNotices } from "./notices.js";
import { Outcome } from "./outcome.js";
import { startSearch } from "./search.js";
import { Waiting } from "./waiting.js";
import { words } from "./words.js";

const root = document.getElementById("desk");
root.classList.add("scripted");

const kept = new Kept(root.dataset.account);
const call = new Call(() => outcome.keep());
const answers = startAnswers(root, words, {
  opened: (article) => call.opened(article),
  walked: (step) => call.walked(step),
});
const search = startSearch(root, words, {
  typed: (text) => call.typed(text),
  open: (choice) => answers.open(choice, search.text()),
  left: () => answers.leave(),
});
const waiting = new Waiting(kept, root.dataset.contacts, (state) => outcome.waits(state));
const outcome = new Outcome(root, words, {
  call,
  waiting,
  kept,
  draft: new Draft(kept, root.dataset.draft),
  screen: {
    clear: () => {
      answers.clear();
      search.clear();
    },
    restore: (text, article, path) => {
      answers.clear();
      search.restore(text);
      if (article) answers.open({ kind: "answer", id: article }, "", { focus: false, path });
    },
    suggested: () => answers.suggested(),
    leave: () => answers.leave(),
  },
});
startCopies(root, words);
const flags = startFlags(root, words, () => {
  call.settle();
  return { text: search.text(), trail: call.trail().searches };
});
startNotices(root);
startKeys(root, { search, answers, outcome, flags });
search.begin();
outcome.restore();
waiting.sendAll();

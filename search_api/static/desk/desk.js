// The desk: search while the caller speaks, open, hand over. Without scripts the same page
// works by links and forms; these modules make it immediate.

import { startAnswers } from "./answers.js";
import { startCopies } from "./copies.js";
import { startFlags } from "./flag.js";
import { startKeys } from "./keys.js";
import { startSearch } from "./search.js";
import { words } from "./words.js";

const root = document.getElementById("desk");
root.classList.add("scripted");

const answers = startAnswers(root, words);
const search = startSearch(root, words, (choice) => answers.open(choice, search.text()));
startCopies(root, words);
const flags = startFlags(root, words, () => ({ text: search.text(), trail: [search.text()].filter(Boolean) }));
startKeys(root, { search, answers, flags });

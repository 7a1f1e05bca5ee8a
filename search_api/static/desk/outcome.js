// How a call ends: one key, and the next begins. What was recorded can be put right: the call comes
// back to the screen, and what is recorded then is a correction.

import { Bar } from "./bar.js";
import { uuid } from "./call.js";

export class Outcome {
  #bar;
  #words;
  #call;
  #draft;
  #waiting;
  #kept;
  #screen;
  // What can be brought back: { whole, recorded } or null; `recorded` is the contact's first id.
  #back = null;
  // The call on screen besides its trail and fields: what it corrects, or mends, and how it stood.
  #now = {};
  // The call that had begun when another was brought back.
  #aside = null;

  // `screen` is the rest of the desk: { clear(), restore(text, article, path), suggested(), leave() }.
  constructor(root, words, { call, draft, waiting, kept, screen }) {
    this.#words = words;
    this.#call = call;
    this.#draft = draft;
    this.#waiting = waiting;
    this.#kept = kept;
    this.#screen = screen;
    this.#bar = new Bar(root, words, {
      touched: () => this.#touched(),
      outcome: (outcome) => this.finish(outcome),
      whom: (id, name) => this.#end("handed-over", { handed_to: id }, name),
      when: (iso) => this.#end("call-back", { call_back_by: iso }),
      left: () => screen.leave(),
      putRight: () => this.putRight(),
    });
    this.#bar.fill({ channel: kept.get("channel") });
    root.querySelector("#next-call").addEventListener("click", () => this.drop());
    setInterval(() => this.#bar.tick(call.startedAt), 1000);
  }

  // The outcome of the call on screen. Where it needs whom or when, that is asked for first.
  finish(outcome) {
    this.#bar.close();
    if (!this.#bar.check()) return;
    if (outcome === "handed-over") this.#bar.askWhom(this.#screen.suggested());
    else if (outcome === "call-back") this.#bar.askWhen();
    else this.#end(outcome, {});
  }

  // The next call, without recording this one; it can be brought back.
  drop() {
    const back = this.#call.begun ? { whole: this.#whole() } : null;
    if (this.#now.mends) this.#waiting.drop(this.#call.id);
    this.#next(back);
    this.#bar.say(back ? "dropped" : "");
  }

  // Bring a call back: one that was refused, else the one that was dropped or recorded last.
  putRight() {
    const refused = this.#waiting.refused();
    const back = this.#back;
    if (!refused && !back) return;
    if (this.#call.begun) this.#aside = this.#whole();
    if (refused) {
      const { contact, corrects } = refused;
      this.#bring({ ...contact, now: { ...stood(contact), corrects, mends: true } });
      this.#bar.say("refused", { why: refused.refused });
    } else {
      this.#back = null;
      const { whole, recorded } = back;
      this.#bring(recorded ? { ...whole, id: uuid(), now: { ...stood(whole), corrects: recorded } } : whole);
      this.#bar.say(recorded ? "correcting" : "");
    }
    this.#offer();
    // Out of the box, so that one key says how it went.
    this.#screen.leave();
  }

  // After a crash, or in another browser: the call that went on.
  async restore() {
    const whole = await this.#draft.get();
    if (!whole?.started_at || this.#call.begun) return;
    if (this.#waiting.has(whole.id) || this.#kept.get("ended") === whole.id) return;
    this.#bring(whole);
    const time = new Date(whole.started_at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
    this.#bar.say("kept", { time });
    this.#offer();
  }

  // Contacts that are not saved yet stay in plain sight until they are.
  waits({ count, refused, stopped }) {
    const parts = refused.map((entry) => this.#words("refused", { why: entry.refused }));
    if (count) parts.unshift(this.#words(count === 1 ? "waits" : "wait", { count }));
    if (count && [401, 403].includes(stopped)) parts.push(this.#words("signed-out"));
    this.#bar.sayWaiting(parts.join(" "));
    this.#offer();
  }

  toggle(name) {
    this.#bar.toggle(name);
  }

  keep() {
    // A correction is kept in this browser alone: elsewhere it would be taken for a call of its own.
    this.#draft.put(this.#whole(), { everywhere: !this.#now.corrects });
    this.#bar.tick(this.#call.startedAt);
  }

  #touched() {
    this.#kept.set("channel", this.#bar.channel);
    this.#call.begin();
    this.keep();
  }

  #whole() {
    return { ...this.#call.trail(), ...this.#bar.filled(), now: this.#now };
  }

  async #end(outcome, { handed_to = null, call_back_by = null }, name = "") {
    this.#call.begin();
    this.#call.settle();
    const { corrects = null, mends, ended_at, noted } = this.#now;
    const trail = this.#call.trail();
    const went_on = stood(trail).noted !== noted;
    const contact = {
      ...trail,
      ...this.#bar.filled(),
      outcome,
      handed_to,
      call_back_by,
      ended_at: ended_at && !went_on ? ended_at : new Date().toISOString(),
    };
    if (mends) this.#waiting.drop(contact.id);
    this.#waiting.add({ contact, corrects });
    this.#kept.set("ended", contact.id);
    const said = { outcome: [this.#bar.label(outcome), name].filter(Boolean).join(": ") };
    this.#next({ whole: contact, recorded: corrects ?? contact.id });
    this.#bar.say("recording", said);
    await this.#waiting.sendAll();
    if (this.#kept.get("ended") !== contact.id) return;
    if (this.#waiting.has(contact.id)) this.#bar.say("");
    else this.#bar.say("recorded", said);
  }

  #next(back) {
    const aside = this.#aside;
    this.#aside = null;
    this.#draft.drop();
    this.#bar.close();
    this.#bar.fill({});
    this.#call.next();
    this.#now = {};
    this.#back = back;
    this.#screen.clear();
    if (aside) this.#bring(aside);
    this.#offer();
    this.#bar.tick(this.#call.startedAt);
  }

  #bring(whole) {
    const { id, started_at, searches = [], opened = [], path = [], answered_by, service } = whole;
    this.#call.replace({ id, started_at, searches, opened, path, answered_by, service });
    this.#now = whole.now ?? {};
    this.#bar.close();
    this.#bar.fill(whole);
    this.#screen.restore(searches.at(-1) ?? "", answered_by, path);
    this.keep();
  }

  #offer() {
    const mend = this.#waiting.refused() && !this.#now.mends;
    const name = mend || this.#back?.recorded ? "put-right" : this.#back && "bring-back";
    this.#bar.offer(name ?? "", Boolean(this.#now.corrects));
  }
}

// How a contact was when it was recorded: if nothing is looked up after that, it ended when it ended.
function stood({ ended_at, searches, opened, path }) {
  return { ended_at, noted: searches.length + opened.length + path.length };
}

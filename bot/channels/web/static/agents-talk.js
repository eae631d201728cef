// The open request: what was said, and the two places to write in. An answer goes to the customer, a note never does:
// each has its own form, its own colour, its own key and its own address.

import { make } from "./dom.js";

const ACTS = ["take", "accept_option", "decline_option", "solve", "close", "reopen", "hand_over", "put_back", "merge"];
const KEYS = { take: "t", solve: "s", close: "c", reopen: "o", hand_over: "h", put_back: "b", merge: "d", accept_option: "a", decline_option: "x" };
const LANGUAGES = { fr: "Français", nl: "Nederlands", en: "English", de: "Deutsch" };
const part = (id) => document.getElementById(id);

export class Talk {
  #words;
  #actions;
  #number = null;
  #file = null;
  #lines = [];
  #drafts = new Map();
  #held = new Set();
  #writes = { answer: part("answer-words"), note: part("note-words") };

  /** `actions` are `act(name)` and `write(name, words)`, where the name is `answer` or `note`. */
  constructor(words, actions) {
    this.#words = words;
    this.#actions = actions;
    // Each form sends by its own key, which does nothing in the other one.
    this.#listen("answer", (event) => event.ctrlKey && !event.altKey);
    this.#listen("note", (event) => event.altKey && !event.ctrlKey);
  }

  get summary() {
    const { ticket } = this.#file;
    return `${ticket.customer ?? this.#words.say("unknown_person")} – ${ticket.summary}`;
  }

  can(name) {
    return this.#file?.can.includes(name) ?? false;
  }

  /** Turn to another request; what was being written for the one before is kept with it. */
  begin(number) {
    if (number === this.#number) return;
    this.#keepDrafts();
    this.#number = number;
    this.#file = null;
    this.#blank();
    part("talk-title").textContent = number;
    part("lines").setAttribute("aria-live", "off");
    part("before").open = false;
    part("choose").hidden = true;
    part("file").hidden = false;
    for (const [name, field] of Object.entries(this.#writes)) field.value = this.#drafts.get(`${name} ${number}`) ?? "";
  }

  clear() {
    this.#keepDrafts();
    this.#number = null;
    this.#file = null;
    this.#blank();
    for (const field of Object.values(this.#writes)) field.value = "";
    part("file").hidden = true;
    part("choose").hidden = false;
  }

  #blank() {
    this.#lines = [];
    for (const id of ["talk-title", "facts", "holder", "acts", "summary", "transcript", "lines"]) part(id).replaceChildren();
    part("acts").dataset.drawn = "";
    this.#allow(false);
  }

  /** Keep nothing, not even what was begun to be written. */
  forget() {
    this.clear();
    this.#drafts.clear();
  }

  /** Show a request as it is now; gives who has just taken it away from under one's eyes. */
  draw(file) {
    const before = this.#file?.ticket;
    const isFirst = this.#file === null;
    this.#file = file;
    part("choose").hidden = true;
    part("file").hidden = false;
    this.#drawHead();
    this.#drawLines(isFirst);
    this.#drawForms();
    const { agent, mine } = file.ticket;
    return before && agent && !mine && agent !== before.agent ? agent : null;
  }

  redraw() {
    if (!this.#file) return;
    this.#lines = [];
    this.draw(this.#file);
  }

  focus() {
    part("talk-title").focus();
  }

  /** Go and write. */
  write(name) {
    if (this.#writes[name].disabled) return;
    this.#writes[name].focus();
  }

  /** Put a canned answer where it can still be changed. */
  insert(text) {
    const field = this.#writes.answer;
    field.value = field.value.trim() ? `${field.value.trimEnd()}\n\n${text}` : text;
    field.focus();
  }

  /** What was written has gone. */
  written(number, name) {
    this.#drafts.delete(`${name} ${number}`);
    if (number !== this.#number) return;
    const field = this.#writes[name];
    field.value = "";
    if (document.activeElement === field) this.focus();
  }

  /** While something is on its way, nothing more is written into its field, or it would be lost with it. */
  hold(name, isHeld) {
    if (isHeld) this.#held.add(name);
    else this.#held.delete(name);
    this.#allow(this.can("answer"));
  }

  /** Leave a field for the heading of the request; gives whether there was one. */
  leavesField() {
    if (!Object.values(this.#writes).includes(document.activeElement)) return false;
    this.focus();
    return true;
  }

  #listen(name, isSending) {
    part(name).addEventListener("submit", (event) => {
      event.preventDefault();
      const words = this.#writes[name].value.trim();
      if (words && !this.#writes[name].readOnly) this.#actions.write(name, words);
    });
    this.#writes[name].addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing || !isSending(event)) return;
      event.preventDefault();
      part(name).requestSubmit();
    });
  }

  #keepDrafts() {
    if (!this.#number) return;
    for (const [name, field] of Object.entries(this.#writes)) this.#drafts.set(`${name} ${this.#number}`, field.value);
  }

  #drawHead() {
    const { ticket } = this.#file;
    const say = (name, values) => this.#words.say(name, values);
    const subject = this.#words.has(`subject_${ticket.subject}`) ? say(`subject_${ticket.subject}`) : ticket.subject;
    part("talk-title").textContent = `${ticket.customer ?? say("unknown_person")} · ${ticket.number}`;
    part("facts").replaceChildren(
      make("span", { class: `state ${ticket.state}` }, say(`state_${ticket.state}`)),
      ticket.overdue ? make("span", { class: "late-mark" }, say("overdue")) : "",
      make("span", {}, subject),
      make("span", {}, say("opened", { at: this.#words.moment(ticket.opened_at) })),
      ["new", "taken"].includes(ticket.state)
        ? make("span", {}, say("due", { at: this.#words.moment(ticket.due_at) }))
        : "",
    );
    const holder = ticket.mine ? "yours" : ticket.agent ? "somebodys" : "nobodys";
    part("holder").textContent = say(holder, { agent: ticket.agent });
    part("holder").className = `holder ${holder}`;
    this.#drawActs();
    part("summary").textContent = ticket.summary;
    part("summary").lang = ticket.language;
  }

  /** Offer what can be done; a button that goes away while it has the focus leaves it to the heading. */
  #drawActs() {
    const acts = part("acts");
    const focused = acts.contains(document.activeElement) ? document.activeElement.dataset.act : null;
    const possible = ACTS.filter((name) => this.can(name));
    const drawn = JSON.stringify([possible, this.#words.language]);
    if (acts.dataset.drawn === drawn) return;
    acts.dataset.drawn = drawn;
    acts.replaceChildren(
      ...possible.map((name) => {
        const looks = { type: "button", class: ["take", "accept_option"].includes(name) ? "button primary" : "button", "data-act": name };
        const button = make("button", { ...looks, "aria-keyshortcuts": KEYS[name] }, this.#words.say(name));
        button.addEventListener("click", () => this.#actions.act(name));
        return button;
      }),
    );
    if (focused) (acts.querySelector(`[data-act=${focused}]`) ?? part("talk-title")).focus();
  }

  #drawLines(isFirst) {
    const { transcript, lines, ticket } = this.#file;
    part("before").hidden = transcript.length === 0;
    part("transcript").replaceChildren(
      ...transcript.map(({ customer, text }) => {
        const who = customer ? (ticket.customer ?? this.#words.say("unknown_person")) : "Guichet";
        return make("p", {}, make("strong", {}, `${who}: `), make("span", { lang: ticket.language }, text));
      }),
    );
    const drawn = lines.map((line) => JSON.stringify([line, this.#words.language]));
    const goesOn = this.#lines.every((line, index) => line === drawn[index]);
    const log = part("lines");
    if (!goesOn) log.replaceChildren();
    const from = goesOn ? this.#lines.length : 0;
    this.#lines = drawn;
    if (from === lines.length && !isFirst) return;
    log.append(...lines.slice(from).map((line) => this.#line(line)));
    if (isFirst) part("before").open = lines.length === 0;
    part("paper").scrollTop = part("paper").scrollHeight;
    // What was there is history; what comes now is read out.
    if (isFirst) requestAnimationFrame(() => log.setAttribute("aria-live", "polite"));
  }

  #line(line) {
    const { ticket } = this.#file;
    const author = line.author ?? this.#words.say("unknown_person");
    const when = make("time", { datetime: line.at }, this.#words.moment(line.at));
    if (line.event) {
      const known = this.#words.has(`event_${line.event}`);
      const words = known ? this.#words.say(`event_${line.event}`, { agent: author, text: line.text }) : line.event;
      return make("p", { class: "line event" }, words, " ", when);
    }
    const isNote = line.kind === "note";
    const label = isNote ? `${this.#words.say("note_title")} · ${author}` : author;
    return make(
      "div",
      { class: `line ${line.kind}` },
      make("p", { class: "line-top" }, make("strong", {}, label), " ", when),
      make("p", { class: "line-words", lang: isNote ? false : ticket.language }, line.text),
    );
  }

  #drawForms() {
    const { ticket } = this.#file;
    const say = (name, values) => this.#words.say(name, values);
    const can = this.can("answer");
    part("answer-title").textContent = say("answer_title", { customer: ticket.customer ?? say("unknown_person") });
    part("answer-hint").textContent = can
      ? say("answer_hint", { language: LANGUAGES[ticket.language] ?? ticket.language })
      : say("answer_not");
    part("answer-send").textContent = say(ticket.state === "new" ? "answer_take" : "answer_send");
    this.#writes.answer.lang = ticket.language;
    this.#allow(can);
  }

  /** What one has written stays to be read and copied where a colleague was quicker. */
  #allow(canAnswer) {
    this.#writes.answer.readOnly = !canAnswer || this.#held.has("answer");
    this.#writes.note.readOnly = this.#held.has("note");
    part("answer").classList.toggle("off", !canAnswer);
    for (const button of part("answer").querySelectorAll("button")) button.disabled = !canAnswer;
  }
}

// The queue: who waits, filtered and counted. An entry stays the same element while it waits, so that no focus is lost.

import { make } from "./dom.js";

const PILLS = ["open", "mine", "overdue", "new"];
const VIEWS = [...PILLS, "taken", "waiting", "solved", "closed"];
const FLAGS = ["mine", "overdue"];
const LANGUAGES = { fr: "Français", nl: "Nederlands", en: "English", de: "Deutsch" };

export class Queue {
  #list = document.getElementById("list");
  #view = document.getElementById("view");
  #subject = document.getElementById("subject");
  #language = document.getElementById("language");
  #words;
  #actions;
  #rows = new Map();
  #shown = "open";
  #counts = {};
  #known = null;

  /** `actions` are `open(number)` and `filter()`. */
  constructor(words, actions) {
    this.#words = words;
    this.#actions = actions;
    this.#view.addEventListener("change", () => this.#choose(this.#view.value));
    for (const select of [this.#subject, this.#language]) select.addEventListener("change", () => actions.filter());
    this.#drawFilters();
    words.onChange(() => this.#drawFilters());
  }

  /** Give the filter as the server reads it. */
  get query() {
    const query = new URLSearchParams();
    if (FLAGS.includes(this.#shown)) query.set(this.#shown, "1");
    else if (this.#shown !== "open") query.set("state", this.#shown);
    if (this.#subject.value) query.set("subject", this.#subject.value);
    if (this.#language.value) query.set("language", this.#language.value);
    return query.toString();
  }

  /** Give the request whose entry has the focus. */
  get focused() {
    return document.activeElement?.closest?.(".entry")?.dataset.number ?? null;
  }

  /** Show the queue as it is now, with the focus where it was: on its entry, or on the one that took its place. */
  draw(desk, open) {
    this.#counts = desk.counts;
    this.#drawCounts();
    const focused = this.focused;
    const place = [...this.#rows.keys()].indexOf(focused);
    const rows = new Map();
    for (const ticket of desk.tickets) rows.set(ticket.number, this.#fill(this.#rows.get(ticket.number), ticket));
    this.#rows = rows;
    this.#put([...rows.values()]);
    this.mark(open);
    document.getElementById("nothing").hidden = rows.size > 0;
    if (focused) this.#focusAgain(focused, place);
    this.#announce(desk.tickets);
  }

  clear() {
    this.#rows.clear();
    this.#list.replaceChildren();
    this.#known = null;
  }

  /** Mark the request that is open. */
  mark(number) {
    for (const [key, item] of this.#rows) {
      const button = item.firstElementChild;
      if (key === number) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
  }

  /** Go to the entry before or behind. */
  move(step) {
    const numbers = [...this.#rows.keys()];
    if (!numbers.length) return;
    const current = this.focused ?? this.#list.querySelector("[aria-current]")?.dataset.number;
    const at = numbers.indexOf(current);
    const next = at === -1 ? 0 : Math.min(Math.max(at + step, 0), numbers.length - 1);
    this.focus(numbers[next]);
  }

  focus(number) {
    const button = this.#rows.get(number)?.firstElementChild ?? document.getElementById("queue-title");
    button.focus();
  }

  #choose(view) {
    this.#shown = view;
    this.#drawCounts();
    this.#actions.filter();
  }

  /** Put entries in their order; one that stands right already is not moved, for moving takes the focus away. */
  #put(items) {
    for (const old of [...this.#list.children]) if (!items.includes(old)) old.remove();
    items.forEach((item, index) => {
      if (this.#list.children[index] !== item) this.#list.insertBefore(item, this.#list.children[index] ?? null);
    });
  }

  #focusAgain(number, place) {
    if (this.focused === number) return;
    const numbers = [...this.#rows.keys()];
    this.focus(this.#rows.has(number) ? number : numbers[Math.min(Math.max(place, 0), numbers.length - 1)]);
  }

  /** Tell who cannot see it that somebody new waits. */
  #announce(tickets) {
    const fresh = tickets.filter(({ state, number }) => state === "new" && this.#known && !this.#known.has(number));
    const isNew = this.#known && fresh.length > 0;
    this.#known = new Set([...(this.#known ?? []), ...tickets.map(({ number }) => number)]);
    if (!isNew) return;
    document.getElementById("status").textContent = this.#words.say("has_come", { number: fresh[0].number });
  }

  #fill(item, ticket) {
    const known = item ?? this.#makeItem(ticket.number);
    const button = known.firstElementChild;
    const say = (name, values) => this.#words.say(name, values);
    const due = ["new", "taken"].includes(ticket.state);
    const content = JSON.stringify([ticket, this.#words.language]);
    if (button.dataset.content === content) return known;
    button.dataset.content = content;
    button.classList.toggle("late", ticket.overdue);
    button.replaceChildren(
      make(
        "span",
        { class: "entry-top" },
        make("strong", {}, ticket.customer ?? say("unknown_person")),
        make("span", { class: `state ${ticket.state}` }, say(`state_${ticket.state}`)),
      ),
      make("span", { class: "entry-words", lang: ticket.language }, ticket.summary),
      make(
        "span",
        { class: "entry-foot" },
        make("span", {}, `${ticket.number} · ${this.#subjectName(ticket.subject)} · ${ticket.language.toUpperCase()}`),
        ticket.agent && make("span", { class: "entry-agent" }, ticket.agent),
        due && make("span", { class: "entry-due" }, say("due", { at: this.#words.moment(ticket.due_at) })),
        ticket.overdue && make("span", { class: "late-mark" }, say("overdue")),
      ),
    );
    return known;
  }

  #makeItem(number) {
    const button = make("button", { type: "button", class: "entry", "data-number": number });
    button.addEventListener("click", () => this.#actions.open(number));
    button.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      this.move(step);
    });
    return make("li", {}, button);
  }

  #subjectName(subject) {
    return this.#words.has(`subject_${subject}`) ? this.#words.say(`subject_${subject}`) : subject;
  }

  #drawFilters() {
    const subjects = this.#words.names("subject_").map((subject) => [subject, this.#subjectName(subject)]);
    options(this.#subject, [["", this.#words.say("any_subject")], ...subjects]);
    options(this.#language, [["", this.#words.say("any_language")], ...Object.entries(LANGUAGES)]);
    this.#drawCounts();
  }

  #drawCounts() {
    const named = VIEWS.map((view) => [view, this.#words.say(`view_${view}`)]);
    options(
      this.#view,
      named.map(([view, name]) => [view, `${name} (${this.#counts[view] ?? 0})`]),
      this.#shown,
    );
    const pills = document.getElementById("views");
    if (!pills.childElementCount) pills.append(...PILLS.map((view) => this.#makePill(view)));
    for (const pill of pills.children) {
      const { view } = pill.dataset;
      pill.setAttribute("aria-pressed", String(view === this.#shown));
      pill.replaceChildren(`${this.#words.say(`view_${view}`)} `, make("b", {}, String(this.#counts[view] ?? 0)));
    }
  }

  #makePill(view) {
    const pill = make("button", { type: "button", class: "pill", "data-view": view });
    pill.addEventListener("click", () => this.#choose(view));
    return pill;
  }
}

/** Give a list to choose from its options, keeping what was chosen. */
function options(select, pairs, chosen = select.value) {
  const drawn = JSON.stringify([pairs, chosen]);
  if (select.dataset.drawn === drawn) return;
  select.dataset.drawn = drawn;
  select.replaceChildren(...pairs.map(([value, name]) => make("option", { value }, name)));
  select.value = chosen;
}

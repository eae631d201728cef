// The customer beside the conversation: who it is, what they may, what else they asked.

import { make } from "./dom.js";

const LANGUAGES = { fr: "Français", nl: "Nederlands", en: "English", de: "Deutsch" };

export class Card {
  #aside = document.getElementById("card");
  #inside = document.getElementById("card-inside");
  #words;
  #actions;
  #shown = null;
  #drawn = "";

  /** `actions` are `open(number)` and `lately()`. */
  constructor(words, actions) {
    this.#words = words;
    this.#actions = actions;
  }

  /** Give the customer's other requests that a duplicate could go on as. */
  get others() {
    return this.#shown?.file.card.others ?? [];
  }

  draw(file, me) {
    this.#shown = { file, me };
    this.#aside.hidden = false;
    const drawn = JSON.stringify([file.card, file.ticket.number, me, this.#words.language]);
    // Drawn only where something is new: whoever reads or tabs through it is not disturbed.
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    this.#inside.replaceChildren(...this.#parts(file.card, me));
  }

  redraw() {
    if (this.#shown) this.draw(this.#shown.file, this.#shown.me);
  }

  clear() {
    this.#shown = null;
    this.#drawn = "";
    this.#aside.hidden = true;
    this.#inside.replaceChildren();
  }

  #parts(card, me) {
    const say = (name, values) => this.#words.say(name, values);
    const parts = [make("p", { class: "card-name" }, card.name ?? say("unknown_person"))];
    if (card.name === null) parts.push(make("p", { class: "warn" }, say("unlinked")));
    if (card.has_left) parts.push(make("p", { class: "warn" }, say("has_left")));
    const facts = make("dl", {});
    const fact = (name, value) => facts.append(make("dt", {}, name), make("dd", {}, value));
    if (card.email) fact(say("email"), card.email);
    fact(say("language"), LANGUAGES[card.language] ?? card.language);
    fact(say("company"), this.#companies(card));
    fact(say("channel"), card.channel);
    parts.push(facts);
    if (card.wrote_at) parts.push(make("p", { class: "soft" }, say("wrote_at", { at: this.#words.moment(card.wrote_at) })));
    parts.push(make("h3", {}, say("others")), this.#others(card));
    if (me.reads_audit && card.email) parts.push(this.#button(say("lately"), () => this.#actions.lately()));
    return parts;
  }

  #companies(card) {
    if (!card.companies.length) return this.#words.say("no_company");
    return card.companies.map(({ name, rights }) => {
      const named = rights.map((right) => (this.#words.has(`right_${right}`) ? this.#words.say(`right_${right}`) : right));
      const listed = named.length ? named.join(", ") : this.#words.say("no_rights");
      return make("div", { class: "company" }, make("strong", {}, name), make("span", { class: "soft" }, listed));
    });
  }

  #others(card) {
    if (!card.others.length) return make("p", { class: "soft" }, this.#words.say("others_none"));
    const items = card.others.map((other) => {
      const button = this.#button("", () => this.#actions.open(other.number));
      button.className = "other";
      button.append(
        make("span", { class: "other-top" }, other.number, " ", make("span", { class: `state ${other.state}` }, this.#words.say(`state_${other.state}`))),
        make("span", { class: "other-words" }, other.summary),
      );
      return make("li", {}, button);
    });
    return make("ul", { class: "others" }, items);
  }

  #button(label, act) {
    const button = make("button", { type: "button", class: "button" }, label);
    button.addEventListener("click", act);
    return button;
  }
}

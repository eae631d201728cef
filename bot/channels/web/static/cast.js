// The demo's people: whom one can play, and what to try as them.

import { make } from "./dom.js";

export class Cast {
  #people;
  #words;
  #play;
  #details = document.getElementById("cast");
  #list = document.getElementById("cast-list");
  #now = null;

  /** `play(person)` is called with the one that was chosen. */
  constructor(people, words, play) {
    this.#people = people;
    this.#words = words;
    this.#play = play;
    words.onChange(() => this.#draw());
    const beside = matchMedia("(min-width: 60rem) and (min-height: 30rem)");
    const settle = () => {
      this.#details.open = beside.matches;
      this.#details.classList.toggle("pinned", beside.matches);
    };
    beside.addEventListener("change", settle);
    settle();
  }

  /** Give the person whom a visitor plays at first: a customer who writes the page's language. */
  first(language) {
    return this.find(`customer-${language}`) ?? this.#people[0];
  }

  find(id) {
    return this.#people.find((person) => person.id === id);
  }

  /** Show who is being played. */
  show(id) {
    this.#now = this.find(id);
    this.#draw();
  }

  /** Give what to try as the one being played. */
  examples(language) {
    return this.#now?.examples[language] ?? [];
  }

  #draw() {
    const { language } = this.#words;
    document.getElementById("cast-name").textContent = this.#now ? this.#now.name[language] : "";
    this.#list.replaceChildren(...this.#people.map((person) => make("li", {}, this.#button(person, language))));
  }

  #button(person, language) {
    const isNow = person === this.#now;
    const button = make(
      "button",
      { type: "button", class: "person", "aria-pressed": String(isNow), "data-person": person.id },
      make("strong", {}, person.name[language]),
      make("span", {}, person.role[language]),
      person.company && make("span", {}, person.company),
    );
    button.addEventListener("click", () => {
      if (!this.#details.classList.contains("pinned")) this.#details.open = false;
      if (!isNow) this.#play(person);
    });
    return button;
  }
}

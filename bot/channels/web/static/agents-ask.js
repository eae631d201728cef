// Ask before something changes: summed up, confirmed, left by Escape with the focus where it was.

import { freshId, make } from "./dom.js";

// These harm nothing that the same page could not undo at once.
const AT_ONCE = ["take", "reopen"];

export class Ask {
  #dialog = document.getElementById("dialog");
  #words;

  constructor(words) {
    this.#words = words;
  }

  get isOpen() {
    return this.#dialog.open;
  }

  /** Ask whether something is to be done with a request; gives what goes with it, or null. */
  confirm(name, about) {
    if (AT_ONCE.includes(name)) return Promise.resolve({});
    const field = this.#field(name, about);
    const parts = [
      make("p", {}, this.#words.say(`${name}_ask`, { number: about.number })),
      make("p", { class: "summed" }, about.summary),
      field?.element,
    ];
    const possible = !field || field.element.tagName === "LABEL";
    return this.#run(this.#words.say(name), parts, possible ? () => (field ? field.value() : {}) : null);
  }

  /** Let one of the canned answers be chosen; gives its text, or null. */
  choose(macros) {
    return new Promise((resolve) => {
      let chosen = null;
      const list = macros.map(({ code, text }) => {
        const looks = { type: "button", class: "macro" };
        const button = make("button", looks, make("strong", {}, code), make("span", {}, text));
        button.addEventListener("click", () => {
          chosen = text;
          this.#dialog.close();
        });
        return make("li", {}, button);
      });
      const about = macros.length ? "macros_about" : "macros_none";
      const parts = [make("p", {}, this.#words.say(about)), make("ul", { class: "macro-list" }, list)];
      this.show(this.#words.say("macros"), parts, () => resolve(chosen));
    });
  }

  showTables(title, tables) {
    const drawn = tables.map(({ columns, rows }) =>
      make(
        "div",
        { class: "scroll", tabindex: "0", role: "region", "aria-label": title },
        make(
          "table",
          {},
          make("thead", {}, make("tr", {}, columns.map((column) => make("th", { scope: "col" }, column)))),
          make("tbody", {}, rows.map((row) => make("tr", {}, row.map((cell) => make("td", {}, cell))))),
        ),
      ),
    );
    this.show(title, drawn.length ? drawn : [make("p", {}, this.#words.say("lately_none"))]);
  }

  /** Show something until it is closed. */
  show(title, parts, closed = () => {}) {
    const button = make("button", { type: "button", class: "button" }, this.#words.say("close_window"));
    button.addEventListener("click", () => this.#dialog.close());
    this.#open(title, [...parts, make("div", { class: "row" }, button)], closed);
  }

  #run(title, parts, values) {
    return new Promise((resolve) => {
      let given = null;
      const cancel = make("button", { type: "button", class: "button" }, this.#words.say("cancel"));
      cancel.addEventListener("click", () => this.#dialog.close());
      const send = values && make("button", { type: "submit", class: "button primary" }, title);
      const form = make("form", { novalidate: true }, ...parts, make("div", { class: "row" }, cancel, send));
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        given = values();
        this.#dialog.close();
      });
      this.#open(title, [form], () => resolve(given));
    });
  }

  #open(title, parts, closed) {
    const heading = make("h2", { id: "dialog-title" }, title);
    this.#dialog.replaceChildren(heading, ...parts);
    this.#dialog.addEventListener("close", closed, { once: true });
    this.#dialog.showModal();
    (this.#dialog.querySelector("select, .macro, [type=submit]") ?? this.#dialog.querySelector("button")).focus();
  }

  #field(name, { colleagues, others }) {
    if (name === "hand_over") {
      return this.#choice("hand_over_to", "email", colleagues.map((one) => [one.email, `${one.name} (${one.email})`]));
    }
    if (name !== "merge") return null;
    if (!others.length) return { element: make("p", { class: "warn" }, this.#words.say("merge_none")) };
    return this.#choice("merge_into", "into", others.map((one) => [one.number, `${one.number} – ${one.summary}`]));
  }

  #choice(label, name, pairs) {
    const id = freshId("choice");
    const select = make("select", { id }, pairs.map(([value, text]) => make("option", { value }, text)));
    return {
      element: make("label", { for: id, class: "choice" }, this.#words.say(label), select),
      value: () => ({ [name]: select.value }),
    };
  }
}

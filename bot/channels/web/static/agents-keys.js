// The keys: one letter each wherever nothing is being written. They can be switched off (WCAG 2.1.4).

import { make } from "./dom.js";

const OFF = "guichet.agent-keys";
const ACTS = {
  t: "take",
  r: "answer",
  n: "note",
  m: "macros",
  s: "solve",
  c: "close",
  o: "reopen",
  h: "hand_over",
  b: "put_back",
  d: "merge",
  a: "accept_option",
  x: "decline_option",
};

export class Keys {
  #words;
  #ask;
  #actions;
  #on = true;

  /** `actions` are `next()`, `previous()`, `back()` and `act(name)`. */
  constructor(words, ask, actions) {
    this.#words = words;
    this.#ask = ask;
    this.#actions = actions;
    try {
      this.#on = localStorage.getItem(OFF) === null;
    } catch {
      // Where nothing is kept they are on.
    }
    document.addEventListener("keydown", (event) => this.#hear(event));
  }

  /** Show the keys and let them be switched off. */
  show() {
    const say = (name) => this.#words.say(name);
    const rows = [
      ["j", say("key_next")],
      ["k", say("key_previous")],
      ["Enter", say("key_open")],
      ["Esc", say("key_back")],
      ...Object.entries(ACTS).map(([key, name]) => [key, say(name)]),
      ["Ctrl + Enter", say("key_send")],
      ["Alt + Enter", say("key_keep")],
      ["?", say("key_help")],
    ];
    const list = make("dl", { class: "keys" });
    for (const [key, words] of rows) list.append(make("div", {}, make("dt", {}, make("kbd", {}, key)), make("dd", {}, words)));
    const box = make("input", { type: "checkbox" });
    box.checked = this.#on;
    box.addEventListener("change", () => this.#turn(box.checked));
    const parts = [make("p", {}, say("shortcuts_about")), make("label", { class: "check" }, box, say("single_keys")), list];
    this.#ask.show(say("shortcuts"), parts);
  }

  #hear(event) {
    if (this.#ask.isOpen || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape") {
      this.#actions.back();
      return;
    }
    if (!this.#on || event.target.closest?.("input, textarea, select")) return;
    if (this.#does(event.key)) event.preventDefault();
  }

  #does(key) {
    if (key === "j") this.#actions.next();
    else if (key === "k") this.#actions.previous();
    else if (key === "?") this.show();
    else if (ACTS[key]) this.#actions.act(ACTS[key]);
    else return false;
    return true;
  }

  #turn(on) {
    this.#on = on;
    try {
      if (on) localStorage.removeItem(OFF);
      else localStorage.setItem(OFF, "off");
    } catch {
      // It lasts as long as the page.
    }
  }
}

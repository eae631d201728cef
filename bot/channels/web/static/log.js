// The conversation on the page: each message and reply once, in order, announced once, its buttons and forms up to date.

import { drawCard, makeButton } from "./blocks.js";
import { make, unseen } from "./dom.js";
import { describeFilled } from "./forms.js";

// A press counts again only after this long: two clicks are one.
const PRESS_AGAIN = 5000;
// The second click of two may land on another button: the page has moved under the pointer in between.
const DOUBLE_CLICK = 600;
const NEAR = 160;

export class Log {
  #element = document.getElementById("log");
  #paper = document.getElementById("paper");
  #below = document.getElementById("below");
  #words;
  #actions;
  #mine = new Map();
  #forms = new Map();
  #sequence = 0;
  #quiet = true;
  #follows = true;
  #pressedAt = -Infinity;

  /** `actions` are `press(token, label)`, `fill(key, values)`, `freshFile(id)`, `again(id)`, `rest()`. */
  constructor(words, actions) {
    this.#words = words;
    this.#actions = actions;
    this.#below.addEventListener("click", () => {
      this.#scrollTo(this.#element.lastElementChild);
      this.#actions.rest();
    });
    this.#paper.addEventListener("scroll", () => {
      this.#follows = this.#isNearEnd();
      if (this.#follows) this.#below.hidden = true;
    });
    // A notice or a keyboard takes room from the paper: who reads its end goes on seeing it.
    new ResizeObserver(() => this.#follows && this.#showEnd()).observe(this.#paper);
  }

  /** Begin with an empty page: what comes first is history and is not announced. */
  clear() {
    this.#element.setAttribute("aria-live", "off");
    this.#element.replaceChildren();
    this.#mine.clear();
    this.#forms.clear();
    this.#sequence = 0;
    this.#quiet = true;
    this.#below.hidden = true;
  }

  /** Show what the person says, before the server has it. */
  say(message, shown) {
    const entry = this.#makeMine(message.id, shown);
    entry.classList.add("pending", "unplaced");
    this.#element.append(entry);
    this.#scrollTo(entry);
  }

  /** Show what the server knows the person to have said; its text counts (a password is blanked there). */
  said(message) {
    const known = this.#mine.get(message.id);
    const entry = this.#makeMine(message.id, this.#shownOf(message), message.at);
    if (known) known.replaceWith(entry);
    else this.#insert(entry);
    if (message.press) this.#markPressed(message.press);
  }

  /** Show what became of a message that was sent. */
  fate(id, fate) {
    const entry = this.#mine.get(id);
    if (!entry || !entry.classList.contains("unplaced")) return;
    entry.querySelector(".fate")?.remove();
    entry.classList.toggle("pending", fate === "late");
    if (fate === "sent") return;
    if (fate === "known") {
      // Pressed before, or over: the server keeps nothing of it. What it has kept it tells by itself.
      entry.remove();
      this.#mine.delete(id);
      return;
    }
    const sentence = { late: "unsent", too_long: "too_long", file_too_large: "file_too_large", failed: "failed" }[fate];
    entry.append(make("p", { class: "fate" }, this.#words.say(sentence)));
    if (fate !== "late") {
      entry.classList.remove("unplaced");
      entry.classList.add("failed");
    }
    if (fate === "failed") entry.append(this.#againButton(id));
    if (this.#follows) this.#showEnd();
  }

  /** Show a reply; one that is already there is left alone. */
  reply(reply) {
    if (reply.sequence <= this.#sequence) return;
    this.#sequence = reply.sequence;
    const stays = this.#isNearEnd();
    const focused = this.#focusedForm();
    const entry = this.#makeTheirs(reply);
    this.#endProgress();
    this.#insert(entry);
    for (const form of entry.querySelectorAll("[data-form]")) this.#keepForm(form, reply);
    this.#giveLanguage(reply);
    if (this.#quiet) return;
    if (stays) this.#scrollTo(entry);
    else this.#below.hidden = false;
    if (focused) this.#moveFocus(focused, entry);
  }

  /** Bring buttons and forms up to date; from the first time on, what comes is announced. */
  state(state) {
    for (const [key, forms] of this.#forms) {
      forms.forEach(({ element }, index) => {
        const open = index === forms.length - 1 && state.forms.includes(key);
        if (!open && element.contains(document.activeElement)) this.#actions.rest();
        element.disabled = !open;
        element.classList.toggle("over", !open);
      });
    }
    if (state.waiting === 0) this.#endProgress();
    if (!this.#quiet) return;
    this.#quiet = false;
    this.#showEnd();
    this.#element.setAttribute("aria-live", "polite");
  }

  /** Tell whether the last thing on the page already shows that work goes on. */
  get showsProgress() {
    return this.#element.querySelector(".progress:not(.over)") !== null;
  }

  get isEmpty() {
    return this.#element.childElementCount === 0;
  }

  #shownOf(message) {
    if (message.form) {
      const block = this.#forms.get(message.form.key)?.at(-1)?.block;
      return { form: describeFilled(block, message.form.values, this.#words) };
    }
    return { text: message.unreadable ? this.#words.say("unreadable") : message.text, pressed: Boolean(message.press) };
  }

  #makeMine(id, shown, at = null) {
    const bubble = make("div", { class: "bubble" }, unseen(`${this.#words.say("you")}: `));
    if (shown.form !== undefined) bubble.append(this.#words.say("form_sent"), shown.form ?? "");
    else bubble.append(shown.text);
    // What one has written oneself is not read out again.
    const looks = { class: shown.pressed ? "entry mine pressed" : "entry mine", "data-id": id, "aria-live": "off" };
    const entry = make("div", looks, bubble, at && this.#time(at, this.#words.language));
    this.#mine.set(id, entry);
    return entry;
  }

  #makeTheirs(reply) {
    const say = (name, values) => this.#words.say(name, values, reply.language);
    const context = {
      say,
      button: (choice, ...more) => makeButton(choice, context, ...more),
      press: (button, choice, event) => this.#press(button, choice, event),
      send: (block, values) => this.#send(block, values),
      freshFile: (id) => this.#actions.freshFile(id),
    };
    const looks = { class: this.#quiet ? "entry theirs" : "entry theirs new", lang: reply.language, tabindex: "-1" };
    const blocks = reply.blocks.filter((block) => block.type === "form");
    const card = drawCard(reply, context);
    const entry = make("article", looks, unseen("Guichet: "), card, this.#time(reply.at, reply.language));
    entry.querySelectorAll("[data-form]").forEach((form, index) => {
      form.block = blocks[index];
    });
    return entry;
  }

  #time(at, language) {
    return make("time", { datetime: at }, this.#words.moment(at, language));
  }

  /** Put an entry behind what the server has told, before what it has not taken up yet. */
  #insert(entry) {
    this.#element.insertBefore(entry, this.#element.querySelector(".mine.unplaced"));
  }

  #keepForm(form) {
    const key = form.dataset.form;
    this.#forms.set(key, [...(this.#forms.get(key) ?? []), { element: form, block: form.block }]);
  }

  /** A message is in the language of its answer. */
  #giveLanguage(reply) {
    for (const entry of this.#mine.values()) if (!entry.lang) entry.lang = reply.language;
  }

  #press(button, choice, event) {
    if (button.getAttribute("aria-disabled") === "true") return;
    const isPointed = event.detail > 0;
    if (isPointed && event.timeStamp - this.#pressedAt < DOUBLE_CLICK) return;
    this.#pressedAt = event.timeStamp;
    button.setAttribute("aria-disabled", "true");
    setTimeout(() => button.removeAttribute("aria-disabled"), PRESS_AGAIN);
    this.#markPressed(choice.token);
    this.#actions.press(choice.token, choice.label);
  }

  #markPressed(token) {
    for (const button of this.#element.querySelectorAll("button[data-token]")) {
      if (button.dataset.token !== token || button.classList.contains("pressed")) continue;
      button.classList.add("pressed");
      const language = button.closest("[lang]").lang;
      button.append(unseen(` ${this.#words.say("chosen", {}, language)}`));
    }
  }

  #send(block, values) {
    const form = this.#forms.get(block.key).at(-1).element;
    this.#actions.fill(block.key, values, describeFilled(block, values, this.#words));
    form.disabled = true;
  }

  #endProgress() {
    for (const progress of this.#element.querySelectorAll(".progress:not(.over)")) progress.classList.add("over");
  }

  #againButton(id) {
    const button = make("button", { type: "button", class: "button" }, this.#words.say("again"));
    button.addEventListener("click", () => {
      const entry = this.#mine.get(id);
      entry.classList.replace("failed", "unplaced");
      entry.querySelector(".fate")?.remove();
      button.remove();
      this.#actions.again(id);
    });
    return button;
  }

  #focusedForm() {
    return document.activeElement?.closest("[data-form]")?.dataset.form ?? null;
  }

  /** Who filled in a form with the keyboard goes on in its next one: at what is wrong, or at its beginning. */
  #moveFocus(key, entry) {
    const next = [...entry.querySelectorAll("[data-form]")].find((form) => form.dataset.form === key);
    if (!next) return;
    (next.querySelector("[aria-invalid]") ?? next.querySelector("legend")).focus({ preventScroll: true });
  }

  #isNearEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.#paper;
    return scrollHeight - scrollTop - clientHeight < NEAR;
  }

  /** Bring an entry into view: its end where it fits, else its beginning. */
  #scrollTo(entry) {
    if (!entry) return;
    const isTall = entry.offsetHeight > this.#paper.clientHeight - 40;
    if (isTall) entry.scrollIntoView({ block: "start" });
    else this.#showEnd();
    if (getComputedStyle(this.#paper).overflowY === "visible") entry.scrollIntoView({ block: "nearest" });
    this.#below.hidden = true;
  }

  #showEnd() {
    this.#paper.scrollTop = this.#paper.scrollHeight;
    this.#follows = true;
  }
}

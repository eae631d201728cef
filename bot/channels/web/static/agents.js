// Put the agents' page together: the queue, the request that is open, its customer, and what is done with it.

import { Ask } from "./agents-ask.js";
import { Card } from "./agents-card.js";
import { Keys } from "./agents-keys.js";
import { Queue } from "./agents-queue.js";
import { Talk } from "./agents-talk.js";
import { Counter, Refused } from "./counter.js";
import { make } from "./dom.js";
import { freshMessageId } from "./outbox.js";
import { Stream } from "./stream.js";
import { Words } from "./words.js";

const OFFLINE_AFTER = 2500;
const TOAST_FOR = 8000;
const TRIES = 4;

const settings = JSON.parse(document.getElementById("settings").textContent);
const part = (id) => document.getElementById(id);

class Page {
  #words = new Words(settings.words, document.documentElement.lang);
  // In the demo this page is somebody of its own: beside it one can go on playing a customer in the chat.
  #counter = settings.demo ? new Counter(0, "guichet.agent") : new Counter();
  #ask = new Ask(this.#words);
  #timers = {};
  #refreshing = null;
  #next = null;
  #showing = Promise.resolve();
  #desk = null;
  #open = null;
  #queue;
  #talk;
  #card;
  #stream;

  constructor() {
    this.#queue = new Queue(this.#words, { open: (number) => this.#show(number), filter: () => this.#refresh() });
    this.#talk = new Talk(this.#words, { act: (name) => this.#act(name), write: (name, words) => this.#write(name, words) });
    this.#card = new Card(this.#words, { open: (number) => this.#show(number), lately: () => this.#lately() });
    this.#stream = new Stream(
      { events: (_after, _said, signal) => this.#counter.listen("/api/agent/events", signal) },
      (news) => this.#hear(news),
    );
    part("back").addEventListener("click", () => this.#leave());
    part("take-next").addEventListener("click", () => this.#takeNext());
    part("macros").addEventListener("click", () => this.#macros());
    part("keys").addEventListener("click", () => this.#keys.show());
    this.#words.onChange(() => this.#redraw());
  }

  #keys = new Keys(this.#words, this.#ask, {
    next: () => this.#queue.move(1),
    previous: () => this.#queue.move(-1),
    back: () => this.#goBack(),
    act: (name) => this.#actByKey(name),
  });

  async start() {
    await this.#comeIn();
    await this.#refresh();
    await this.#stream.run();
  }

  async #comeIn() {
    for (let pause = 500; ; pause = Math.min(pause * 2, 15_000)) {
      try {
        await this.#counter.begin();
        return;
      } catch {
        this.#tellConnected(false);
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
  }

  #hear(news) {
    if (news.over) return this.#comeIn();
    if (news.connected !== undefined) this.#tellConnected(news.connected);
    else void this.#refresh();
    return null;
  }

  /** Bring everything up to date: with a look that begins after this was asked for. */
  #refresh() {
    if (!this.#refreshing) {
      this.#refreshing = this.#read().finally(() => (this.#refreshing = null));
      return this.#refreshing;
    }
    this.#next ??= this.#refreshing.then(() => {
      this.#next = null;
      return this.#refresh();
    });
    return this.#next;
  }

  async #read() {
    try {
      const desk = await this.#counter.look(`/api/agent/queue?${this.#queue.query}`);
      this.#letIn(desk);
      if (this.#open) await this.#readFile(this.#open);
    } catch (error) {
      if (error instanceof Refused && error.status === 403) this.#keepOut(error.code);
      else if (error instanceof Refused && error.status === 401) await this.#comeIn();
      else this.#tellConnected(false);
    }
  }

  #letIn(desk) {
    this.#desk = desk;
    this.#words.speak(desk.me.language);
    part("gate").hidden = true;
    part("panes").hidden = false;
    part("me").textContent = desk.me.name;
    this.#queue.draw(desk, this.#open);
  }

  async #readFile(number) {
    let file;
    try {
      file = await this.#counter.look(`/api/agent/tickets/${number}`);
    } catch (error) {
      if (!(error instanceof Refused) || error.status !== 404) throw error;
      this.#leave();
      this.#tell(this.#words.say("not_there"), "warning");
      return;
    }
    if (number !== this.#open) return;
    const taken = this.#talk.draw(file);
    if (taken) this.#tell(this.#words.say("just_taken", { agent: taken, number }), "warning");
    this.#card.draw(file, this.#desk.me);
  }

  /** Nothing is shown to who is no agent, or no longer one. */
  #keepOut(code) {
    this.#open = null;
    this.#desk = null;
    this.#queue.clear();
    this.#talk.forget();
    this.#card.clear();
    part("toast").hidden = true;
    document.documentElement.classList.remove("reading");
    part("panes").hidden = true;
    part("me").textContent = "";
    part("gate").hidden = false;
    part("gate-words").textContent = this.#words.say(
      code === "on_behalf" ? "gate_behalf" : settings.demo ? "gate_demo" : "gate_words",
    );
    const people = settings.agents.map((agent) => {
      const button = make("button", { type: "button", class: "button primary" }, agent.name);
      button.addEventListener("click", () => this.#play(agent.id));
      return button;
    });
    part("gate-cast").replaceChildren(...(code === "on_behalf" ? [] : people));
  }

  #play(persona) {
    return this.#try(async () => {
      await this.#counter.play(persona);
      await this.#refresh();
      this.#stream.restart();
      part("queue-title").focus();
    });
  }

  /** Do what asks the server once, and say so where it does not answer. */
  async #try(doing) {
    try {
      await doing();
    } catch {
      this.#tell(this.#words.say("fault"), "warning");
      await this.#refresh();
    }
  }

  async #show(number) {
    this.#open = number;
    this.#talk.begin(number);
    document.documentElement.classList.add("reading");
    this.#queue.mark(number);
    this.#talk.focus();
    this.#showing = this.#refresh();
    await this.#showing;
    this.#rest(number);
  }

  #leave() {
    const number = this.#open;
    this.#open = null;
    this.#talk.clear();
    this.#card.clear();
    document.documentElement.classList.remove("reading");
    this.#queue.mark(null);
    this.#queue.focus(number);
  }

  #goBack() {
    if (this.#talk.leavesField()) return;
    if (this.#open) this.#leave();
  }

  #takeNext() {
    return this.#try(async () => {
      const { tickets } = await this.#counter.look("/api/agent/queue?state=new");
      if (tickets.length) await this.#take(tickets[0].number);
      else this.#tell(this.#words.say("nothing_here"), "info");
    });
  }

  #actByKey(name) {
    if (name === "take" && !this.#open) return void this.#take(this.#queue.focused);
    if (!this.#open) return undefined;
    if (name === "note") return this.#talk.write(name);
    return void this.#actWhenShown(name, this.#open);
  }

  /** A key pressed before the request is all there waits for it. */
  async #actWhenShown(name, number) {
    await this.#showing;
    if (number !== this.#open || this.#ask.isOpen) return;
    if (name === "answer") this.#talk.write(name);
    else if (name === "macros") await (this.#talk.can("answer") && this.#macros());
    else if (this.#talk.can(name)) await this.#act(name);
  }

  async #take(number) {
    if (!number) return;
    await this.#send(number, "take", {});
    await this.#show(number);
  }

  /** Do something with the open request, after it was summed up and confirmed where it changes much. */
  async #act(name) {
    const number = this.#open;
    const values = await this.#ask.confirm(name, {
      number,
      summary: this.#talk.summary,
      colleagues: this.#desk.colleagues,
      others: this.#card.others,
    });
    if (values && (await this.#send(number, name, values))) this.#rest(number);
  }

  /** Give the heading the focus where it has been lost; where somebody is typing already, it stays. */
  #rest(number) {
    if (this.#open === number && document.activeElement === document.body) this.#talk.focus();
  }

  async #write(name, message) {
    const number = this.#open;
    this.#talk.hold(name, true);
    await this.#send(number, name, { message }, () => this.#talk.written(number, name));
    this.#talk.hold(name, false);
  }

  /** Send something under one identity until the server has it; `whenDone` is called as soon as it was done. */
  async #send(number, name, content, whenDone = () => {}) {
    const body = { id: freshMessageId(), ...content };
    for (let pause = 400, tries = 1; ; pause *= 2, tries += 1) {
      try {
        const done = await this.#counter.ask(`/api/agent/tickets/${number}/${name.replace("_", "-")}`, body);
        const held = done.held_password ? ` ${this.#words.say("had_password")}` : "";
        if (done.tone) this.#tell(done.text + held, held ? "warning" : done.tone);
        const isDone = done.tone !== "warning";
        if (isDone) whenDone();
        await this.#refresh();
        return isDone;
      } catch (error) {
        const passing = !(error instanceof Refused) || error.status >= 500;
        if (!passing || tries === TRIES) {
          this.#tell(this.#words.say("fault"), "warning");
          if (!passing) await this.#refresh();
          return false;
        }
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
  }

  #macros() {
    const number = this.#open;
    return this.#try(async () => {
      const { macros } = await this.#counter.look(`/api/agent/tickets/${number}/macros`);
      const text = await this.#ask.choose(macros);
      if (text !== null && number === this.#open) this.#talk.insert(text);
    });
  }

  #lately() {
    return this.#try(async () => {
      const { lately } = await this.#counter.look(`/api/agent/tickets/${this.#open}/lately`);
      this.#ask.showTables(this.#words.say("lately"), lately);
    });
  }

  #redraw() {
    if (this.#desk) this.#queue.draw(this.#desk, this.#open);
    this.#talk.redraw();
    this.#card.redraw();
  }

  /** Say what became of something, to eyes and ears. */
  #tell(sentence, tone) {
    const toast = part("toast");
    clearTimeout(this.#timers.toast);
    toast.className = `toast ${tone}`;
    toast.textContent = sentence;
    toast.hidden = false;
    part("status").textContent = sentence;
    this.#timers.toast = setTimeout(() => (toast.hidden = true), TOAST_FOR);
  }

  #tellConnected(connected) {
    const line = part("connection");
    if (connected) {
      clearTimeout(this.#timers.offline);
      this.#timers.offline = undefined;
      line.hidden = true;
      return;
    }
    this.#timers.offline ??= setTimeout(() => {
      if (!part("gate").hidden) return;
      line.textContent = this.#words.say("offline");
      part("status").textContent = line.textContent;
      line.hidden = false;
    }, OFFLINE_AFTER);
  }
}

void new Page().start();

// Put the page together: the words, the conversation, the line to write in, and the server.

import { Cast } from "./cast.js";
import { Composer } from "./composer.js";
import { Counter } from "./counter.js";
import { make } from "./dom.js";
import { Log } from "./log.js";
import { Outbox, freshMessageId } from "./outbox.js";
import { Stream } from "./stream.js";
import { Words } from "./words.js";

// A sign that only flickers disturbs: most answers are there sooner than this.
const TYPING_AFTER = 400;
const STILL_WORKING_AFTER = 8000;
const OFFLINE_AFTER = 2500;
const BACK_FOR = 3000;

const settings = JSON.parse(document.getElementById("settings").textContent);
const part = (id) => document.getElementById(id);

class Page {
  #words = new Words(settings.words, document.documentElement.lang);
  #counter = new Counter(settings.upload_bytes);
  #sent = new Map();
  #waiting = 0;
  #timers = {};
  #wasOffline = false;
  #ending = null;
  #cast = null;
  #log;
  #composer;
  #outbox;
  #stream;

  constructor() {
    this.#log = new Log(this.#words, {
      press: (token, label) => this.#say({ press: token }, { text: label, pressed: true }),
      fill: (key, values, form) => this.#say({ form: { key, values } }, { form }),
      freshFile: (id) => this.#counter.fileAddress(id).catch(() => null),
      again: (id) => this.#outbox.put(this.#sent.get(id)),
      rest: () => this.#rest(),
    });
    this.#composer = new Composer({
      say: (text) => this.#say({ text }, { text }),
      upload: (file) => this.#say({ file }, { text: this.#words.say("unreadable") }),
      show: (kind) => this.#say({ unreadable: kind }, { text: this.#words.say("unreadable") }),
    });
    this.#outbox = new Outbox(this.#counter, (news) => this.#hearOutbox(news));
    this.#stream = new Stream(this.#counter, (news) => this.#hearStream(news));
    if (settings.demo) this.#cast = new Cast(settings.personas, this.#words, (person) => this.#play(person));
    this.#words.onChange(() => this.#drawExamples());
  }

  async start() {
    if (settings.framed && window.parent !== window) this.#settleInFrame();
    await this.#comeIn();
    part("welcome").hidden = false;
    this.#drawExamples();
    if (!this.#counter.keeps) this.#tellConnection("storage_off", false);
    if (!settings.framed) this.#rest();
    await this.#stream.run();
  }

  #settleInFrame() {
    document.documentElement.classList.add("inside");
    addEventListener("keydown", (event) => {
      // Without a word of content, whoever listens.
      if (event.key === "Escape") window.parent.postMessage("guichet:close", "*");
    });
  }

  /** Come in, again and again until the server answers. */
  async #comeIn() {
    for (let pause = 500; ; pause = Math.min(pause * 2, 15_000)) {
      try {
        const visit = await this.#counter.begin();
        if (!this.#cast) return;
        if (!visit.persona) await this.#counter.play(this.#cast.first(this.#words.language).id);
        this.#cast.show(visit.persona ?? this.#cast.first(this.#words.language).id);
        return;
      } catch {
        this.#tellConnected(false);
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
  }

  async #play(person) {
    try {
      await this.#counter.play(person.id);
    } catch {
      this.#tellConnection("fault", false);
      return;
    }
    this.#cast.show(person.id);
    if (person.language) this.#words.speak(person.language);
    this.#beginAnew();
    this.#rest();
  }

  #beginAnew() {
    const unsent = this.#outbox.clear();
    this.#log.clear();
    this.#sent.clear();
    this.#settleWaiting(0);
    part("cut").hidden = true;
    this.#drawExamples();
    this.#stream.restart();
    return unsent;
  }

  #drawExamples() {
    const { language } = this.#words;
    const examples = this.#cast ? this.#cast.examples(language) : settings.examples[language];
    const buttons = examples.map((text) => {
      const button = make("button", { type: "button", class: "button" }, text);
      button.addEventListener("click", () => this.#say({ text }, { text }));
      return make("li", {}, button);
    });
    part("examples").replaceChildren(...buttons);
  }

  #say(content, shown) {
    const message = { id: freshMessageId(), ...content, language: this.#words.language };
    this.#sent.set(message.id, message);
    this.#log.say(message, shown);
    this.#settleWaiting(this.#waiting + 1);
    this.#outbox.put(message);
  }

  #hearOutbox(news) {
    if (news.over) return this.#visitEnded();
    this.#log.fate(news.id, news.fate);
    if (news.fate !== "failed") this.#sent.delete(news.id);
    if (["known", "failed", "too_long", "file_too_large"].includes(news.fate)) this.#settleWaiting(Math.max(this.#waiting - 1, 0));
    this.#tellConnected(news.fate !== "late");
    // Nobody writes an answer to what has not arrived.
    if (news.fate === "late") this.#settleWaiting(0);
    return null;
  }

  #hearStream(news) {
    if (news.over) return this.#visitEnded();
    if (news.connected !== undefined) this.#tellConnected(news.connected);
    else this.#hearEvent(news.event.kind, news.event.content);
    return null;
  }

  #hearEvent(kind, content) {
    if (kind === "said") this.#log.said(content);
    if (kind === "cut") part("cut").hidden = false;
    if (kind === "reply") {
      this.#words.speak(content.language);
      this.#log.reply(content);
    }
    if (kind === "state") {
      this.#log.state(content);
      this.#settleWaiting(content.waiting);
    }
  }

  /** The visit ended (its time, or another key): begin a new one, say so, and keep what was just written. */
  #visitEnded() {
    this.#ending ??= (async () => {
      await this.#comeIn();
      const unsent = this.#beginAnew();
      this.#tellConnection("session_over", true);
      for (const { text } of unsent) if (text) this.#say({ text }, { text });
      this.#ending = null;
    })();
    return this.#ending;
  }

  /** Show that an answer is on its way, unless the conversation shows it already. */
  #settleWaiting(waiting) {
    this.#waiting = waiting;
    clearTimeout(this.#timers.typing);
    clearTimeout(this.#timers.working);
    if (waiting === 0 || this.#log.showsProgress) {
      part("typing").hidden = true;
      return;
    }
    this.#timers.typing = setTimeout(() => this.#showTyping("writing"), TYPING_AFTER);
    this.#timers.working = setTimeout(() => this.#showTyping("working"), STILL_WORKING_AFTER);
  }

  #showTyping(sentence) {
    part("typing-words").textContent = this.#words.say(sentence);
    part("typing").hidden = false;
    part("status").textContent = this.#words.say(sentence);
    part("paper").scrollTop = part("paper").scrollHeight;
  }

  #tellConnected(connected) {
    if (!connected) {
      // A connection that is back at once is not worth a word.
      this.#timers.offline ??= setTimeout(() => {
        this.#wasOffline = true;
        this.#tellConnection("offline", false);
      }, OFFLINE_AFTER);
      return;
    }
    clearTimeout(this.#timers.offline);
    this.#timers.offline = undefined;
    if (this.#wasOffline) {
      this.#wasOffline = false;
      this.#tellConnection("back_online", true);
    }
  }

  #tellConnection(sentence, isGood) {
    const line = part("connection");
    clearTimeout(this.#timers.connection);
    line.textContent = this.#words.say(sentence);
    part("status").textContent = line.textContent;
    line.classList.toggle("good", isGood);
    line.hidden = false;
    if (isGood) this.#timers.connection = setTimeout(() => (line.hidden = true), BACK_FOR);
  }

  /** Give the line to write in the focus, but spare people the keyboard that covers half a phone. */
  #rest() {
    if (matchMedia("(hover: hover) and (pointer: fine)").matches) this.#composer.focus();
    else part("paper").focus({ preventScroll: true });
  }
}

void new Page().start();

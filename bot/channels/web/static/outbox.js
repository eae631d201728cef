// Send messages one by one, in order, again and again under the same id until the server has them.
// They are kept in memory only: a password that slipped in is never written down by the page (ACC-7).

import { Refused } from "./counter.js";

const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 15_000;

/** Make an identity for a message. */
export function freshMessageId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export class Outbox {
  #counter;
  #tell;
  #waiting = [];
  #busy = false;
  #woken = () => {};

  /** `tell` hears {id, fate}: `sent`, `known`, `late`, `failed`, `too_long` or `file_too_large`; and {over: true} where the visit has ended. */
  constructor(counter, tell) {
    this.#counter = counter;
    this.#tell = tell;
    addEventListener("online", () => this.#woken());
    addEventListener("beforeunload", (event) => this.#waiting.length && event.preventDefault());
  }

  /** Send a message after those that wait. */
  put(message) {
    this.#waiting.push(message);
    if (!this.#busy) void this.#work();
  }

  /** Take back what waits: it belonged to another conversation. */
  clear() {
    const waiting = this.#waiting;
    this.#waiting = [];
    return waiting;
  }

  async #work() {
    this.#busy = true;
    let pause = FIRST_PAUSE;
    while (this.#waiting.length) {
      const message = this.#waiting[0];
      const fate = await this.#try(message);
      if (fate === "over") await this.#tell({ over: true });
      else this.#tell({ id: message.id, fate });
      if (fate === "late") {
        await this.#sleep(pause);
        pause = Math.min(pause * 2, LONGEST_PAUSE);
      } else if (fate !== "over") {
        pause = FIRST_PAUSE;
        if (this.#waiting[0] === message) this.#waiting.shift();
      }
    }
    this.#busy = false;
  }

  async #try(message) {
    try {
      return (await this.#counter.send(message)) ? "sent" : "known";
    } catch (error) {
      if (!(error instanceof Refused)) return "late";
      if (error.status === 401) return "over";
      if (error.status === 413) return message.file ? "file_too_large" : "too_long";
      return error.status >= 500 || error.status === 429 ? "late" : "failed";
    }
  }

  #sleep(time) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, time);
      this.#woken = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

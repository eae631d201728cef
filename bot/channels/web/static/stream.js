// Keep the stream of events open: read it, notice when it has died, come back to where it was.

import { Refused } from "./counter.js";

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 15_000;
// The server gives a sign of life every 15 seconds; after this long without one the connection is dead.
const SILENCE = 40_000;
// A page in the background for this long gives its connection back until it is looked at again.
const HIDDEN = 300_000;

/** Read server-sent events from the body of a response. */
export async function* readEvents(body, alive = () => {}) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let kept = "";
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      alive();
      const parts = (kept + value).split("\n\n");
      kept = parts.pop();
      for (const part of parts) {
        const event = readEvent(part);
        if (event) yield event;
      }
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

function readEvent(part) {
  const event = { kind: "message", data: "" };
  for (const line of part.split("\n")) {
    if (line.startsWith("event: ")) event.kind = line.slice(7);
    else if (line.startsWith("data: ")) event.data += line.slice(6);
  }
  return event.data ? { kind: event.kind, content: JSON.parse(event.data) } : null;
}

export class Stream {
  #counter;
  #tell;
  #abort = new AbortController();
  #place = { after: 0, said: 0 };
  #woken = () => {};

  /** `tell` hears {event}, {connected: true or false} and {over: true} where the visit has ended. */
  constructor(counter, tell) {
    this.#counter = counter;
    this.#tell = tell;
    let hiding;
    document.addEventListener("visibilitychange", () => {
      clearTimeout(hiding);
      if (document.hidden) hiding = setTimeout(() => this.#abort.abort(), HIDDEN);
      else this.#woken();
    });
    addEventListener("online", () => this.#woken());
  }

  /** Read a conversation from its beginning, in place of the one read until now. */
  restart() {
    this.#place = { after: 0, said: 0 };
    this.#abort.abort();
    this.#woken();
  }

  /** Read for as long as the page is open. */
  async run() {
    let pause = FIRST_PAUSE;
    for (;;) {
      while (document.hidden && this.#abort.signal.aborted) await this.#sleep(LONGEST_PAUSE);
      this.#abort = new AbortController();
      const place = this.#place;
      try {
        await this.#read(place, this.#abort);
        pause = FIRST_PAUSE;
      } catch (error) {
        if (error instanceof Refused && error.status === 401) {
          await this.#tell({ over: true });
          continue;
        }
        if (place !== this.#place) continue;
      }
      if (place !== this.#place) continue;
      this.#tell({ connected: false });
      await this.#sleep(pause * (0.75 + Math.random() / 2));
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    }
  }

  async #read(place, abort) {
    let silence;
    const alive = () => {
      clearTimeout(silence);
      silence = setTimeout(() => abort.abort(), SILENCE);
    };
    try {
      alive();
      const body = await this.#counter.events(place.after, place.said, abort.signal);
      this.#tell({ connected: true });
      for await (const event of readEvents(body, alive)) {
        if (place !== this.#place) return;
        if (event.kind === "reply") place.after = event.content.sequence;
        if (event.kind === "said") place.said = event.content.inbox;
        this.#tell({ event });
      }
    } finally {
      clearTimeout(silence);
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

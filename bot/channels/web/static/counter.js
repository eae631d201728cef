// Speak with the server: who we are, what we say, what comes back.

const KEY = "guichet.token";

/** A request that the server answered with a refusal. */
export class Refused extends Error {
  constructor(status, code) {
    super(code);
    this.status = status;
    this.code = code;
  }
}

export class Counter {
  #token = null;
  #key;
  #mostBytes;
  keeps = true;

  /** `mostBytes` is the size up to which a file is taken; `key` is where the token is kept. */
  constructor(mostBytes = 0, key = KEY) {
    this.#mostBytes = mostBytes;
    this.#key = key;
    try {
      this.#token = localStorage.getItem(key);
    } catch {
      this.keeps = false;
    }
  }

  /** Come in: the token of an earlier visit is renewed; without one, or after its end, a new visit begins. */
  async begin() {
    return this.#enter(await this.ask("/api/session", {}));
  }

  /** Become somebody of the demo. */
  async play(persona) {
    return this.#enter(await this.ask("/api/persona", { persona }));
  }

  /** Send a message; gives whether it was new. */
  async send(message) {
    if (message.file) return this.#upload(message);
    return (await this.ask("/api/messages", message)).taken;
  }

  /** Ask for an address of a file that works now. */
  async fileAddress(fileId) {
    return this.ask(`/api/files/${encodeURIComponent(fileId)}`, {});
  }

  /** Open the stream of events after a reply's number and a message's. */
  async events(after, said, signal) {
    return this.listen(`/api/events?after=${after}&said=${said}`, signal);
  }

  /** Open a stream. */
  async listen(address, signal) {
    return (await this.#get(address, signal)).body;
  }

  /** Read what is at an address. */
  async look(address) {
    return (await this.#get(address)).json();
  }

  async #get(address, signal) {
    const response = await fetch(address, { headers: this.#headers(), cache: "no-store", signal });
    if (!response.ok) throw await refusal(response);
    return response;
  }

  /** Send a PDF as it is, under the message's identity. */
  async #upload({ id, file, language }) {
    // A server that refuses in the middle looks like a lost connection: what is too large is not sent at all.
    if (file.size > this.#mostBytes) throw new Refused(413, "too_large");
    const response = await fetch(`/api/uploads/${id}?language=${language}`, {
      method: "POST",
      headers: { ...this.#headers(), "Content-Type": "application/pdf" },
      body: file,
      cache: "no-store",
    });
    if (!response.ok) throw await refusal(response);
    return (await response.json()).taken;
  }

  /** Post something and give the answer. */
  async ask(address, content) {
    const response = await fetch(address, {
      method: "POST",
      headers: { ...this.#headers(), "Content-Type": "application/json" },
      body: JSON.stringify(content),
      cache: "no-store",
    });
    if (!response.ok) throw await refusal(response);
    return response.json();
  }

  #headers() {
    return this.#token === null ? {} : { Authorization: `Bearer ${this.#token}` };
  }

  #enter(visit) {
    this.#token = visit.token;
    try {
      localStorage.setItem(this.#key, visit.token);
    } catch {
      this.keeps = false;
    }
    return visit;
  }
}

async function refusal(response) {
  let code = "fault";
  try {
    code = (await response.json()).error;
  } catch {
    // What is in between us and the server answered in its own way: the status must do.
  }
  return new Refused(response.status, code);
}

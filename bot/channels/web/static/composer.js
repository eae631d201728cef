// The line to write in.

export class Composer {
  #form = document.getElementById("composer");
  #message = document.getElementById("message");

  /** `actions` are `say(text)` and `show(kind)` for what is no text. */
  constructor(actions) {
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      const text = this.#message.value.trim();
      if (text) actions.say(text);
      this.#message.value = "";
      this.#fit();
      this.focus();
    });
    this.#message.addEventListener("keydown", (event) => {
      // A word still being composed (accents, other scripts) ends with Enter too: that one sends nothing.
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#form.requestSubmit();
    });
    this.#message.addEventListener("input", () => this.#fit());
    this.#message.addEventListener("paste", (event) => this.#takeFile(event, event.clipboardData, actions));
    document.addEventListener("dragover", (event) => event.preventDefault());
    document.addEventListener("drop", (event) => this.#takeFile(event, event.dataTransfer, actions));
  }

  focus() {
    this.#message.focus({ preventScroll: true });
  }

  /** Files are not read here; the counter is told that one came, and says so kindly. */
  #takeFile(event, data, actions) {
    const file = [...(data?.files ?? [])][0];
    if (!file) return;
    event.preventDefault();
    const kinds = { image: "picture", audio: "voice" };
    actions.show(kinds[file.type.split("/")[0]] ?? "file");
  }

  /** Grow with the text where the browser does not do so by itself. */
  #fit() {
    if (CSS.supports("field-sizing", "content")) return;
    this.#message.rows = Math.min(this.#message.value.split("\n").length, 6);
  }
}

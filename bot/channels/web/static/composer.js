// The line to write in.

export class Composer {
  #form = document.getElementById("composer");
  #message = document.getElementById("message");
  #file = document.getElementById("file");

  /** `actions` are `say(text)`, `upload(file)` for a PDF, and `show(kind)` for what is no text. */
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
    document.getElementById("attach").addEventListener("click", () => this.#file.click());
    this.#file.addEventListener("change", () => {
      this.#give(this.#file.files[0], actions);
      // The same file may be chosen again.
      this.#file.value = "";
      this.focus();
    });
    this.#message.addEventListener("paste", (event) => this.#takeFile(event, event.clipboardData, actions));
    document.addEventListener("dragover", (event) => event.preventDefault());
    document.addEventListener("drop", (event) => this.#takeFile(event, event.dataTransfer, actions));
  }

  focus() {
    this.#message.focus({ preventScroll: true });
  }

  /** A PDF goes to the counter, which checks it; of another file it is told that one came, and says so kindly. */
  #give(file, actions) {
    if (!file) return;
    if (file.type === "application/pdf" || file.name.toLowerCase().endsWith(".pdf")) {
      actions.upload(file);
      return;
    }
    const kinds = { image: "picture", audio: "voice" };
    actions.show(kinds[file.type.split("/")[0]] ?? "file");
  }

  #takeFile(event, data, actions) {
    const file = [...(data?.files ?? [])][0];
    if (!file) return;
    event.preventDefault();
    this.#give(file, actions);
  }

  /** Grow with the text where the browser does not do so by itself. */
  #fit() {
    if (CSS.supports("field-sizing", "content")) return;
    this.#message.rows = Math.min(this.#message.value.split("\n").length, 6);
  }
}

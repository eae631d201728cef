/* Put the Guichet chat into another site's page:
 *   <script src="https://guichet.example/embed.js" defer></script>
 *   <guichet-chat lang="nl"></guichet-chat>
 * `src` names the counter's address where it is not that of this script; `lang` fixes the language of the page. */
(() => {
  "use strict";

  const WORDS = __WORDS__;
  const OWN_ADDRESS = document.currentScript ? document.currentScript.src : "";
  const LOOKS = `
    :host { all: initial; position: fixed; inset: auto 1rem 1rem auto; z-index: 2147483000;
      font: 1rem/1.4 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
    :host([hidden]) { display: none; }
    button { font: inherit; cursor: pointer; border: 0; min-width: 44px; min-height: 44px; }
    button:focus-visible { outline: 3px solid #fff; box-shadow: 0 0 0 6px #1b4fd8; }
    .launcher { display: flex; align-items: center; justify-content: center; inline-size: 60px; block-size: 60px;
      border-radius: 30px; color: #fff; background: #c8102e; box-shadow: 0 4px 16px rgb(37 34 43 / 35%); }
    .launcher:hover { background: #a50d26; }
    .panel { position: fixed; inset: auto 1rem 5.75rem auto; inline-size: min(26rem, calc(100vw - 2rem));
      block-size: min(42rem, calc(100vh - 7rem)); display: flex; flex-direction: column; overflow: hidden;
      border-radius: 16px; background: #f8f5f2; box-shadow: 0 8px 40px rgb(37 34 43 / 35%); }
    .panel[hidden] { display: none; }
    .close { position: absolute; inset: 10px 10px auto auto; border-radius: 22px; color: #25222b; background: transparent; }
    .close:hover { background: rgb(37 34 43 / 8%); }
    iframe { flex: 1; inline-size: 100%; border: 0; }
    svg { inline-size: 26px; block-size: 26px; fill: none; stroke: currentColor; stroke-width: 2;
      stroke-linecap: round; stroke-linejoin: round; }
    @media (prefers-color-scheme: dark) {
      .panel { background: #1a181c; }
      .close { color: #f3efeb; }
      .close:hover { background: rgb(255 255 255 / 12%); }
    }
    @media (max-width: 480px), (max-height: 480px) {
      .panel { inset: 0; inline-size: 100vw; block-size: 100dvh; border-radius: 0; }
    }
    @media (forced-colors: active) { .launcher, .close { border: 2px solid ButtonText; } }
  `;

  function drawing(path) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
    line.setAttribute("d", path);
    svg.append(line);
    return svg;
  }

  class GuichetChat extends HTMLElement {
    #launcher;
    #panel;
    #frame = null;

    connectedCallback() {
      if (this.shadowRoot) return;
      const root = this.attachShadow({ mode: "open" });
      const looks = new CSSStyleSheet();
      looks.replaceSync(LOOKS);
      root.adoptedStyleSheets = [looks];
      this.#launcher = this.#button("launcher", "launcher_open", "M4 5h16v11H9l-5 4V5Z M8 9h8 M8 12h5");
      this.#launcher.setAttribute("aria-expanded", "false");
      this.#panel = document.createElement("div");
      this.#panel.className = "panel";
      this.#panel.hidden = true;
      const close = this.#button("close", "launcher_close", "M6 6l12 12M18 6L6 18");
      close.addEventListener("click", () => this.close());
      this.#panel.append(close);
      this.#launcher.addEventListener("click", () => (this.#panel.hidden ? this.open() : this.close()));
      root.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
      window.addEventListener("message", (event) => {
        if (this.#frame && event.source === this.#frame.contentWindow && event.data === "guichet:close") this.close();
      });
      root.append(this.#panel, this.#launcher);
    }

    get words() {
      const wanted = (this.lang || document.documentElement.lang || navigator.language || "fr").slice(0, 2).toLowerCase();
      return WORDS[wanted] || WORDS.fr;
    }

    get counter() {
      return new URL("/", this.getAttribute("src") || OWN_ADDRESS || location.href);
    }

    open() {
      if (!this.#frame) this.#panel.append((this.#frame = this.#makeFrame()));
      this.#panel.hidden = false;
      this.#launcher.setAttribute("aria-expanded", "true");
      this.#frame.focus();
    }

    close() {
      this.#panel.hidden = true;
      this.#launcher.setAttribute("aria-expanded", "false");
      this.#launcher.focus();
    }

    #makeFrame() {
      const frame = document.createElement("iframe");
      const address = new URL("/chat", this.counter);
      const language = this.lang || document.documentElement.lang;
      if (language) address.searchParams.set("lang", language.slice(0, 2).toLowerCase());
      frame.src = address.href;
      frame.title = this.words.launcher_title;
      frame.setAttribute(
        "sandbox",
        "allow-scripts allow-same-origin allow-forms allow-downloads allow-popups allow-popups-to-escape-sandbox",
      );
      return frame;
    }

    #button(name, word, path) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = name;
      button.setAttribute("aria-label", this.words[word]);
      button.append(drawing(path));
      return button;
    }
  }

  if (!customElements.get("guichet-chat")) customElements.define("guichet-chat", GuichetChat);
})();

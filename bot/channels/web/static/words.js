// The words of the page in the reader's language; replies bring their own.

const PLACE = /\{(\w+)\}/g;

export class Words {
  #all;
  #heard = [];

  constructor(all, language) {
    this.#all = all;
    this.language = all[language] ? language : "fr";
  }

  /** Word a sentence of the page, in the page's language or in that of a reply. */
  say(name, values = {}, language = this.language) {
    const sentence = (this.#all[language] ?? this.#all[this.language])[name];
    return sentence.replace(PLACE, (place, key) => (key in values ? String(values[key]) : place));
  }

  /** Tell whether there is such a sentence. */
  has(name) {
    return name in this.#all[this.language];
  }

  /** List what is named under a beginning: the states, the subjects. */
  names(beginning) {
    const found = Object.keys(this.#all[this.language]).filter((name) => name.startsWith(beginning));
    return found.map((name) => name.slice(beginning.length));
  }

  /** Call somebody whenever the page changes its language. */
  onChange(listener) {
    this.#heard.push(listener);
  }

  /** Change the page's language. */
  speak(language) {
    if (!this.#all[language] || language === this.language) return;
    this.language = language;
    document.documentElement.lang = language;
    document.title = this.say("title");
    for (const element of document.querySelectorAll("[data-say]")) element.textContent = this.say(element.dataset.say);
    for (const element of document.querySelectorAll("[data-say-label]"))
      element.setAttribute("aria-label", this.say(element.dataset.sayLabel));
    for (const element of document.querySelectorAll("[data-say-title]")) element.title = this.say(element.dataset.sayTitle);
    for (const element of document.querySelectorAll("[data-say-placeholder]"))
      element.placeholder = this.say(element.dataset.sayPlaceholder);
    for (const listener of this.#heard) listener(language);
  }

  /** Write a moment: the time in Brussels, with the day where it is not today. */
  moment(iso, language = this.language) {
    const moment = new Date(iso);
    const brussels = { timeZone: "Europe/Brussels" };
    const day = new Intl.DateTimeFormat("sv", brussels);
    const looks = { ...brussels, hour: "2-digit", minute: "2-digit" };
    if (day.format(moment) !== day.format(new Date())) Object.assign(looks, { day: "numeric", month: "long" });
    return new Intl.DateTimeFormat(`${language}-BE`, looks).format(moment);
  }

  /** Write a day given as 2026-11-22. */
  day(iso, language = this.language) {
    const looks = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
    return new Intl.DateTimeFormat(`${language}-BE`, looks).format(new Date(`${iso}T00:00:00Z`));
  }
}

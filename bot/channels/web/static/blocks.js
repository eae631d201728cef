// Draw the blocks of a reply (docs/replies.md).

import { drawing, make, unseen, withLinks } from "./dom.js";
import { drawForm } from "./forms.js";
import { drawTable } from "./table.js";

const SAFE = new Set(["http:", "https:", "mailto:", "tel:"]);
const WIDE = new Set(["table", "form", "file"]);

const DRAW = {
  text: (block) => make("p", { class: "words" }, withLinks(block.text)),
  notice: (block) =>
    make("div", { class: `notice ${block.tone}` }, drawing(block.tone), make("div", {}, withLinks(block.text))),
  progress: (block) =>
    make("p", { class: "progress" }, make("span", { class: "wheel", "aria-hidden": "true" }), make("span", {}, block.text)),
  table: drawTable,
  choices: drawChoices,
  file: drawFile,
  picture: (block) => make("img", { class: "picture", src: block.url, alt: block.alternative, loading: "lazy" }),
  form: drawForm,
};

/**
 * Draw a reply's blocks in one card. The context gives `say` in the reply's language, `button`, `send`, `freshFile`
 * and the marks of forms.
 */
export function drawCard(reply, context) {
  const wide = reply.blocks.some((block) => WIDE.has(block.type));
  const known = reply.blocks.filter((block) => Object.hasOwn(DRAW, block.type));
  const drawn = known.map((block) => DRAW[block.type](block, context));
  // A page older than the house may meet a block it does not know: every reply can be read as text.
  if (!drawn.length) drawn.push(make("p", { class: "words" }, withLinks(reply.text)));
  return make("div", { class: wide ? "card wide" : "card" }, drawn);
}

/** Make the button of a choice: a press, or a link to another page. */
export function makeButton(choice, context, ...more) {
  const looks = choice.primary ? "button primary" : "button";
  if (choice.url !== undefined) return makeLink(choice, looks, context);
  const button = make("button", { type: "button", class: looks, "data-token": choice.token }, choice.label, ...more);
  button.addEventListener("click", (event) => context.press(button, choice, event));
  return button;
}

function makeLink(choice, looks, context) {
  let address;
  try {
    address = new URL(choice.url, location.href);
  } catch {
    return make("span", {}, choice.label);
  }
  if (!SAFE.has(address.protocol)) return make("span", {}, choice.label);
  const attributes = { class: looks, href: address.href, target: "_blank", rel: "noopener noreferrer" };
  return make("a", attributes, choice.label, unseen(` ${context.say("opens_page")}`));
}

function drawChoices(block, context) {
  const buttons = block.choices.map((choice) => make("li", {}, context.button(choice)));
  const list = make("ul", { class: "buttons", "aria-label": block.prompt }, buttons);
  return make("div", {}, block.prompt && make("p", { class: "prompt" }, block.prompt), list);
}

function drawFile(block, context) {
  const link = make("a", { class: "button primary", href: block.url }, context.say("download"), unseen(` ${block.name}`));
  const gone = make("p", { class: "fate", hidden: true }, context.say("file_gone"));
  let until = Date.parse(block.until);
  link.addEventListener("click", async (event) => {
    // The page may have stood open for longer than an address works.
    if (Date.now() < until - 5000) return;
    event.preventDefault();
    const fresh = await context.freshFile(block.file_id);
    gone.hidden = fresh !== null;
    if (fresh === null) return;
    link.href = fresh.url;
    until = Date.parse(fresh.until);
    link.click();
  });
  const isSheet = block.media_type.includes("sheet");
  return make(
    "div",
    { class: "file" },
    drawing(isSheet ? "sheet" : "document"),
    make(
      "div",
      { class: "file-about" },
      make("p", { class: "file-name" }, block.name, " ", make("span", { class: "file-size" }, `(${block.size_text})`)),
      make("p", { class: "file-more" }, block.about),
      gone,
    ),
    link,
  );
}

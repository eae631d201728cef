// Draw a form of the conversation: one question with buttons, several fields, or the summary to confirm.

import { freshId, make } from "./dom.js";
import { makeField } from "./fields.js";
import { sameValue } from "./values.js";

/** Draw a form as far as it has come. A `fieldset` holds it, so that all of it ends at once. */
export function drawForm(block, context) {
  const title = freshId("form");
  const whole = make(
    "fieldset",
    { class: "form", "data-form": block.key },
    make("legend", { class: "form-title", id: title, tabindex: "-1" }, block.title),
  );
  if (block.stage === "confirming") whole.append(...drawSummary(block, context));
  else if (isOneQuestion(block)) whole.append(...drawQuestion(block, context));
  else whole.append(drawFields(block, context, title));
  return whole;
}

/** Tell whether the line to write in answers the form: one thing is missing, and it is no list to tick. */
function isOneQuestion(block) {
  const asked = askedField(block);
  if (!asked || block.missing.length > 1) return false;
  return asked.kind !== "rows" && !(asked.many && asked.options.length > 1);
}

function askedField(block) {
  return block.fields.find((field) => field.name === block.asked);
}

function definitions(pairs) {
  return make(
    "dl",
    { class: "summary" },
    pairs.flatMap(([label, value]) => [make("dt", {}, label), make("dd", {}, value)]),
  );
}

function drawSummary(block, context) {
  return [
    definitions(block.summary),
    make("p", { class: "question" }, block.question),
    make("div", { class: "buttons" }, context.button(block.confirm), context.button(block.cancel)),
  ];
}

function drawQuestion(block, context) {
  const asked = askedField(block);
  const known = block.fields.filter((field) => field !== asked && field.shown).map((field) => [field.label, field.shown]);
  const offered = asked.suggestions.length ? asked.suggestions : asked.options;
  return [
    known.length ? definitions(known) : null,
    asked.error && make("p", { class: "error-text" }, asked.error),
    make("p", { class: "question" }, block.question),
    asked.hint && make("p", { class: "hint" }, asked.hint),
    make("ul", { class: "buttons", "aria-label": block.question }, [
      ...offered.map((option) => make("li", {}, drawOption(option, context))),
      make("li", {}, quiet(context.button(block.cancel))),
    ]),
  ].filter(Boolean);
}

/** A choice that cannot be made is shown with its reason (DIS-7). */
function drawOption(option, context) {
  if (option.token) return context.button(option);
  return make("button", { type: "button", class: "button", disabled: true }, `${option.label} – ${option.reason ?? ""}`);
}

function quiet(button) {
  button.classList.add("quiet");
  return button;
}

function drawFields(block, context, title) {
  const fields = block.fields.map((field) => makeField(field, context));
  const needed = block.fields.some((field) => field.required);
  const form = make(
    "form",
    { novalidate: true, "aria-labelledby": title },
    needed && make("p", { class: "form-note" }, context.say("required_mark")),
    fields.map((field) => field.element),
    make(
      "div",
      { class: "buttons" },
      make("button", { type: "submit", class: "button primary" }, block.submit_label),
      quiet(context.button(block.cancel)),
    ),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const wrong = fields.filter((field) => !field.check());
    if (wrong.length) wrong[0].focus();
    else context.send(block, Object.fromEntries(fields.map((field) => [field.name, field.read()])));
  });
  return form;
}

/** Show what a form was filled in with, as far as its fields are known. */
export function describeFilled(block, values, words) {
  const shown = (block?.fields ?? []).map((field) => [field.label, describe(field, values[field.name], words)]);
  const pairs = shown.filter(([_label, value]) => value);
  return pairs.length ? definitions(pairs) : null;
}

function describe(field, value, words) {
  if (value === null || value === undefined || value === "" || (Array.isArray(value) && !value.length)) return "";
  const option = field.options.find((known) => sameValue(known.value, value));
  if (option) return option.label;
  if (Array.isArray(value)) return value.map((part) => describe(field, part, words)).join(", ");
  if (typeof value === "object" && "start" in value) return `${words.day(value.start)} – ${words.day(value.end)}`;
  if (typeof value === "object" && "quantity" in value) {
    const product = field.options.find((known) => sameValue(known.value, value.product));
    return `${value.quantity} × ${product?.label ?? value.product}`;
  }
  return field.kind === "date" ? words.day(value) : String(value);
}

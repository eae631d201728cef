// Draw the fields of a form, read them, and say what is wrong with them before anything is sent.

import { freshId, make } from "./dom.js";
import { sameValue } from "./values.js";

const FEW = 6;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** Make a field: {element, name, read, check, focus}; `check` shows its error and gives whether there is none. */
export function makeField(field, context) {
  const ids = { input: freshId("field"), hint: freshId("hint"), error: freshId("error") };
  const parts = (KINDS[field.kind] ?? text)(field, ids, described(field, ids), context);
  const error = make("p", { class: "error-text", id: ids.error, hidden: !field.error }, field.error ?? "");
  const element = frame(field, ids, parts, error, context);
  const show = (message) => {
    error.textContent = message ?? "";
    error.hidden = !message;
    for (const control of parts.controls) {
      if (message) control.setAttribute("aria-invalid", "true");
      else control.removeAttribute("aria-invalid");
    }
    return !message;
  };
  show(field.error);
  return {
    element,
    name: field.name,
    read: parts.read,
    focus: () => parts.controls[0]?.focus(),
    check: () => show(wrong(field, parts, context)),
  };
}

function frame(field, ids, parts, error, context) {
  const star = field.required ? make("span", { class: "needed", "aria-hidden": "true" }, " *") : null;
  const words = [field.hint, parts.more].filter(Boolean).join(" ");
  const hint = words && make("p", { class: "hint", id: ids.hint }, words);
  const offered = field.suggestions.map((option) => make("li", {}, context.button(option)));
  const suggestions = offered.length ? make("ul", { class: "buttons" }, offered) : null;
  if (parts.group) {
    const legend = make("legend", {}, field.label, star);
    const attributes = { class: "field", "aria-describedby": described(field, ids) };
    return make("fieldset", attributes, legend, hint, error, parts.body, suggestions);
  }
  const label = make("label", { for: ids.input }, field.label, star);
  return make("div", { class: "field" }, label, hint, error, parts.body, suggestions);
}

/** Name what belongs to a field: what helps to fill it in, and what is wrong with it. */
function described(field, ids) {
  const hasHint = field.hint || (field.many && field.kind === "text");
  return hasHint ? `${ids.hint} ${ids.error}` : ids.error;
}

function wrong(field, parts, context) {
  const value = parts.read();
  const empty = value === null || value === "" || (Array.isArray(value) && !value.length);
  if (parts.half?.()) return context.say("missing_value");
  if (empty) return field.required ? context.say("missing_value") : null;
  if (field.kind === "number" && !Number.isSafeInteger(value)) return context.say("not_a_number");
  if (field.kind === "number" || field.kind === "rows") return outside(field, value, context);
  if (field.kind === "email" && !EMAIL.test(value)) return context.say("not_an_email");
  if (field.kind === "period" && value.end < value.start) return context.say("wrong_order");
  return null;
}

function outside(field, value, context) {
  const { minimum, maximum } = field;
  if (minimum === null || maximum === null) return null;
  const amounts = Array.isArray(value) ? value.map((row) => row.quantity) : [value];
  const fits = amounts.every((amount) => amount >= minimum && amount <= maximum);
  return fits ? null : context.say("between", { minimum, maximum });
}

function input(field, ids, about, attributes) {
  return make("input", {
    class: "input",
    id: ids.input,
    "aria-describedby": about,
    required: field.required,
    autocomplete: "off",
    ...attributes,
  });
}

function text(field, ids, about, context) {
  const shown = Array.isArray(field.value) ? field.value.join(", ") : (field.value ?? "");
  const control = input(field, ids, about, { type: "text", value: shown });
  const read = () => {
    const words = control.value.trim();
    if (!field.many) return words || null;
    return words.split(/[,;\n]+/).map((part) => part.trim()).filter(Boolean);
  };
  return { body: control, controls: [control], read, more: field.many ? context.say("several_values") : null };
}

function email(field, ids, about) {
  const control = input(field, ids, about, { type: "email", value: field.value ?? "", autocomplete: "email" });
  return { body: control, controls: [control], read: () => control.value.trim() || null };
}

function number(field, ids, about) {
  const { minimum, maximum, value } = field;
  const control = input(field, ids, about, {
    type: "number",
    class: "input short",
    inputmode: "numeric",
    step: 1,
    min: minimum,
    max: maximum,
    value: value ?? "",
  });
  return { body: control, controls: [control], read: () => (control.value === "" ? null : Number(control.value)) };
}

function date(field, ids, about) {
  const control = input(field, ids, about, { type: "date", class: "input short-date", value: field.value ?? "" });
  return { body: control, controls: [control], read: () => control.value || null };
}

/** A period is one of those offered, or two days of one's own. */
function period(field, ids, about, context) {
  const chosen = field.options.findIndex((option) => sameValue(option.value, field.value));
  const own = !field.options.length || (field.value && chosen < 0);
  const [first, last] = ["first_day", "last_day"].map((name, index) => {
    const value = own && field.value ? field.value[index ? "end" : "start"] : "";
    return make("input", { class: "input", id: freshId(name), type: "date", value, "aria-describedby": about });
  });
  const days = make(
    "div",
    { class: "two", hidden: !own },
    make("div", {}, make("label", { for: first.id }, context.say("first_day")), first),
    make("div", {}, make("label", { for: last.id }, context.say("last_day")), last),
  );
  const select = pick(field, ids, about, context, [
    ...field.options.map((option, index) => [String(index), option, index === chosen]),
    ["own", { label: context.say("other_period") }, own],
  ]);
  select.addEventListener("change", () => {
    days.hidden = select.value !== "own";
  });
  const isOwn = () => !field.options.length || select.value === "own";
  const read = () => {
    if (!isOwn()) return select.value === "" ? null : field.options[Number(select.value)].value;
    return first.value && last.value ? { start: first.value, end: last.value } : null;
  };
  // Its options are a list and its days a group: where there is no list, the days alone are the field.
  const half = () => isOwn() && Boolean(first.value) !== Boolean(last.value);
  if (!field.options.length) return { group: true, body: days, controls: [first, last], read, half };
  return { body: make("div", {}, select, days), controls: [select, first, last], read, half };
}

function pick(field, ids, about, context, options) {
  return make(
    "select",
    { class: "input", id: ids.input, "aria-describedby": about, required: field.required },
    make("option", { value: "" }, context.say("please_choose")),
    options.map(([value, option, selected]) =>
      make(
        "option",
        { value, selected, disabled: Boolean(option.reason) },
        option.reason ? `${option.label} – ${option.reason}` : option.label,
      ),
    ),
  );
}

function choice(field, ids, about, context) {
  const values = Array.isArray(field.value) ? field.value : [field.value];
  const isChosen = (option) => values.some((value) => sameValue(value, option.value));
  if (!field.many && field.options.length > FEW) {
    const options = field.options.map((option, index) => [String(index), option, isChosen(option)]);
    const select = pick(field, ids, about, context, options);
    const read = () => (select.value === "" ? null : field.options[Number(select.value)].value);
    return { body: select, controls: [select], read };
  }
  const controls = field.options.map((option) =>
    make("input", {
      type: field.many ? "checkbox" : "radio",
      name: ids.input,
      checked: isChosen(option),
      disabled: Boolean(option.reason),
      required: field.required && !field.many,
      "aria-describedby": ids.error,
    }),
  );
  const body = field.options.map((option, index) => tick(controls[index], option));
  const read = () => {
    const chosen = field.options.filter((_option, index) => controls[index].checked).map((option) => option.value);
    return field.many ? chosen : (chosen[0] ?? null);
  };
  return { group: true, body, controls: controls.filter((control) => !control.disabled), read };
}

function tick(control, option) {
  const reason = option.reason && make("span", { class: "reason" }, option.reason);
  return make("label", { class: "option" }, control, make("span", {}, option.label, reason));
}

/** Products with how many of each; those left empty or at nought are not ordered. */
function rows(field, ids, about, context) {
  const ordered = new Map((field.value ?? []).map((row) => [JSON.stringify(row.product), row.quantity]));
  const controls = field.options.map((option) =>
    make("input", {
      class: "input short",
      id: freshId("quantity"),
      type: "number",
      inputmode: "numeric",
      min: 0,
      step: 1,
      value: ordered.get(JSON.stringify(option.value)) ?? "",
      "aria-describedby": about,
      "aria-label": `${option.label}, ${context.say("quantity")}`,
      disabled: Boolean(option.reason),
    }),
  );
  const body = field.options.map((option, index) =>
    make("div", { class: "row" }, make("span", {}, option.label, option.reason && ` – ${option.reason}`), controls[index]),
  );
  const read = () =>
    field.options
      .map((option, index) => ({ product: option.value, quantity: Number(controls[index].value || 0) }))
      .filter((row) => row.quantity !== 0);
  return { group: true, body, controls, read };
}

function file(_field, _ids, _about, context) {
  return { group: true, body: make("p", { class: "hint" }, context.say("no_file_here")), controls: [], read: () => null };
}

const KINDS = { text, email, number, date, period, choice, rows, file };

// Draw a table: a real one, whose rows become small cards where the page is narrow.
// The roles are written out because a table that is laid out as blocks would lose them.

import { freshId, make, unseen } from "./dom.js";

export function drawTable(block, context) {
  const caption = freshId("caption");
  const withButtons = block.row_choices.some((choices) => choices.length);
  const table = make(
    "table",
    { role: "table", "aria-labelledby": caption },
    make("caption", { id: caption }, block.caption),
    make("thead", { role: "rowgroup" }, heads(block, withButtons, context)),
    make(
      "tbody",
      { role: "rowgroup" },
      block.rows.map((row, index) => drawRow(block, row, withButtons ? (block.row_choices[index] ?? []) : null, context)),
    ),
  );
  const frame = make("div", { class: "table-frame" }, table);
  makeScrollable(frame, caption);
  return frame;
}

function heads(block, withButtons, context) {
  const cells = block.columns.map((column) =>
    make("th", { scope: "col", role: "columnheader", class: column.align === "right" && "right" }, column.label),
  );
  if (withButtons)
    cells.push(make("th", { scope: "col", role: "columnheader" }, unseen(context.say("row_actions"))));
  return make("tr", { role: "row" }, cells);
}

function drawRow(block, row, choices, context) {
  const cells = row.map((text, index) => {
    const { label, align } = block.columns[index];
    const side = align === "right" && "right";
    if (index === 0) return make("th", { scope: "row", role: "rowheader", class: side }, text);
    // The heads are out of sight on a narrow page; each value then names its own.
    const head = make("span", { class: "label", "aria-hidden": "true" }, label);
    return make("td", { role: "cell", class: side }, head, make("span", {}, text));
  });
  if (choices) {
    const buttons = choices.map((choice) => context.button(choice, unseen(` ${row[0]}`)));
    cells.push(make("td", { role: "cell", class: "row-buttons" }, make("div", { class: "buttons" }, buttons)));
  }
  return make("tr", { role: "row" }, cells);
}

/** A frame that scrolls must be reached by keyboard; one that does not must not stand in the way. */
function makeScrollable(frame, caption) {
  new ResizeObserver(() => {
    if (frame.scrollWidth > frame.clientWidth + 1) {
      frame.tabIndex = 0;
      frame.setAttribute("role", "region");
      frame.setAttribute("aria-labelledby", caption);
    } else {
      for (const name of ["tabindex", "role", "aria-labelledby"]) frame.removeAttribute(name);
    }
  }).observe(frame);
}

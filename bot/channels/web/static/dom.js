// Build elements. Words only ever become text: nothing here reads markup.

const SVG = "http://www.w3.org/2000/svg";

const DRAWINGS = {
  info: "M12 8.2v.1M12 11.5V16M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Z",
  success: "M8 12.4l2.8 2.8L16.2 9M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Z",
  warning: "M12 9.5v4M12 16.8v.1M10.6 4.1 2.9 17.6A1.6 1.6 0 0 0 4.3 20h15.4a1.6 1.6 0 0 0 1.4-2.4L13.4 4.1a1.6 1.6 0 0 0-2.8 0Z",
  error: "M9 9l6 6M15 9l-6 6M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Z",
  sheet: "M6 3h8l5 5v13H6V3ZM14 3v5h5M9 12.5h7M9 16.5h7M12.5 12.5v4",
  document: "M6 3h8l5 5v13H6V3ZM14 3v5h5M9 12.5h7M9 16.5h5",
};

/** Make an element: attributes by name (`on…` are listeners, `false`, null and undefined leave one out), then children. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Make text that only screen readers meet. */
export function unseen(text) {
  return make("span", { class: "unseen" }, text);
}

/** Draw one of our own pictograms, silent for screen readers. */
export function drawing(name) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  const looks = {
    viewBox: "0 0 24 24",
    fill: "none",
    stroke: "currentColor",
    "stroke-width": "1.8",
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
    "aria-hidden": "true",
    focusable: "false",
  };
  for (const [attribute, value] of Object.entries(looks)) svg.setAttribute(attribute, value);
  path.setAttribute("d", DRAWINGS[name]);
  svg.append(path);
  return svg;
}

let made = 0;

/** Give an id that no other element of the page has. */
export function freshId(name) {
  made += 1;
  return `${name}-${made}`;
}

const ADDRESS = /https?:\/\/[^\s<>()"]*[^\s<>()".,;:!?]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;

/** Split a text so that addresses of pages and mail boxes in it become links. */
export function withLinks(text) {
  const parts = [];
  let at = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const found = match[0];
    const href = found.includes("://") ? found : `mailto:${found}`;
    parts.push(text.slice(at, match.index), make("a", { href, target: "_blank", rel: "noopener noreferrer" }, found));
    at = match.index + found.length;
  }
  parts.push(text.slice(at));
  return parts;
}

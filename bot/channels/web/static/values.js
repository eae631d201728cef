// Compare the values of options and fields: plain JSON.

/** Tell whether two values are the same, whatever the order of their names. */
export function sameValue(one, other) {
  if (one === null || other === null || typeof one !== "object" || typeof other !== "object") return one === other;
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => sameValue(one[name], other[name]));
}

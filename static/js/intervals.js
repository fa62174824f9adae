/**
 * Played parts of a recording as sorted, disjoint [from, to] pairs in media seconds.
 * Pure functions: nothing here knows of players, clocks or networks.
 *
 * @typedef {[number, number]} Interval
 * @typedef {Interval[]} Intervals
 */

/** @param {Intervals} list @returns {Intervals} the same time, sorted and merged */
export function merged(list) {
  const sorted = list.filter(([from, to]) => to > from).sort((a, b) => a[0] - b[0]);
  /** @type {Intervals} */
  const result = [];
  for (const [from, to] of sorted) {
    const last = result[result.length - 1];
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else result.push([from, to]);
  }
  return result;
}

/** @param {...Intervals} lists */
export function union(...lists) {
  return merged(lists.flat());
}

/** @param {Intervals} list @param {number} from @param {number} to */
export function add(list, from, to) {
  return merged([...list, [from, to]]);
}

/** What of `list` is not in `taken`. @param {Intervals} list @param {Intervals} taken */
export function subtract(list, taken) {
  let rest = merged(list);
  for (const [from, to] of taken) {
    rest = rest.flatMap(([a, b]) => /** @type {Intervals} */ ([
      [a, Math.min(b, from)],
      [Math.max(a, to), b],
    ]).filter(([start, end]) => end > start));
  }
  return rest;
}

/**
 * Whole seconds by rounding both ends, as the server does: neighbours that share an end still
 * meet, so playing in pieces earns neither more nor less than playing at once.
 * @param {Intervals} list
 */
export function snap(list) {
  return merged(list.map(([from, to]) => [Math.round(from), Math.round(to)]));
}

/** @param {Intervals} list @returns {number} seconds in all */
export function total(list) {
  return merged(list).reduce((sum, [from, to]) => sum + to - from, 0);
}

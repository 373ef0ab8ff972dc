/** The longer side of a digit's picture whose strokes are looked for; around it there is a pixel of paper. */
const SIDE = 48;
/** Points of a stroke that tell where it is going. */
const AHEAD = 5;
/** The cosine of the greatest turn that counts as straight on. */
const STRAIGHT = 0.7;
/** Strokes of fewer points are corners of the others' ink, or specks. */
const SHORTEST = 4;
/** The eight neighbours of a pixel in turn, from the one above. */
const AROUND = [[0, -1], [1, -1], [1, 0], [1, 1], [0, 1], [-1, 1], [-1, 0], [-1, -1]];

/** How much a pen would rather start to the left than up, by digit: a 5 begins at the right end of its bar. */
const LEFTWARDS = { 1: 0.3, 4: 0.6, 5: -0.5, 6: 0, 9: -0.3 };
const USUAL_LEFTWARDS = 0.5;

/**
 * The strokes in which a digit may have been written, in their order: the middle of its ink, from end to end.
 *
 * @param {Uint8Array} ink rows of pixels, not 0 where there is ink, and none at the edge.
 * @param {string} digit decides where the pen begins.
 * @returns {{ points: [number, number][], width: number }[]} a stroke `width` wide through the middles of pixels; all
 *   of them together cover the ink, and none goes through a pixel twice.
 */
export function strokesOf(ink, width, digit) {
  const points = walk(thinned(ink, width), width, LEFTWARDS[digit] ?? USUAL_LEFTWARDS);
  const widths = points.map(() => 1);
  // Each pixel of ink is in the stroke whose middle is nearest.
  ink.forEach((level, pixel) => {
    if (level === 0) return;
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    let [best, owner] = [Infinity, 0];
    points.forEach((stroke, index) => {
      for (const point of stroke) {
        const distance = (point[0] - x) ** 2 + (point[1] - y) ** 2;
        if (distance < best) [best, owner] = [distance, index];
      }
    });
    widths[owner] = Math.max(widths[owner], 2 * Math.sqrt(best) + 1);
  });
  return points.map((stroke, index) => ({ points: stroke, width: widths[index] }));
}

/** Lines one pixel wide in the middle of the ink, by the method of Zhang and Suen. */
function thinned(ink, width) {
  const lines = Uint8Array.from(ink, (level) => (level > 0 ? 1 : 0));
  const steps = AROUND.map(([x, y]) => y * width + x);
  for (let isDone = false; !isDone;) {
    isDone = true;
    for (const [first, second] of [[[0, 2, 4], [2, 4, 6]], [[0, 2, 6], [0, 4, 6]]]) {
      const removed = [];
      lines.forEach((isInk, pixel) => {
        if (!isInk) return;
        const around = steps.map((step) => lines[pixel + step]);
        const count = around.reduce((sum, value) => sum + value);
        const rises = around.filter((value, index) => !value && around[(index + 1) % 8]).length;
        const has = (indices) => indices.every((index) => around[index]);
        if (count >= 2 && count <= 6 && rises === 1 && !has(first) && !has(second)) removed.push(pixel);
      });
      for (const pixel of removed) lines[pixel] = 0;
      isDone &&= removed.length === 0;
    }
  }
  return lines;
}

/** Goes along lines once, straight on where they cross. Returns the points of each stroke. */
function walk(lines, width, leftwards) {
  const left = new Set([...lines.keys()].filter((pixel) => lines[pixel]));
  const place = (pixel) => [pixel % width, Math.floor(pixel / width)];
  const next = (pixel) => AROUND.map(([x, y]) => pixel + y * width + x).filter((other) => left.has(other));
  const cost = (pixel) => place(pixel)[1] + leftwards * place(pixel)[0];
  const least = (pixels, value) => pixels.reduce((best, pixel) => (value(pixel) < value(best) ? pixel : best));
  const rows = [...left].map((pixel) => place(pixel)[1]);
  const middle = (Math.min(...rows) + Math.max(...rows)) / 2;

  /** The direction from a pixel to where a way of a few pixels through it leads. */
  const direction = (from, through) => {
    const seen = new Set([from, through]);
    let last = through;
    for (let step = 1; step < AHEAD; step += 1) {
      const further = next(last).filter((pixel) => !seen.has(pixel));
      if (further.length === 0) break;
      last = further.reduce((best, pixel) => (distance(from, pixel) > distance(from, best) ? pixel : best));
      for (const pixel of further) seen.add(pixel);
    }
    return unit(place(from), place(last));
  };
  const distance = (one, other) => Math.hypot(place(one)[0] - place(other)[0], place(one)[1] - place(other)[1]);

  /** Where a pen starts that has nowhere to go on: at the end of a line, or high up on one without ends. */
  const start = (isFirst) => {
    const all = [...left];
    const ends = all.filter((pixel) => next(pixel).length <= 1 && (!isFirst || place(pixel)[1] < middle));
    return ends.length > 0 ? least(ends, cost) : least(all, (pixel) => place(pixel)[1]);
  };
  const strokes = [];
  while (left.size > 0) {
    let pixel = start(strokes.length === 0);
    const stroke = [];
    for (;;) {
      left.delete(pixel);
      stroke.push(place(pixel));
      const back = stroke[Math.max(0, stroke.length - AHEAD)];
      // The first step of a ring goes to the left, against the clock.
      const ahead = stroke.length > 1 ? unit(back, place(pixel)) : [-1, 0];
      const ways = next(pixel).map((other) => ({ other, way: direction(pixel, other) }));
      if (ways.length > 0) {
        const straight = ways.reduce((best, one) => (dot(ahead, one.way) > dot(ahead, best.way) ? one : best));
        // Where it meets a line that goes to both sides, it ends.
        const meets = stroke.length > AHEAD && dot(ahead, straight.way) < STRAIGHT &&
          ways.some(({ way }) => dot(way, straight.way) < -STRAIGHT);
        if (meets) break;
        pixel = straight.other;
        continue;
      }
      // On the other side of a line that is drawn already.
      const from = pixel;
      const beyond = [...left].filter((other) =>
        distance(from, other) <= AHEAD && dot(ahead, unit(place(from), place(other))) > STRAIGHT);
      if (stroke.length < AHEAD || beyond.length === 0) break;
      pixel = least(beyond, (other) => distance(from, other));
    }
    strokes.push(stroke);
  }
  const long = strokes.filter((stroke) => stroke.length >= SHORTEST);
  // Specks stand apart.
  const isNear = ([x, y]) => long.some((stroke) =>
    stroke.some((point) => Math.hypot(point[0] - x, point[1] - y) <= AHEAD));
  return strokes.filter((stroke) => stroke.length >= SHORTEST || !stroke.some(isNear));
}

function unit([x, y], [toX, toY]) {
  const length = Math.hypot(toX - x, toY - y) || 1;
  return [(toX - x) / length, (toY - y) / length];
}

function dot([x, y], [otherX, otherY]) { return x * otherX + y * otherY; }

/**
 * The strokes of a digit's outline, in its coordinates.
 *
 * @param {string} d of an SVG path.
 * @returns {{ d: string, width: number }[]}
 */
export function strokesOfOutline(d, digit) {
  const numbers = d.match(/-?[\d.]+/g)?.map(Number) ?? [];
  if (numbers.length === 0) return [];
  const xs = numbers.filter((_, index) => index % 2 === 0);
  const ys = numbers.filter((_, index) => index % 2 === 1);
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const scale = SIDE / Math.max(Math.max(...xs) - left, Math.max(...ys) - top);
  const side = SIDE + 4;
  const context = new OffscreenCanvas(side, side).getContext('2d', { willReadFrequently: true });
  context.setTransform(scale, 0, 0, scale, 2 - left * scale, 2 - top * scale);
  context.fill(new Path2D(d), 'evenodd');
  const { data } = context.getImageData(0, 0, side, side);
  const ink = Uint8Array.from({ length: side * side }, (_, pixel) => (data[4 * pixel + 3] > 127 ? 1 : 0));
  const number = (value) => Number(value.toFixed(2));
  const place = ([x, y]) => `${number(left + (x - 1.5) / scale)} ${number(top + (y - 1.5) / scale)}`;
  return strokesOf(ink, side, digit).map(({ points, width }) => ({
    // A point has no direction in which it could appear.
    d: `M${points.map(place).join('L')}${points.length === 1 ? 'h.01' : ''}`,
    width: number(width / scale),
  }));
}

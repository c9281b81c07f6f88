import { color } from "./colors.ts";
import { boxPath, dot, flat, line, r, within, type Svg } from "./parts.ts";
import type { Pattern } from "./picture.ts";

type Area = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** Covers a shape with one of the chain's patterns; `weave` is the house's own. */
export function patterned(d: string, { x, y, width, height }: Area, pattern: Pattern, accent: string): Svg {
  const rows = (step: number): number[] => Array.from({ length: Math.ceil(height / step) + 1 }, (_, n) => y + n * step);
  const columns = (step: number): number[] => Array.from({ length: Math.ceil(width / step) + 1 }, (_, n) => x + n * step);
  switch (pattern) {
    case "plain":
      return "";
    case "stripe":
      return within(d, ...rows(26).map((top) => flat(boxPath(x, top, width, 10), accent)));
    case "band":
      return within(d, flat(boxPath(x, y + height * 0.36, width, height * 0.28), accent), line(`M${x} ${y + height * 0.5}h${width}`, color.ink, 3, 0.5));
    case "dots":
      return within(d, ...rows(26).flatMap((cy, row) => columns(28).map((cx) => dot(cx + (row % 2) * 14, cy + 10, 6, accent))));
    case "check":
      return within(d, ...rows(28).flatMap((top, row) => columns(28).filter((_, column) => (row + column) % 2 === 0).map((left) => flat(boxPath(left, top, 28, 28), accent))));
    case "drip":
      return within(d, flat(`M${x} ${y + height * 0.62}q${width * 0.12} ${height * 0.18} ${width * 0.25} 0t${width * 0.25} 0t${width * 0.25} 0t${width * 0.25} 0v${height}h${-width}z`, accent));
    case "weave":
      return within(d, ...rows(30).flatMap((top, row) => columns(30).map((left, column) => basket(left, top, (row + column) % 2 === 0, accent))));
  }
}

/** One field of a basket weave: two threads, lying or standing. */
function basket(left: number, top: number, isLying: boolean, accent: string): Svg {
  return isLying ? line(`M${left + 6} ${top + 9}h18M${left + 6} ${top + 21}h18`, accent, 8) : line(`M${left + 9} ${top + 6}v18M${left + 21} ${top + 6}v18`, accent, 8);
}

/** The mark of the house: three threads across three, each going over and under in turn. `size` is its width and height. */
export function threadMark(cx: number, cy: number, size: number, ink: string): Svg {
  const [spacing, pen] = [size * 0.3, size * 0.18];
  const tracks = [-1, 0, 1];
  const threads = tracks.flatMap((track, t) => {
    const under = (parity: number): number[] => tracks.filter((_, crossing) => (crossing + t) % 2 === parity).map((crossing) => crossing * spacing);
    const across = stretches(size, pen, under(1)).map(([from, to]) => `M${r(cx + from)} ${r(cy + track * spacing)}H${r(cx + to)}`);
    const upright = stretches(size, pen, under(0)).map(([from, to]) => `M${r(cx + track * spacing)} ${r(cy + from)}V${r(cy + to)}`);
    return [...across, ...upright];
  });
  return `<g stroke-linecap="butt">${line(threads.join(""), ink, r(pen))}</g>`;
}

/** What shows of a thread of length `size` that dives at the given distances from its middle. */
function stretches(size: number, pen: number, dives: readonly number[]): (readonly [number, number])[] {
  const gap = pen * 0.68;
  let from = -size / 2;
  return [...dives, Infinity].flatMap((at) => {
    const piece = [from, Math.min(at - gap, size / 2)] as const;
    from = at + gap;
    return piece[1] > piece[0] ? [piece] : [];
  });
}

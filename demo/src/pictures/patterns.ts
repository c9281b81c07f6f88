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

/** The mark of the house: two threads across three, each going over and under in turn. `size` is its width and height. */
export function threadMark(cx: number, cy: number, size: number, warp: string, weft: string = warp): Svg {
  const [spacing, half] = [size * 0.27, size * 0.09];
  const [columns, rows] = [[-1, 0, 1], [-0.68, 0.68]] as const;
  const upright = columns.flatMap((column, c) => stretches(size, half, rows.filter((_, row) => (row + c) % 2 === 0).map((row) => row * spacing)).map((piece) => threadPath(cx + column * spacing, cy, half, piece, true)));
  const across = rows.flatMap((row, n) => stretches(size, half, columns.filter((_, c) => (n + c) % 2 === 1).map((column) => column * spacing)).map((piece) => threadPath(cx, cy + row * spacing, half, piece, false)));
  return flat(upright.join(""), warp) + flat(across.join(""), weft);
}

type Stretch = { readonly from: number; readonly to: number; readonly isFirst: boolean; readonly isLast: boolean };

/** What shows of a thread of length `size` that dives at the given distances from its middle. */
function stretches(size: number, half: number, dives: readonly number[]): Stretch[] {
  const gap = half * 1.45;
  const ends = [...dives, Infinity];
  return ends.map((dive, n) => ({ from: n === 0 ? -size / 2 : (ends[n - 1] ?? 0) + gap, to: Math.min(dive - gap, size / 2), isFirst: n === 0, isLast: n === ends.length - 1 }));
}

/** A stretch of thread: round where the thread ends, straight where it dives. */
function threadPath(x: number, y: number, half: number, { from, to, isFirst, isLast }: Stretch, isUpright: boolean): string {
  const at = (along: number, beside: number): string => (isUpright ? `${r(x + beside)} ${r(y + along)}` : `${r(x + along)} ${r(y - beside)}`);
  const cap = (is: boolean, along: number, beside: number): string => (is ? `A${r(half)} ${r(half)} 0 0 1 ${at(along, beside)}` : `L${at(along, beside)}`);
  const [start, end] = [isFirst ? from + half : from, isLast ? to - half : to];
  return `M${at(start, -half)}${cap(isFirst, start, half)}L${at(end, half)}${cap(isLast, end, -half)}z`;
}

import { color } from "./colors.ts";

/** SVG text. All pictures share one canvas of 400 × 400 and one pen. */
export type Svg = string;

/** Width of the pen: 1.1 pixels in a list of 72-pixel pictures, 6 on a page. */
const PEN = 6;
const FINE_PEN = 4;

/** A number as SVG wants it: two digits are below what anyone sees. */
export const r = (number: number): number => Math.round(number * 100) / 100;

/** A filled shape with the ink outline. */
export const shape = (d: string, fill: string, pen = PEN): Svg => `<path d="${d}" fill="${fill}" stroke="${color.ink}" stroke-width="${pen}"/>`;
/** A filled shape without outline. */
export const flat = (d: string, fill: string, opacity = 1): Svg => `<path d="${d}" fill="${fill}"${opacity < 1 ? ` opacity="${opacity}"` : ""}/>`;
/** A line. */
export const line = (d: string, stroke: string = color.ink, pen = FINE_PEN, opacity = 1): Svg =>
  `<path d="${d}" fill="none" stroke="${stroke}" stroke-width="${pen}"${opacity < 1 ? ` opacity="${opacity}"` : ""}/>`;

export const ellipsePath = (cx: number, cy: number, rx: number, ry: number): string =>
  `M${r(cx - rx)} ${r(cy)}a${r(rx)} ${r(ry)} 0 1 0 ${r(2 * rx)} 0a${r(rx)} ${r(ry)} 0 1 0 ${r(-2 * rx)} 0z`;
export const oval = (cx: number, cy: number, rx: number, ry: number, fill: string, pen = PEN): Svg => shape(ellipsePath(cx, cy, rx, ry), fill, pen);
export const dot = (cx: number, cy: number, rx: number, fill: string, opacity = 1, ry = rx): Svg => flat(ellipsePath(cx, cy, rx, ry), fill, opacity);
export const boxPath = (x: number, y: number, width: number, height: number, radius = 0): string =>
  `M${r(x + radius)} ${r(y)}h${r(width - 2 * radius)}q${radius} 0 ${radius} ${radius}v${r(height - 2 * radius)}q0 ${radius} ${-radius} ${radius}h${r(2 * radius - width)}q${-radius} 0 ${-radius} ${-radius}v${r(2 * radius - height)}q0 ${-radius} ${radius} ${-radius}z`;
export const polygon = (...points: readonly (readonly [number, number])[]): string => `M${points.map(([x, y]) => `${r(x)} ${r(y)}`).join("L")}z`;

export const moved = (x: number, y: number, ...inner: readonly Svg[]): Svg => `<g transform="translate(${r(x)} ${r(y)})">${inner.join("")}</g>`;
export const turned = (degrees: number, cx: number, cy: number, ...inner: readonly Svg[]): Svg => `<g transform="rotate(${r(degrees)} ${r(cx)} ${r(cy)})">${inner.join("")}</g>`;
export const scaled = (x: number, y: number, sx: number, sy: number, ...inner: readonly Svg[]): Svg =>
  `<g transform="translate(${r(x)} ${r(y)}) scale(${r(sx)} ${r(sy)})">${inner.join("")}</g>`;

/** Shows `inner` only inside a path. The id follows from the path, so that pictures may stand together in one document. */
export function within(d: string, ...inner: readonly Svg[]): Svg {
  let hash = 7;
  for (const letter of d) hash = (Math.imul(hash, 31) + letter.charCodeAt(0)) >>> 0;
  const id = `p${hash.toString(36)}`;
  return `<clipPath id="${id}"><path d="${d}"/></clipPath><g clip-path="url(#${id})">${inner.join("")}</g>`;
}

/** The side away from the light, which always comes from the upper left. */
export const shade = (d: string, dx: number, dy = 0, opacity = 0.13): Svg => within(d, `<path d="${d} M-400 -400h1200v1200h-1200z" transform="translate(${-dx} ${-dy})" fill="${color.ink}" fill-rule="evenodd" opacity="${opacity}"/>`);
/** A streak of light. */
export const gleam = (d: string, pen = 7, opacity = 0.55): Svg => line(d, color.white, pen, opacity);

/** Rising warmth over hot things. */
export const steam = (cx: number, y: number): Svg =>
  [-26, 6, 36].map((dx, n) => line(`M${cx + dx} ${y}c-14 -14 14 -24 0 ${n === 1 ? -46 : -38}`, color.white, 7, 0.9) + line(`M${cx + dx} ${y}c-14 -14 14 -24 0 ${n === 1 ? -46 : -38}`, color.ink, 2.5, 0.35)).join("");

/** A hill of whipped cream whose foot is at `y`. */
export function creamHill(cx: number, y: number, width: number): Svg {
  const w = width / 2;
  const hill = `M${r(cx - w)} ${r(y)}c${r(-w * 0.2)} ${r(-w * 0.5)} ${r(w * 0.25)} ${r(-w * 0.6)} ${r(w * 0.3)} ${r(-w * 0.5)}c${r(-w * 0.05)} ${r(-w * 0.5)} ${r(w * 0.4)} ${r(-w * 0.55)} ${r(w * 0.5)} ${r(-w * 0.35)}c${r(w * 0.05)} ${r(-w * 0.35)} ${r(w * 0.2)} ${r(-w * 0.45)} ${r(w * 0.35)} ${r(-w * 0.5)}c${r(w * 0.02)} ${r(w * 0.2)} ${r(w * 0.08)} ${r(w * 0.4)} ${r(w * 0.02)} ${r(w * 0.55)}c${r(w * 0.4)} ${r(-w * 0.1)} ${r(w * 0.55)} ${r(w * 0.2)} ${r(w * 0.45)} ${r(w * 0.4)}c${r(w * 0.4)} ${r(-w * 0.05)} ${r(w * 0.55)} ${r(w * 0.2)} ${r(w * 0.38)} ${r(w * 0.4)}z`;
  return shape(hill, color.foam) + shade(hill, 14, 6, 0.1) + line(`M${r(cx - w * 0.45)} ${r(y - w * 0.2)}q${r(w * 0.4)} ${r(w * 0.16)} ${r(w * 0.8)} ${r(-w * 0.06)}`, color.shadow, 4);
}

/** Many small marks, spread without a grid and the same each time: `count` points in an ellipse. */
export function scatter(count: number, cx: number, cy: number, rx: number, ry: number, mark: (x: number, y: number, n: number) => Svg): Svg {
  const golden = 2.39996;
  return Array.from({ length: count }, (_, n) => {
    const reach = Math.sqrt((n + 0.5) / count);
    return mark(r(cx + Math.cos(n * golden) * reach * rx), r(cy + Math.sin(n * golden) * reach * ry), n);
  }).join("");
}

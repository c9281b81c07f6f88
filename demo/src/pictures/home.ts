import { color } from "./colors.ts";
import { boxPath, dot, ellipsePath, flat, gleam, line, moved, oval, polygon, r, shade, shape, within, type Svg } from "./parts.ts";
import { patterned, threadMark } from "./patterns.ts";
import type { PictureSubject } from "./picture.ts";

type Of<Kind extends PictureSubject["kind"]> = Extract<PictureSubject, { kind: Kind }>;

const bean = (x: number, y: number, degrees: number): Svg => `<g transform="translate(${x} ${y}) rotate(${degrees})"><path d="${ellipsePath(0, 0, 17, 12)}" fill="${color.coffee}" stroke="${color.ink}" stroke-width="4"/><path d="M-14 2q8 -8 14 -2t14 -2" fill="none" stroke="${color.ink}" stroke-width="3"/></g>`;

/** A bag of beans with its label, folded on top. */
export function drawBag({ paper, label, mark, accent }: Of<"bag">): Svg {
  const body = "M120 92L104 298Q104 312 118 312H282Q296 312 296 298L280 92z";
  return [
    flat(ellipsePath(200, 318, 108, 12), color.ink, 0.12),
    shape(body, paper),
    patterned(body, { x: 100, y: 232, width: 200, height: 84 }, mark, accent),
    shade(body, 30),
    line("M126 140L120 296M274 140L280 296", color.ink, 3, 0.3),
    shape("M117 122L121 78Q121 72 128 72H272Q279 72 279 78L283 122z", paper),
    line("M126 90H274", color.white, 4, 0.35),
    shape(boxPath(108, 108, 184, 15, 5), accent, 5),
    shape(boxPath(138, 150, 124, 96, 8), label),
    threadMark(200, 188, 46, accent === label ? color.terracotta : accent),
    line("M168 226h64", color.ink, 5, 0.7),
    oval(200, 136, 5, 5, color.steel, 3),
    gleam("M124 160l-4 90", 7, 0.4),
    bean(92, 306, 20) + bean(316, 302, -30) + bean(334, 318, 40),
  ].join("");
}

/** A round tin with a lid. */
export function drawTin({ paint, label, mark }: Of<"tin">): Svg {
  const body = "M116 130V296Q200 326 284 296V130z";
  return [
    flat(ellipsePath(200, 316, 100, 12), color.ink, 0.12),
    shape(body, paint),
    patterned(body, { x: 114, y: 244, width: 172, height: 76 }, mark, label),
    shape("M116 172V242Q200 270 284 242V172Q200 200 116 172z", label),
    threadMark(200, 222, 42, paint),
    shade(body, 44),
    shape("M106 112V142Q200 174 294 142V112z", paint),
    oval(200, 112, 94, 27, paint),
    line(ellipsePath(200, 110, 70, 17), color.white, 4, 0.5),
    gleam("M132 184v60", 8, 0.5),
  ].join("");
}

/** A preserving jar. */
export function drawJar({ content, lid, label }: Of<"jar">): Svg {
  const glass = "M122 136Q104 150 104 182V286Q104 314 132 314H268Q296 314 296 286V182Q296 150 278 136z";
  const lumps = content === color.crust;
  return [
    flat(ellipsePath(200, 318, 104, 12), color.ink, 0.12),
    flat(glass, color.ice),
    within(glass, flat(boxPath(112, 162, 176, 146, 20), content), lumps ? granola() : dot(160, 200, 30, color.white, 0.25)),
    shade(glass, 34),
    line(glass, color.ink, 6),
    shape(boxPath(112, 98, 176, 42, 10), lid),
    line("M124 112h150", color.white, 5, 0.35),
    shape(boxPath(142, 198, 116, 78, 8), label),
    threadMark(200, 230, 38, color.terracotta),
    line("M172 262h56", color.ink, 5, 0.6),
    gleam("M122 188v90", 8, 0.6),
  ].join("");
}

const granola = (): Svg => Array.from({ length: 40 }, (_, n) => dot(118 + ((n * 37) % 168), 170 + ((n * 53) % 132), 9, [color.golden2, color.bake, color.almond, color.cherry][n % 4] ?? color.bake, 1, 6)).join("");

/** Chocolate, its wrapper torn open at a corner. */
export function drawBar({ wrapper, accent, content }: Of<"bar">): Svg {
  const bar = boxPath(126, 76, 148, 240, 8);
  const paper = "M118 140L150 128L166 146L196 126L220 144L248 124L282 142V306Q282 322 266 322H134Q118 322 118 306z";
  const squares = [0, 1].flatMap((row) => [0, 1, 2].map((column) => `<path d="${boxPath(136 + column * 44, 86 + row * 36, 38, 30, 4)}" fill="${content}" stroke="${color.ink}" stroke-width="3"/>`)).join("");
  return `<g transform="rotate(10 200 200)">${[shape(bar, content), squares, shape(paper, wrapper), shade(paper, 24), patterned(paper, { x: 118, y: 250, width: 164, height: 76 }, "weave", accent), shape(boxPath(142, 172, 116, 66, 8), color.paper), threadMark(200, 200, 36, wrapper), line("M176 226h48", color.ink, 4, 0.6)].join("")}</g>`;
}

/** A box with a lid, seen from its corner. */
export function drawBox({ paper, accent, mark }: Of<"box">): Svg {
  const front = polygon([66, 192], [246, 206], [246, 312], [66, 292]);
  const side = polygon([246, 206], [334, 176], [334, 276], [246, 312]);
  const lid = polygon([60, 176], [158, 146], [340, 158], [246, 192]);
  return [
    flat(ellipsePath(204, 312, 140, 14), color.ink, 0.12),
    shape(front, paper),
    patterned(front, { x: 66, y: 216, width: 180, height: 100 }, mark, accent),
    shape(side, paper),
    shade(side, 90, 0, 0.2),
    shape(lid, paper),
    shape(polygon([60, 176], [246, 192], [246, 214], [60, 198]), paper),
    shape(polygon([246, 192], [340, 158], [340, 180], [246, 214]), paper),
    line("M150 180L240 152M152 206v98", accent, 13),
    shape("M196 164q-34 -34 -50 -14q-4 20 50 14zq34 -38 52 -18q4 20 -52 18z", accent, 5),
  ].join("");
}

/** Mugs and cups of the house, empty, with their pattern. */
export function drawMug({ size, glaze, accent, pattern }: Of<"mug">): Svg {
  if (size === "pair") return moved(60, -18, smallCup(glaze, accent, pattern)) + moved(-58, 26, smallCup(accent === color.paper ? color.oat : accent, glaze, pattern));
  if (size === "bowl") return breakfastBowl(glaze, accent, pattern);
  const [left, right, top, base] = size === "espresso" ? [132, 252, 170, 300] : [104, 264, 122, 306];
  const body = `M${left} ${top}V${base - 26}Q${left} ${base} ${left + 28} ${base}H${right - 28}Q${right} ${base} ${right} ${base - 26}V${top}z`;
  const handle = `M${right - 4} ${top + 42}C${right + 78} ${top + 22} ${right + 78} ${base - 26} ${right - 6} ${base - 40}`;
  const raw = pattern === "drip" ? color.kraft : accent;
  return [
    flat(ellipsePath(200, base + 6, 108, 12), color.ink, 0.12),
    line(handle, color.ink, 34),
    line(handle, glaze, 22),
    shape(body, glaze),
    patterned(body, { x: left, y: top + 8, width: right - left, height: base - top }, pattern, raw),
    shade(body, 42),
    line(body, color.ink, 6),
    oval((left + right) / 2, top, (right - left) / 2, 22, glaze),
    flat(ellipsePath((left + right) / 2, top + 3, (right - left) / 2 - 13, 13), color.ink, 0.35),
    gleam(`M${left + 20} ${top + 44}v${r((base - top) * 0.4)}`, 9),
  ].join("");
}

function smallCup(glaze: string, accent: string, pattern: Of<"mug">["pattern"]): Svg {
  const body = "M136 186C136 240 150 270 168 280H232C250 270 264 240 264 186z";
  const handle = "M258 204C304 198 300 250 248 252";
  return [flat(ellipsePath(200, 286, 62, 9), color.ink, 0.12), line(handle, color.ink, 25), line(handle, glaze, 14), shape(body, glaze), patterned(body, { x: 136, y: 186, width: 128, height: 96 }, pattern, accent), shade(body, 30), line(body, color.ink, 6), oval(200, 186, 64, 18, glaze), flat(ellipsePath(200, 188, 52, 11), color.ink, 0.35), gleam("M152 206q2 26 12 42")].join("");
}

function breakfastBowl(glaze: string, accent: string, pattern: Of<"mug">["pattern"]): Svg {
  const body = "M70 176C74 262 124 292 152 296V310H248V296C276 292 326 262 330 176z";
  return [flat(ellipsePath(200, 316, 84, 11), color.ink, 0.12), shape(body, glaze), patterned(body, { x: 66, y: 206, width: 270, height: 70 }, pattern, accent), shade(body, 56), line(body, color.ink, 6), oval(200, 176, 130, 38, glaze), flat(ellipsePath(200, 180, 114, 27), color.ink, 0.14), gleam("M92 208q12 40 42 62")].join("");
}

/** Cups for the way. */
export function drawTravel({ shape: form, paint, accent }: Of<"travel">): Svg {
  if (form === "flask") {
    const body = "M140 158Q140 138 160 132V118H240V132Q260 138 260 158V296Q260 314 242 314H158Q140 314 140 296z";
    return [flat(ellipsePath(200, 318, 82, 11), color.ink, 0.12), shape(body, paint), shade(body, 34), shape(boxPath(156, 74, 88, 48, 10), accent), line("M166 90h66", color.white, 5, 0.5), line("M178 74C178 42 222 42 222 74", color.ink, 16), line("M178 74C178 42 222 42 222 74", accent, 7), threadMark(200, 220, 54, color.white), gleam("M158 168v110", 8, 0.5)].join("");
  }
  const body = "M124 138L144 302Q146 314 160 314H240Q254 314 256 302L276 138z";
  return [flat(ellipsePath(200, 318, 82, 11), color.ink, 0.12), shape(body, paint), within(body, flat(boxPath(110, 214, 180, 48), accent, 1)), shade(body, 40), line(body, color.ink, 6), threadMark(200, 238, 30, accent === color.night ? color.paper : color.terracotta), shape("M112 118Q112 104 126 104H274Q288 104 288 118V140H112z", color.night), shape("M128 104L138 84H262L272 104z", color.night), dot(240, 94, 9, color.steel), gleam("M142 152l10 56", 8, 0.5)].join("");
}

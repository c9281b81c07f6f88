import { color } from "./colors.ts";
import { boxPath, creamHill, dot, ellipsePath, flat, gleam, line, moved, oval, r, scaled, scatter, shade, shape, steam, turned, within, type Svg } from "./parts.ts";
import { patterned, threadMark } from "./patterns.ts";
import type { DrinkTop, Garnish, GlassShape, PictureSubject } from "./picture.ts";

type Of<Kind extends PictureSubject["kind"]> = Extract<PictureSubject, { kind: Kind }>;

const CUPS = { small: { rx: 66, height: 92 }, medium: { rx: 86, height: 118 }, large: { rx: 94, height: 142 }, bowl: { rx: 118, height: 120 } } as const;
const FLOOR = 312;
/** How flat a circle looks from where we stand. */
const TILT = 0.34;

/** A cup on its saucer, seen a little from above so that what is in it shows. */
export function drawCup({ size, glaze, drink, top }: Of<"cup">): Svg {
  const { rx, height } = CUPS[size];
  const [cx, rim] = [size === "bowl" ? 200 : 190, FLOOR - height];
  const plate = size === "bowl" ? 1.16 : 1.5;
  const body = cupBody(cx, rim, rx, height, 0.52);
  const saucer = oval(cx, FLOOR - 2, rx * plate, rx * plate * 0.27, color.white) + oval(cx, FLOOR - 8, rx * 0.9, rx * 0.22, color.paper, 3);
  const handle = size === "bowl" ? "" : cupHandle(cx + rx * 0.86, rim + height * 0.22, height * 0.42, glaze);
  return [
    top === "cream" || size === "bowl" ? "" : steam(cx, rim - rx * TILT - 14),
    saucer,
    handle,
    shape(body, glaze),
    shade(body, rx * 0.5, 0),
    gleam(`M${r(cx - rx * 0.74)} ${r(rim + height * 0.32)}q${r(rx * 0.06)} ${r(height * 0.24)} ${r(rx * 0.22)} ${r(height * 0.38)}`),
    oval(cx, rim, rx, rx * TILT, color.white),
    drinkSurface(cx, rim + rx * 0.045, rx * 0.86, drink, top),
    top === "cream" ? creamHill(cx, rim + 12, rx * 1.45) + scatter(7, cx, rim - rx * 0.3, rx * 0.4, rx * 0.26, (x, y) => dot(x, y, 3.5, color.cocoa)) : "",
  ].join("");
}

function cupBody(cx: number, rim: number, rx: number, height: number, foot: number): string {
  const base = rim + height;
  return `M${r(cx - rx)} ${r(rim)}C${r(cx - rx)} ${r(rim + height * 0.6)} ${r(cx - rx * 0.75)} ${r(base - 6)} ${r(cx - rx * foot)} ${r(base)}Q${r(cx)} ${r(base + 12)} ${r(cx + rx * foot)} ${r(base)}C${r(cx + rx * 0.75)} ${r(base - 6)} ${r(cx + rx)} ${r(rim + height * 0.6)} ${r(cx + rx)} ${r(rim)}z`;
}

function cupHandle(x: number, y: number, size: number, glaze: string): Svg {
  const d = `M${r(x)} ${r(y)}c${r(size * 0.9)} ${r(-size * 0.25)} ${r(size * 1.05)} ${r(size * 1.1)} ${r(-size * 0.22)} ${r(size * 1.12)}`;
  return line(d, color.ink, 24) + line(d, glaze, 13);
}

/** What one sees from above, drawn as a circle and tilted. */
function drinkSurface(cx: number, cy: number, radius: number, drink: string, top: DrinkTop): Svg {
  const d = ellipsePath(0, 0, radius, radius);
  return scaled(cx, cy, 1, TILT, flat(d, drink), within(d, art(top, radius)), line(d, color.ink, 5));
}

function art(top: DrinkTop, radius: number): Svg {
  const s = radius / 80;
  switch (top) {
    case "crema":
      return dot(0, 0, radius, color.crema) + dot(6 * s, 8 * s, radius * 0.72, color.coffee, 0.55) + dot(-14 * s, -10 * s, radius * 0.3, color.crema, 0.9);
    case "plain":
      return line(`M${r(-50 * s)} ${r(-20 * s)}q${r(40 * s)} ${r(-48 * s)} ${r(96 * s)} ${r(-12 * s)}`, color.white, 9, 0.35);
    case "foam":
      return dot(0, 0, radius * 0.8, color.foam) + dot(-18 * s, 12 * s, 7, color.shadow, 0.5) + dot(20 * s, -16 * s, 9, color.shadow, 0.4) + dot(26 * s, 22 * s, 6, color.shadow, 0.5);
    case "cocoa":
      return dot(0, 0, radius * 0.84, color.foam) + scatter(26, 0, 0, radius * 0.56, radius * 0.56, (x, y) => dot(x, y, 5, color.cocoa, 0.85));
    case "heart":
      return flat(`M0 ${r(56 * s)}C${r(-70 * s)} ${r(8 * s)} ${r(-52 * s)} ${r(-56 * s)} 0 ${r(-20 * s)}C${r(52 * s)} ${r(-56 * s)} ${r(70 * s)} ${r(8 * s)} 0 ${r(56 * s)}z`, color.foam);
    case "leaf":
      return [0, 1, 2, 3].map((n) => line(`M${r((-46 + n * 9) * s)} ${r((n * 26 - 46) * s)}q${r((46 - n * 9) * s)} ${r(44 * s)} ${r((92 - n * 18) * s)} 0`, color.foam, 13 * s)).join("") + line(`M0 ${r(-58 * s)}V${r(66 * s)}`, color.foam, 6 * s);
    case "swirl":
      return dot(0, 0, radius * 0.84, color.foam) + line(`M${r(4 * s)} 0c${r(4 * s)} ${r(-16 * s)} ${r(-26 * s)} ${r(-14 * s)} ${r(-24 * s)} ${r(6 * s)}c0 ${r(28 * s)} ${r(48 * s)} ${r(26 * s)} ${r(50 * s)} ${r(-6 * s)}c0 ${r(-44 * s)} ${r(-78 * s)} ${r(-40 * s)} ${r(-78 * s)} ${r(6 * s)}`, color.crema, 9 * s);
    case "cream":
      return "";
  }
}

type GlassForm = { readonly top: number; readonly rim: number; readonly foot: number };
const GLASSES: Readonly<Record<Exclude<GlassShape, "stem">, GlassForm>> = {
  tall: { top: 92, rim: 66, foot: 50 },
  short: { top: 172, rim: 64, foot: 54 },
  tumbler: { top: 136, rim: 74, foot: 62 },
  handle: { top: 138, rim: 66, foot: 56 },
};

/** A glass and what is poured into it, layer on layer. */
export function drawGlass(subject: Of<"glass">): Svg {
  const { shape: form, layers, hasIce, garnish } = subject;
  if (form === "stem") return drawGoblet(subject);
  const { top, rim, foot } = GLASSES[form];
  const cx = form === "handle" ? 188 : 200;
  const side = (y: number): number => foot + ((FLOOR - y) / (FLOOR - top)) * (rim - foot);
  const level = top + (FLOOR - top) * 0.13;
  const outer = `M${cx - rim} ${top}L${cx - foot} ${FLOOR - 8}Q${cx} ${FLOOR + 12} ${cx + foot} ${FLOOR - 8}L${cx + rim} ${top}z`;
  const inner = `M${r(cx - side(level) + 4)} ${r(level)}L${cx - foot + 5} ${FLOOR - 14}Q${cx} ${FLOOR + 2} ${cx + foot - 5} ${FLOOR - 14}L${r(cx + side(level) - 4)} ${r(level)}z`;
  return [
    form === "handle" ? cupHandle(cx + rim * 0.93, top + 48, 62, color.ice) : "",
    layers.some(([, share]) => share === 1) && !hasIce && form === "handle" ? steam(cx, top - 26) : "",
    behindGlass(garnish, cx, top, rim),
    flat(outer, color.ice, 0.75),
    within(inner, ...pour(layers, level, FLOOR, cx)),
    hasIce ? within(inner, iceCubes(cx, level)) : "",
    insideGlass(garnish, cx, level),
    scaled(cx, level, 1, 0.2, dot(0, 0, side(level) - 5, layers.at(-1)?.[0] ?? color.water), dot(0, 0, side(level) - 5, color.white, 0.35)),
    line(outer, color.ink, 6),
    oval(cx, top, rim, rim * 0.2, "none"),
    gleam(`M${r(cx - rim * 0.68)} ${top + 40}L${r(cx - foot * 0.74)} ${FLOOR - 44}`, 8, 0.6),
    overRim(garnish, cx, top, rim),
  ].join("");
}

/** Layers from the bottom up; each boundary is a soft wave. */
function pour(layers: readonly (readonly [string, number])[], level: number, floor: number, cx: number): Svg[] {
  const height = floor - level;
  let y = floor + 10;
  return layers.map(([fill, share], n) => {
    const bottom = y;
    y = (n === 0 ? floor : y) - height * share;
    return flat(`M${cx - 110} ${r(y)}q30 9 60 0t60 0t60 0t60 0V${r(bottom + 6)}H${cx - 110}z`, fill);
  });
}

function iceCubes(cx: number, level: number): Svg {
  const cube = (x: number, y: number, degrees: number): Svg => turned(degrees, x, y, `<path d="${boxPath(x - 21, y - 21, 42, 42, 8)}" fill="${color.ice}" stroke="${color.white}" stroke-width="4" opacity="0.62"/>`);
  return cube(cx - 26, level + 18, -14) + cube(cx + 24, level + 30, 20) + cube(cx - 8, level + 66, 8);
}

function behindGlass(garnish: Garnish, cx: number, top: number, rim: number): Svg {
  if (garnish === "straw") return turned(14, cx + 20, top + 60, shape(boxPath(cx + 14, top - 62, 16, 190, 3), color.terracotta, 5), line(`M${cx + 14} ${top - 30}l16 -10M${cx + 14} ${top - 2}l16 -10`, color.white, 6));
  if (garnish === "rhubarb") return turned(16, cx, top, shape(boxPath(cx + rim * 0.3, top - 64, 22, 180, 5), color.rhubarb, 5));
  return "";
}

function insideGlass(garnish: Garnish, cx: number, level: number): Svg {
  switch (garnish) {
    case "mint":
      return mint(cx - 10, level + 60) + mint(cx + 22, level + 104) + line(`M${cx - 6} ${level + 70}q14 40 4 84`, color.moss, 5);
    case "ginger":
      return dot(cx - 18, level + 92, 22, color.dough, 0.9, 17) + dot(cx + 20, level + 112, 20, color.dough, 0.9, 15) + lemonSlice(cx + 8, level + 48, 24, color.lemon);
    case "flower":
      return flower(cx + 16, level + 84, 13) + flower(cx - 20, level + 116, 10);
    default:
      return "";
  }
}

function overRim(garnish: Garnish, cx: number, top: number, rim: number): Svg {
  switch (garnish) {
    case "lemon":
      return lemonSlice(cx + rim * 0.82, top - 2, 36, color.lemon) + mint(cx - 22, top - 6) + mint(cx + 4, top - 14);
    case "orange":
      return lemonSlice(cx + rim * 0.82, top, 38, color.orange);
    case "mint":
      return mint(cx - 14, top - 4) + mint(cx + 14, top - 12) + mint(cx + 2, top + 4);
    case "cream":
      return creamHill(cx, top + 14, rim * 1.9) + scatter(6, cx, top - 26, 30, 18, (x, y) => dot(x, y, 3.5, color.cocoa));
    case "berry":
      return berry(cx - 14, top - 4) + berry(cx + 18, top - 8) + mint(cx + 44, top - 16);
    case "cinnamon":
      return turned(24, cx + 24, top, shape(boxPath(cx + 14, top - 62, 20, 112, 8), color.bake, 5), line(`M${cx + 24} ${top - 54}v92`, color.ink, 3, 0.5));
    default:
      return "";
  }
}

/** A bowl on a stem. */
function drawGoblet({ layers, garnish }: Of<"glass">): Svg {
  const bowl = "M126 128C126 236 164 250 200 250C236 250 274 236 274 128z";
  const inner = "M133 146C138 232 168 243 200 243C232 243 262 232 267 146z";
  return [
    shape("M192 248h16l3 44q46 4 52 18h-126q6 -14 52 -18z", color.ice),
    flat(bowl, color.ice, 0.75),
    within(inner, ...pour(layers, 146, 246, 200)),
    line(bowl, color.ink, 6),
    oval(200, 128, 74, 15, layers.at(-1)?.[0] ?? color.milk),
    garnish === "cream" ? oval(176, 118, 42, 38, color.foam) + oval(226, 114, 40, 36, color.milk) + line("M150 112q10 -20 30 -20M208 104q8 -14 24 -14", color.white, 6) + turned(30, 250, 76, shape(boxPath(238, 66, 60, 15, 6), color.bake, 5)) : overRim(garnish, 200, 128, 74),
    gleam("M146 158q4 40 22 60", 8, 0.6),
  ].join("");
}

function lemonSlice(cx: number, cy: number, radius: number, peel: string): Svg {
  const rays = Array.from({ length: 6 }, (_, n) => {
    const angle = (n * Math.PI) / 3 + 0.3;
    return line(`M${r(cx)} ${r(cy)}L${r(cx + Math.cos(angle) * radius * 0.68)} ${r(cy + Math.sin(angle) * radius * 0.68)}`, color.white, 4);
  });
  return oval(cx, cy, radius, radius, peel, 5) + dot(cx, cy, radius * 0.8, color.white, 0.75) + dot(cx, cy, radius * 0.7, peel) + rays.join("");
}

const mint = (x: number, y: number): Svg => turned(-28, x, y, shape(`M${x - 24} ${y}q22 -26 48 -2q-22 26 -48 2z`, color.leaf, 4), line(`M${x - 16} ${y}h30`, color.pine, 3));
const berry = (x: number, y: number): Svg => oval(x, y, 17, 16, color.cherry, 5) + gleam(`M${x - 8} ${y - 5}q3 -5 8 -5`, 4);
const flower = (x: number, y: number, size: number): Svg =>
  [0, 72, 144, 216, 288].map((degrees) => turned(degrees, x, y, dot(x, y - size * 0.8, size * 0.62, color.white))).join("") + dot(x, y, size * 0.45, color.mustard);

/** A pot with its cup beside it. */
export function drawTeapot({ glaze, tea, pattern }: Of<"teapot">): Svg {
  const body = "M96 214C96 150 126 126 180 126C234 126 264 150 264 214C264 268 236 300 180 300C124 300 96 268 96 214z";
  const handle = "M104 172C40 156 40 266 112 262";
  return [
    steam(290, 196),
    line(handle, color.ink, 25),
    line(handle, glaze, 14),
    shape("M246 240C292 236 276 158 318 150L332 166C314 184 318 270 250 274z", glaze),
    shape(body, glaze),
    patterned(body, { x: 96, y: 126, width: 170, height: 176 }, pattern, color.white),
    shade(body, 46),
    gleam("M118 196q6 -34 34 -48"),
    shape("M134 132q46 -32 92 0q-46 18 -92 0z", glaze),
    oval(180, 104, 14, 14, glaze),
    moved(286, 262, shape("M-46 0C-46 36 -28 52 0 52C28 52 46 36 46 0z", color.white), oval(0, 0, 46, 14, color.white), dot(0, 1, 37, tea, 1, 10)),
  ].join("");
}

/** A bottle from the fridge. */
export function drawBottle({ drink, label, cap, shape: form }: Of<"bottle">): Svg {
  const outlines = {
    round: "M172 96v38C172 160 138 172 138 212V298Q138 318 158 318H242Q262 318 262 298V212C262 172 228 160 228 134V96z",
    slim: "M176 84v52C176 160 150 170 150 204V300Q150 318 168 318H232Q250 318 250 300V204C250 170 224 160 224 136V84z",
    juice: "M162 112v18C132 138 132 156 132 178V298Q132 318 152 318H248Q268 318 268 298V178C268 156 268 138 238 130V112z",
  } as const;
  const d = outlines[form];
  const levels = { round: 168, slim: 160, juice: 150 } as const;
  const capTop = { round: 78, slim: 62, juice: 84 } as const;
  const capHalf = form === "juice" ? 46 : 32;
  return [
    flat(d, color.ice),
    within(d, flat(boxPath(100, levels[form], 200, 180), drink), dot(178, levels[form] + 26, 5, color.white, 0.6), dot(226, levels[form] + 14, 4, color.white, 0.6)),
    shade(d, 34),
    within(d, flat(boxPath(100, 214, 200, 66), label), line("M100 214h200M100 280h200", color.ink, 4)),
    threadMark(200, 247, 34, label === color.white || label === color.paper ? color.terracotta : color.white),
    line(d, color.ink, 6),
    shape(boxPath(200 - capHalf, capTop[form], capHalf * 2, form === "slim" ? 24 : 28, 6), cap),
    gleam(`M${form === "juice" ? 150 : 160} 212v78`, 7, 0.5),
  ].join("");
}

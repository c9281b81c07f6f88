import { color } from "./colors.ts";
import { boxPath, dot, ellipsePath, flat, gleam, line, oval, r, scatter, shade, shape, turned, within, type Svg } from "./parts.ts";
import type { PictureSubject } from "./picture.ts";

type Of<Kind extends PictureSubject["kind"]> = Extract<PictureSubject, { kind: Kind }>;

/** A wavy strip, as salad, ham or cheese look out of a sandwich: `depth` is how far it hangs down. */
function frill(x: number, y: number, width: number, depth: number, fill: string): Svg {
  const waves = Math.round(width / 44);
  const step = width / waves;
  return shape(`M${x} ${y}h${width}v${r(depth * 0.4)}${`a${r(step / 2)} ${r(depth * 0.6)} 0 0 1 ${r(-step)} 0`.repeat(waves)}z`, fill, 5);
}

/** Filled along its whole length. */
export function drawBaguette({ bread, fillings }: Of<"baguette">): Svg {
  const lower = "M52 226H348Q352 276 304 280H98Q48 276 52 226z";
  const upper = "M50 206C44 160 92 138 148 134H262C316 138 358 162 350 206z";
  return turned(-13, 200, 210,
    flat(ellipsePath(200, 294, 140, 12), color.ink, 0.12),
    shape(lower, bread), shade(lower, 10, 20),
    ...fillings.toReversed().map((fill, n) => frill(58 + n * 5, 200, 284 - n * 10, 46 - n * 14, fill)),
    shape(upper, bread), shade(upper, 14, 16),
    ...[104, 166, 228, 290].map((x) => shape(`M${x - 26} 186q22 -34 46 -40q-4 26 -46 40z`, color.dough, 4)),
    gleam("M84 176q20 -22 56 -26", 7, 0.5));
}

/** A slice of bread on a board, seen from above. */
export function drawToast({ bread, spread, topping }: Of<"toast">): Svg {
  const slice = "M92 158C76 112 116 88 150 102C176 86 226 86 250 102C286 88 326 112 308 158C300 176 304 196 306 220L312 276Q312 304 284 304H116Q88 304 88 276L94 220C96 196 100 176 92 158z";
  const inner = "M112 160C104 130 128 114 154 122C180 108 222 108 246 122C274 114 296 132 288 160C280 180 284 200 286 222L290 268Q290 284 274 284H126Q110 284 110 268L114 222C116 200 120 182 112 160z";
  return [
    turned(-8, 200, 210, shape(boxPath(48, 86, 304, 236, 22), color.kraft), line("M66 140h60M70 270h90M280 116h54", color.bake, 4, 0.5)),
    shape(slice, bread),
    flat(inner, color.dough),
    shape(inner, spread, 4),
    within(inner, onToast(topping, spread)),
    topping === "goat" || topping === "egg" ? overToast(topping) : "",
  ].join("");
}

function onToast(topping: Of<"toast">["topping"], spread: string): Svg {
  switch (topping) {
    case "tomato":
      return scatter(20, 200, 200, 84, 84, (x, y) => dot(x, y, 7, color.cherry, 0.55)) + scatter(18, 204, 206, 80, 80, (x, y, n) => turned(n * 40, x, y, dot(x, y, 6, color.lemon, 0.9, 3))) + line("M128 150q60 30 140 10", color.white, 6, 0.35);
    case "avocado":
      return [0, 1, 2, 3, 4].map((n) => turned(-30, 200, 200, shape(`M${118 + n * 34} 132q34 66 0 136q-30 -66 0 -136z`, n % 2 ? color.salad : color.avocado, 4))).join("") + [[150, 148], [244, 236], [168, 256]].map(([x = 0, y = 0]) => oval(x, y, 20, 20, color.white, 4) + `<circle cx="${x}" cy="${y}" r="17" fill="none" stroke="${color.praline}" stroke-width="6"/>`).join("") + scatter(22, 200, 200, 86, 86, (x, y) => dot(x, y, 3, color.sugar));
    case "fig":
      return scatter(5, 200, 200, 60, 60, (x, y) => oval(x, y, 26, 26, color.plum, 4));
    case "melted":
      return dot(160, 160, 50, color.crust, 0.75, 34) + dot(246, 220, 54, color.crust, 0.7, 38) + dot(168, 256, 40, color.bake, 0.35, 22) + line("M116 190L286 130M116 240L290 178M130 284L290 226", color.bake, 8, 0.6);
    case "egg":
    case "goat":
      return scatter(26, 200, 200, 86, 86, (x, y) => dot(x, y, 3.5, color.leaf));
    case "none":
      return line("M134 160q30 20 60 0t60 0", spread, 8);
  }
}

function overToast(topping: "egg" | "goat"): Svg {
  if (topping === "egg") {
    const half = (x: number, y: number, degrees: number): Svg => turned(degrees, x, y, oval(x, y, 44, 54, color.white), oval(x, y + 8, 25, 27, color.egg, 4), gleam(`M${x - 12} ${y}q3 -9 11 -9`, 5, 0.8));
    return half(154, 178, -18) + half(246, 222, 16) + line("M140 262l24 -10M262 148l18 -16M190 270l10 -22", color.leaf, 6);
  }
  const round = (x: number, y: number): Svg => oval(x, y, 42, 38, color.white) + line(`M${x - 24} ${y - 8}q22 -18 48 0M${x - 14} ${y + 16}q14 -10 30 0`, color.crust, 5, 0.8);
  return round(156, 164) + round(244, 166) + round(200, 238) + line("M116 210q40 -40 70 4t100 -10", color.golden, 9) + [[126, 250], [276, 236], [200, 128]].map(([x = 0, y = 0]) => oval(x, y, 14, 10, color.crust, 4)).join("");
}

/** A bun cut through the middle. */
export function drawBun({ shape: form, bread, fillings }: Of<"bun">): Svg {
  const flatTop = form === "focaccia";
  const lower = flatTop ? boxPath(70, 246, 260, 54, 16) : "M66 250H334Q340 300 290 304H110Q60 300 66 250z";
  const upper = flatTop ? boxPath(66, 142, 268, 74, 26) : "M62 216C56 140 122 104 200 104C278 104 344 140 338 216z";
  return [
    flat(ellipsePath(200, 312, 138, 13), color.ink, 0.12),
    shape(lower, bread),
    shade(lower, 14, 18),
    ...fillings.toReversed().map((fill, n) => frill(70 + n * 6, 212, 260 - n * 12, 62 - n * 18, fill)),
    shape(upper, bread),
    shade(upper, 18, 16),
    onBun(form),
    gleam(flatTop ? "M92 162h70" : "M94 178q18 -44 64 -54"),
  ].join("");
}

function onBun(form: Of<"bun">["shape"]): Svg {
  switch (form) {
    case "bagel":
      return oval(200, 140, 44, 15, color.bake) + scatter(30, 200, 164, 116, 40, (x, y, n) => (Math.abs(x - 200) < 56 && y < 166 ? "" : turned(n * 50, x, y, dot(x, y, 6, n % 2 ? color.sugar : color.ink, 0.9, 3.4))));
    case "focaccia":
      return [[110, 172], [164, 182], [218, 170], [278, 180]].map(([x = 0, y = 0]) => dot(x, y, 16, color.crust, 0.9, 10)).join("") + line("M128 160l30 8M236 190l28 -14M186 160l20 6", color.moss, 6) + scatter(14, 200, 176, 118, 24, (x, y) => dot(x, y, 3, color.white));
    case "roll":
      return line("M146 140L252 196M254 140L148 196", color.dough, 17) + line("M146 140L252 196M254 140L148 196", color.ink, 3, 0.5) + scatter(12, 200, 160, 106, 40, (x, y, n) => turned(n * 30, x, y, flat(boxPath(x - 4, y - 4, 8, 8, 2), color.white)));
  }
}

/** Two halves leaning on each other, cut face up. */
export function drawWrap({ bread, fillings }: Of<"wrap">): Svg {
  const half = (x: number, degrees: number): Svg => {
    const body = `M${x - 56} 128L${x - 48} 300Q${x} 316 ${x + 48} 300L${x + 56} 128z`;
    const face = ellipsePath(x, 126, 57, 38);
    return turned(degrees, x, 300, shape(body, bread), shade(body, 34), scatter(9, x, 190, 40, 50, (px, py) => dot(px, py, 6, color.crust, 0.5, 4)),
      shape(`M${x - 53} 214L${x - 48} 302Q${x} 318 ${x + 48} 302L${x + 53} 214Q${x} 236 ${x - 53} 214z`, color.white), shade(`M${x - 53} 214L${x - 48} 302Q${x} 318 ${x + 48} 302L${x + 53} 214Q${x} 236 ${x - 53} 214z`, 30),
      oval(x, 126, 57, 38, bread), within(face, oval(x, 126, 44, 28, fillings[0] ?? color.hummus, 4), ...fillings.slice(1).map((fill, n) => line(`M${x - 34 + n * 8} ${118 + n * 18}q18 -16 34 0t32 -4`, fill, 12))), line(face, color.ink, 5));
  };
  return flat(ellipsePath(200, 314, 116, 13), color.ink, 0.12) + half(256, 9) + half(142, -9);
}

/** A bowl filled to the brim. */
export function drawBowl({ glaze, content, bits }: Of<"bowl">): Svg {
  const body = "M62 190C62 268 126 308 200 308C274 308 338 268 338 190z";
  const surface = ellipsePath(200, 186, 126, 40);
  return [
    flat(ellipsePath(200, 314, 96, 12), color.ink, 0.12),
    shape(body, glaze),
    shade(body, 56),
    line("M74 236q126 60 252 0", color.white, 6, 0.35),
    gleam("M84 220q12 36 40 58"),
    oval(200, 188, 138, 48, color.white),
    shape(surface, content, 5),
    within(surface, scatter(19, 200, 184, 112, 30, (x, y, n) => oval(x, y, n % 3 ? 13 : 16, n % 3 ? 10 : 12, bits[n % bits.length] ?? color.crust, 4))),
    shape("M196 150q-8 -30 18 -40q14 26 -6 42z", color.leaf, 4),
  ].join("");
}

import { color } from "./colors.ts";
import { boxPath, dot, ellipsePath, flat, gleam, line, moved, oval, polygon, r, scatter, shade, shape, turned, within, type Svg } from "./parts.ts";
import type { PictureSubject } from "./picture.ts";

type Of<Kind extends PictureSubject["kind"]> = Extract<PictureSubject, { kind: Kind }>;

const plate = (y = 304, rx = 148): Svg => oval(200, y, rx, 24, color.white) + line(ellipsePath(200, y - 4, rx - 28, 14), color.shadow, 3);
const crumbs = (points: readonly (readonly [number, number])[], fill: string): Svg => points.map(([x, y]) => dot(x, y, 5, fill) + dot(x + 11, y + 4, 3, fill)).join("");

/** Where the segments of a croissant meet: degrees from the top, distance of the outer and of the inner edge from the middle of the bow. */
const SEAMS = [[-94, 146, 128], [-68, 154, 92], [-42, 164, 72], [-15, 170, 62], [15, 170, 62], [42, 164, 72], [68, 154, 92], [94, 146, 128]] as const;
const BOW = { x: 200, y: 276 };

/** A point of the bow. */
function onBow(degrees: number, reach: number): string {
  const angle = (degrees * Math.PI) / 180;
  return `${r(BOW.x + Math.sin(angle) * reach)} ${r(BOW.y - Math.cos(angle) * reach)}`;
}

/** Segments that bulge between their seams, from tip to tip and back. */
export function drawCroissant({ dough, topping, filling }: Of<"croissant">): Svg {
  const pairs = SEAMS.slice(1).map((seam, n) => [SEAMS[n] ?? seam, seam] as const);
  const out = pairs.map(([[a, ra], [b, rb]]) => `Q${onBow((a + b) / 2, (ra + rb) / 2 + 30)} ${onBow(b, rb)}`).join("");
  const back = pairs.toReversed().map(([[a, , ra], [b, , rb]]) => `Q${onBow((a + b) / 2, (ra + rb) / 2 - 10)} ${onBow(a, ra)}`).join("");
  const body = `M${onBow(-94, 146)}${out}Q${onBow(106, 140)} ${onBow(94, 128)}${back}Q${onBow(-106, 140)} ${onBow(-94, 146)}z`;
  const seams = SEAMS.slice(1, -1).map(([degrees, outer, inner]) => line(`M${onBow(degrees, outer)}Q${onBow(degrees * 0.72, (outer + inner) / 2)} ${onBow(degrees, inner)}`, color.ink, 5)).join("");
  const light = pairs.slice(1, -1).map(([[a, ra], [b]]) => line(`M${onBow(a + 7, ra - 10)}Q${onBow((a + b) / 2, ra + 2)} ${onBow(b - 8, ra - 8)}`, color.white, 6, 0.5)).join("");
  return [
    plate(300, 158),
    topping === "filled" || topping === "pistachio" ? stuffing(filling, topping === "filled") : "",
    shape(body, dough),
    shade(body, 0, 18, 0.16),
    seams,
    light,
    topping === "almond" ? scatter(15, 200, 172, 104, 42, (x, y, n) => turned(n * 47, x, y, `<path d="${ellipsePath(x, y, 14, 8)}" fill="${color.almond}" stroke="${color.ink}" stroke-width="3"/>`)) + scatter(20, 200, 176, 118, 52, (x, y) => dot(x, y, 3.4, color.white)) : "",
    topping === "pistachio" ? line("M112 196q16 -40 32 -12t32 -26t32 6t30 -2t36 30", color.pistachio, 14) + scatter(14, 200, 164, 84, 24, (x, y, n) => dot(x, y, n % 2 ? 6 : 4, n % 2 ? color.leaf : color.moss)) : "",
  ].join("");
}

/** What looks out below a croissant that was cut open. */
function stuffing(filling: string, withCheese: boolean): Svg {
  const arc = (drop: number): string => `M110 ${276 + drop}Q132 ${222 + drop} 200 ${218 + drop}Q268 ${222 + drop} 290 ${276 + drop}`;
  const cheese = line(arc(16), color.ink, 34) + line(arc(16), color.cheese, 23);
  return (withCheese ? cheese : "") + line(arc(0), color.ink, 38) + line(arc(0), filling, 27);
}

/** A snail of dough. */
export function drawSpiral({ dough, filling, topping }: Of<"spiral">): Svg {
  const outline = "M200 98C272 96 314 148 310 208C306 270 258 308 198 306C134 304 88 262 90 202C92 144 136 100 200 98z";
  const coil = "M300 232C284 290 214 304 164 280C112 254 104 186 142 148C180 112 244 122 266 162C286 200 264 246 222 252C182 256 154 228 164 196C172 170 206 162 224 182C238 198 228 218 210 218";
  return [
    plate(308, 140),
    shape(outline, dough),
    shade(outline, 18, 18),
    line(coil, color.ink, 17, 0.9),
    line(coil, filling, 10),
    gleam("M120 168q18 -40 58 -50", 8, 0.5),
    topping === "raisins" ? ([[150, 172], [188, 138], [250, 156], [276, 206], [240, 266], [176, 268], [132, 226], [200, 196]] as const).map(([x, y]) => oval(x, y, 11, 9, color.plum, 4)).join("") : "",
    topping === "icing" ? line("M122 176q26 -50 62 -46q-44 58 -36 90q24 -70 84 -96q-38 72 -44 124q40 -70 80 -78q-22 38 -26 74", color.ink, 20) + line("M122 176q26 -50 62 -46q-44 58 -36 90q24 -70 84 -96q-38 72 -44 124q40 -70 80 -78q-22 38 -26 74", color.sugar, 12) : "",
    topping === "sugar" ? within(outline, flat("M90 98h220v120q-50 40 -110 10t-110 -10z", color.sugar, 0.55)) + scatter(40, 200, 190, 96, 84, (x, y) => dot(x, y, 3.2, color.white)) : "",
  ].join("");
}

/** Two sticks of chocolate in a flat roll. */
export function drawPain({ dough, filling }: Of<"pain">): Svg {
  const body = "M96 176Q100 142 140 140H262Q308 142 308 206Q308 268 262 270H138Q98 268 94 234z";
  return turned(-10, 200, 210, flat(ellipsePath(204, 282, 118, 14), color.ink, 0.12), shape(body, dough), shade(body, 8, 26),
    ...[128, 162, 196, 230].map((x) => line(`M${x} 144q26 60 0 124`, color.bake, 5, 0.75)),
    gleam("M134 162h96", 8, 0.55),
    shape("M262 140Q308 142 308 206Q308 268 262 270Q284 252 284 206Q284 158 262 140z", color.dough),
    oval(289, 184, 11, 16, filling, 4), oval(289, 230, 11, 16, filling, 4));
}

/** A half moon with a pressed edge. */
export function drawTurnover({ dough }: Of<"turnover">): Svg {
  const moon = "M74 262C78 168 138 124 204 124C272 124 326 170 328 262Q326 282 300 282H102Q76 282 74 262z";
  const teeth = Array.from({ length: 11 }, (_, n) => line(`M${98 + n * 20.4} 262v18`, color.ink, 4, 0.7)).join("");
  const cuts = [-2, -1, 0, 1, 2].map((n) => line(`M${200 + n * 34} ${154 + Math.abs(n) * 14}q${n * 8} 34 ${n * 10} 70`, color.bake, 6, 0.85)).join("");
  return plate(302, 150) + shape(moon, dough) + shade(moon, 16, 20) + cuts + teeth + gleam("M104 222q16 -56 66 -76", 8, 0.5);
}

/** A fluted foot and a round head. */
export function drawBrioche({ dough, topping }: Of<"brioche">): Svg {
  const foot = "M100 204L124 296Q200 320 276 296L300 204z";
  const crown = "M92 210C80 168 128 148 200 148C272 148 320 168 308 210Q290 232 270 214Q250 236 228 216Q200 238 172 216Q150 236 130 214Q110 232 92 210z";
  const head = ellipsePath(200, 134, 58, 50);
  const rosy = topping === "praline";
  return [
    flat(ellipsePath(200, 308, 100, 14), color.ink, 0.12),
    shape(foot, color.crust),
    ...[-2, -1, 0, 1, 2].map((n) => line(`M${200 + n * 38} 226L${200 + n * 29} ${304 - Math.abs(n) * 3}`, color.ink, 4, 0.6)),
    shape(crown, dough),
    shade(crown, 16, 12),
    shape(head, dough),
    shade(head, 14, 14),
    gleam("M166 126q6 -24 32 -28"),
    rosy ? scatter(17, 200, 150, 88, 52, (x, y, n) => turned(n * 40, x, y, shape(boxPath(x - 9, y - 8, 18, 16, 6), n % 3 ? color.praline : color.rose, 4))) : "",
    topping === "sugar" ? scatter(22, 200, 140, 70, 44, (x, y) => dot(x, y, 4, color.white)) : "",
  ].join("");
}

/** Lye pretzel, with its line of butter where it is cut. */
export function drawPretzel({ dough, filling }: Of<"pretzel">): Svg {
  const knot = "M128 284C60 232 66 124 134 124C182 124 196 168 200 196C204 168 218 124 266 124C334 124 340 232 272 284";
  const arms = "M258 262C236 232 168 222 148 152M142 262C164 232 232 222 252 152";
  const belly = "M128 284C150 308 250 308 272 284";
  const salt = ([[112, 158], [92, 206], [104, 248], [290, 158], [308, 206], [296, 248], [172, 150], [232, 150]] as const).map(([x, y], n) => turned(n * 33, x, y, flat(boxPath(x - 5, y - 5, 10, 10, 2), color.white))).join("");
  const strand = (d: string, pen: number): Svg => line(d, color.ink, pen + 12) + line(d, dough, pen);
  return [
    flat(ellipsePath(200, 316, 110, 12), color.ink, 0.12),
    strand(arms, 28),
    strand(knot, 34),
    line(belly, color.ink, 60),
    line(belly, dough, 48),
    filling === "none" ? "" : line("M136 290C156 306 244 306 264 290", color.ink, 22) + line("M136 290C156 306 244 306 264 290", filling, 13),
    line("M96 216C86 164 104 140 134 138", color.white, 7, 0.4),
    line("M266 138C296 140 310 162 306 196", color.white, 7, 0.25),
    salt,
  ].join("");
}

/** Fried dough: a ball with a pale belt, or a roll in sugar. */
export function drawFried({ shape: form, topping, filling }: Of<"fried">): Svg {
  if (form === "ball") {
    const ball = ellipsePath(200, 214, 112, 88);
    return plate(302, 146) + shape(ball, color.crust) + within(ball, flat("M80 208q120 34 240 0v26q-120 34 -240 0z", color.dough), flat("M80 110h240v62q-30 26 -60 8t-60 10t-60 -4t-60 -12z", color.sugar)) + shade(ball, 20, 16) + line(ball, color.ink, 6) + oval(256, 214, 22, 17, filling) + line("M262 230q6 14 -2 26", filling, 11) + scatter(12, 200, 180, 90, 30, (x, y) => dot(x, y, 3, color.white));
  }
  const roll = boxPath(92, 152, 216, 112, 54);
  return turned(-14, 200, 210, flat(ellipsePath(204, 286, 110, 13), color.ink, 0.12), shape(roll, color.crust), shade(roll, 8, 26),
    ...[132, 172, 212].map((x) => line(`M${x} 154q34 54 -6 108`, color.bake, 6, 0.8)),
    oval(276, 208, 30, 50, color.dough), oval(276, 208, 17, 32, filling, 4),
    scatter(topping === "sugar" ? 44 : 10, 186, 206, 84, 48, (x, y) => dot(x, y, 3.4, color.white, 0.95)),
    gleam("M124 176q30 -14 70 -10", 8, 0.45));
}

/** A dome over a paper cup. */
export function drawMuffin({ dough, bits, paper }: Of<"muffin">): Svg {
  const cup = "M116 208L140 308Q200 322 260 308L284 208z";
  const dome = "M98 208C84 172 118 152 126 142C134 108 172 96 202 98C240 96 270 112 276 144C290 152 314 174 302 208C282 228 254 222 240 216C222 230 184 230 166 216C144 226 114 226 98 208z";
  return [
    flat(ellipsePath(200, 316, 88, 12), color.ink, 0.12),
    shape(cup, paper),
    shade(cup, 36),
    ...[-3, -2, -1, 0, 1, 2, 3].map((n) => line(`M${200 + n * 25} 224L${200 + n * 18.5} ${312 - Math.abs(n) * 1.5}`, color.white, 4, 0.5)),
    shape(dome, dough),
    shade(dome, 18, 18),
    gleam("M134 168q8 -42 46 -50"),
    scatter(11, 204, 164, 80, 42, (x, y, n) => oval(x, y, n % 2 ? 12 : 10, n % 2 ? 11 : 9, bits, 4)),
  ].join("");
}

/** One cookie before another. */
export function drawCookie({ dough, bits }: Of<"cookie">): Svg {
  const round = (cx: number, cy: number, size: number): string => `M${cx - size} ${cy}c-4 ${r(-size * 0.62)} ${r(size * 0.46)} ${r(-size * 1.02)} ${r(size * 1.02)} ${r(-size * 0.98)}c${r(size * 0.6)} ${r(-size * 0.02)} ${r(size * 1.02)} ${r(size * 0.42)} ${r(size * 0.98)} ${r(size * 1.02)}c0 ${r(size * 0.58)} ${r(-size * 0.46)} ${r(size * 0.98)} ${r(-size * 1.04)} ${r(size * 0.94)}c${r(-size * 0.56)} 0 ${r(-size * 0.94)} ${r(-size * 0.42)} ${r(-size * 0.96)} ${r(-size * 0.98)}z`;
  const chips = (cx: number, cy: number, size: number, count: number): Svg => scatter(count, cx, cy, size * 0.72, size * 0.72, (x, y, n) => turned(n * 51, x, y, shape(boxPath(x - 11, y - 10, 22, 20, 7), bits, 4)));
  const behind = round(248, 168, 84);
  const front = round(176, 218, 104);
  return flat(ellipsePath(190, 318, 120, 12), color.ink, 0.12) + shape(behind, dough) + shade(behind, 14, 14) + chips(258, 150, 78, 6) + shape(front, dough) + shade(front, 18, 18) + line("M108 188q10 -36 42 -52", color.white, 8, 0.5) + chips(176, 220, 104, 11) + crumbs([[302, 284], [324, 262]], dough);
}

/** A wedge of layer cake, tip to the left. */
export function drawSlice({ layers, icing, decoration }: Of<"slice">): Svg {
  const face = polygon([72, 196], [316, 184], [316, 288], [72, 296]);
  const top = "M72 196L268 128Q306 138 316 184z";
  const step = 100 / layers.length;
  const bands = layers.map((fill, n) => flat(polygon([60, 200 + n * step], [330, 188 + n * step], [330, 200 + (n + 1) * step], [60, 206 + (n + 1) * step]), fill));
  const creams = layers.slice(1).map((_, n) => line(`M60 ${200 + (n + 1) * step}L330 ${188 + (n + 1) * step}`, color.sugar, 7));
  const drips = "M72 196L316 184V192q-10 17 -22 2q-12 -5 -24 2q-10 20 -24 2q-14 -6 -28 2q-10 12 -24 1q-14 -5 -28 2q-12 16 -26 1q-14 -5 -28 1q-12 9 -40 0z";
  return [
    plate(304, 156),
    within(face, ...bands, ...creams, scatter(20, 196, 246, 116, 44, (x, y) => dot(x, y, 2.5, color.ink, 0.25))),
    shape(top, icing),
    flat(drips, icing),
    line("M72 196L316 184", color.white, 4, 0.35),
    line(face, color.ink, 6),
    gleam("M150 176l84 -28", 6, 0.5),
    decorate(decoration),
  ].join("");
}

function decorate(decoration: Of<"slice">["decoration"]): Svg {
  const at = (x: number, y: number, ...inner: Svg[]): Svg => moved(x, y, ...inner);
  if (decoration === "carrot") return at(246, 142, shape("M-26 14L18 -12Q30 -4 24 10Q6 20 -26 14z", color.carrot, 5), shape("M18 -12q2 -22 18 -24q0 10 -6 16q14 -4 22 4q-14 12 -28 14z", color.leaf, 5));
  if (decoration === "berry") return at(248, 138, oval(-16, 4, 17, 16, color.cherry, 5), oval(16, 2, 17, 16, color.berry, 5), shape("M-2 -12q14 -18 30 -10q-10 16 -30 10z", color.leaf, 4));
  if (decoration === "nut") return at(246, 140, oval(-14, 2, 17, 12, color.crust, 5), oval(16, 0, 17, 12, color.crust, 5), line("M-26 2h22M4 0h22", color.ink, 3));
  return "";
}

/** A round tart with a fluted rim, sweet or salt. */
export function drawTart({ filling, topping }: Of<"tart">): Svg {
  const wall = "M62 216L86 292Q200 330 314 292L338 216z";
  const surface = ellipsePath(200, 212, 116, 52);
  const flutes = Array.from({ length: 13 }, (_, n) => line(`M${r(80 + n * 20)} ${r(236 + Math.sin((n / 12) * Math.PI) * 26)}l${r((6 - n) * -1.6)} 50`, color.ink, 4, 0.55)).join("");
  const scallops = Array.from({ length: 26 }, (_, n) => {
    const angle = (n / 26) * Math.PI * 2;
    return [200 + Math.cos(angle) * 132, 212 + Math.sin(angle) * 62, angle] as const;
  });
  return [
    flat(ellipsePath(200, 312, 128, 14), color.ink, 0.12),
    shape(wall, color.crust),
    shade(wall, 50),
    within(wall, flutes),
    ...scallops.map(([x, y]) => oval(x, y, 17, 14, color.golden2, 5)),
    oval(200, 212, 126, 57, color.golden2),
    shape(surface, filling, 5),
    within(surface, onTart(topping)),
    topping === "meringue" ? meringue() : "",
  ].join("");
}

function onTart(topping: Of<"tart">["topping"]): Svg {
  switch (topping) {
    case "apple":
      return Array.from({ length: 12 }, (_, n) => {
        const angle = n * 30;
        return `<g transform="translate(200 212) scale(1 0.45) rotate(${angle})"><path d="M30 0q42 -46 84 0q-42 26 -84 0z" fill="${n % 2 ? color.dough : color.brie}" stroke="${color.bake}" stroke-width="5"/></g>`;
      }).join("") + dot(200, 212, 24, color.bake, 1, 11);
    case "berry":
      return scatter(24, 200, 208, 102, 40, (x, y, n) => oval(x, y, 16, 14, [color.cherry, color.berry, color.blueberry][n % 3] ?? color.cherry, 4) + gleam(`M${x - 7} ${y - 4}q2 -5 7 -5`, 3, 0.7));
    case "leek":
      return scatter(15, 200, 212, 96, 40, (x, y, n) => `<path d="${ellipsePath(x, y, 16, 9)}" fill="none" stroke="${n % 2 ? color.leaf : color.salad}" stroke-width="6"/>`) + scatter(12, 200, 214, 90, 36, (x, y) => dot(x, y, 4, color.bake, 0.7));
    case "meringue":
      return "";
    case "none":
      return dot(170, 200, 40, color.crust, 0.55, 15) + dot(236, 226, 44, color.crust, 0.5, 15) + scatter(12, 200, 212, 94, 38, (x, y, n) => turned(n * 31, x, y, flat(boxPath(x - 10, y - 5, 20, 10, 4), n % 2 ? color.ham : color.rose)));
  }
}

function meringue(): Svg {
  const peaks = [[124, 206], [276, 206], [162, 190], [238, 190], [146, 228], [254, 228], [200, 182], [200, 214], [200, 238]] as const;
  return peaks.map(([x, y]) => shape(`M${x - 32} ${y + 8}q2 -26 22 -30q4 -18 14 -22q2 14 8 20q20 6 22 32q-33 16 -66 0z`, color.sugar, 5) + dot(x + 3, y - 30, 6, color.crust, 0.9, 9) + line(`M${x - 16} ${y - 2}q14 8 30 0`, color.crust, 4, 0.7)).join("");
}

/** A whole loaf, or the slice of a cake baked in a tin. */
export function drawLoaf({ dough, bits, isWhole }: Of<"loaf">): Svg {
  if (isWhole) {
    const loaf = "M64 236C58 166 122 120 200 120C278 120 342 166 336 236C334 280 286 296 200 296C114 296 66 280 64 236z";
    return [flat(ellipsePath(200, 304, 136, 14), color.ink, 0.12), shape(loaf, dough), shade(loaf, 18, 26), ...[128, 176, 224].map((x) => shape(`M${x} 168q34 26 40 76q-40 -26 -40 -76z`, color.dough, 5)), within(loaf, scatter(36, 200, 190, 120, 60, (x, y) => dot(x, y, 3, bits, 0.8))), gleam("M92 206q14 -44 58 -60")].join("");
  }
  const slice = "M92 176C84 130 130 112 192 112C254 112 300 130 292 176Q286 186 286 196V284Q286 300 270 300H114Q98 300 98 284V196Q98 186 92 176z";
  const behind = "M150 150C150 108 190 96 240 96C302 96 336 116 328 160Q322 170 322 180V264Q322 280 306 280H180z";
  return [plate(304, 150), shape(behind, color.bake), shape(slice, color.bake), within(slice, flat("M106 182C100 142 136 128 192 128C248 128 284 142 278 182V290H106z", dough), marbling(bits)), line(slice, color.ink, 6), gleam("M120 240q-4 -40 0 -60", 7, 0.4)].join("");
}

const marbling = (fill: string): Svg => line("M120 270c30 -30 10 -70 46 -74s26 44 58 34s4 -58 46 -56", fill, 20, 0.85) + scatter(14, 192, 214, 76, 72, (x, y) => dot(x, y, 5, fill, 0.8));

/** What is sold by two, three or six. */
export function drawSmallCakes({ shape: form, colors }: Of<"small-cakes">): Svg {
  const first = colors[0] ?? color.golden2;
  const second = colors[1] ?? color.crust;
  switch (form) {
    case "madeleine":
      return plate(306, 154) + [[126, 232, -24], [274, 232, 24], [200, 210, 0]].map(([x = 0, y = 0, degrees = 0]) => turned(degrees, x, y, madeleine(x, y, first, second))).join("");
    case "financier":
      return plate(306, 154) + financier(84, 222, first, second) + financier(134, 144, first, second);
    case "canele":
      return plate(308, 150) + canele(136, 0.86, first, second) + canele(238, 1.05, first, second);
    case "macaron":
      return macarons(colors);
    case "cube":
      return plate(306, 150) + cube(96, 196, first, second) + cube(150, 112, first, second);
  }
}

function madeleine(x: number, y: number, dough: string, edge: string): Svg {
  const shell = `M${x} ${y - 82}C${x + 46} ${y - 80} ${x + 62} ${y - 8} ${x + 46} ${y + 44}Q${x} ${y + 84} ${x - 46} ${y + 44}C${x - 62} ${y - 8} ${x - 46} ${y - 80} ${x} ${y - 82}z`;
  return shape(shell, dough) + shade(shell, 14, 8) + [-26, 0, 26].map((dx) => line(`M${x + dx * 0.4} ${y - 56}Q${x + dx * 1.2} ${y} ${x + dx} ${y + 50}`, edge, 6)).join("") + gleam(`M${x - 30} ${y - 20}q2 -28 14 -40`, 6);
}

function financier(x: number, y: number, dough: string, edge: string): Svg {
  const front = polygon([x, y + 76], [x + 166, y + 76], [x + 150, y + 28], [x + 16, y + 28]);
  const side = polygon([x + 150, y + 28], [x + 172, y], [x + 190, y + 46], [x + 166, y + 76]);
  return shape(front, edge) + shape(polygon([x + 16, y + 28], [x + 42, y], [x + 172, y], [x + 150, y + 28]), dough) + shape(side, edge) + shade(side, 60, 0, 0.2) + line(`M${x + 52} ${y + 14}h90`, color.white, 5, 0.5);
}

function canele(x: number, size: number, dough: string, dark: string): Svg {
  const h = 150 * size;
  const w = 54 * size;
  const base = 306;
  const body = `M${r(x - w * 0.72)} ${r(base - h)}Q${r(x)} ${r(base - h - 16)} ${r(x + w * 0.72)} ${r(base - h)}L${r(x + w)} ${r(base - 10)}Q${r(x)} ${r(base + 12)} ${r(x - w)} ${r(base - 10)}z`;
  return shape(body, dough) + shade(body, w * 0.7) + [-0.6, -0.2, 0.2, 0.6].map((k) => line(`M${r(x + k * w * 0.8)} ${r(base - h + 8)}L${r(x + k * w * 1.15)} ${r(base - 4)}`, dark, 7)).join("") + oval(x, base - h, w * 0.66, w * 0.24, dark, 5) + dot(x, base - h + 2, w * 0.34, color.ink, 0.5, w * 0.1) + gleam(`M${r(x - w * 0.66)} ${r(base - h * 0.7)}l${r(-w * 0.1)} ${r(h * 0.34)}`, 6);
}

function macarons(colors: readonly string[]): Svg {
  const one = (x: number, y: number, fill: string): Svg => shape(`M${x - 52} ${y + 12}Q${x - 52} ${y + 34} ${x} ${y + 34}Q${x + 52} ${y + 34} ${x + 52} ${y + 12}z`, fill) + shape(boxPath(x - 48, y, 96, 16, 8), color.sugar, 5) + shape(`M${x - 54} ${y + 2}C${x - 54} ${y - 40} ${x + 54} ${y - 40} ${x + 54} ${y + 2}Q${x} ${y + 12} ${x - 54} ${y + 2}z`, fill) + gleam(`M${x - 34} ${y - 12}q10 -14 30 -16`, 6);
  const at = [[88, 268], [200, 268], [312, 268], [144, 200], [256, 200], [200, 132]] as const;
  return flat(ellipsePath(200, 304, 156, 14), color.ink, 0.12) + at.map(([x, y], n) => one(x, y, colors[n % colors.length] ?? color.rose)).join("");
}

function cube(x: number, y: number, side: string, top: string): Svg {
  const front = polygon([x, y + 26], [x + 130, y + 26], [x + 130, y + 102], [x, y + 102]);
  const right = polygon([x + 130, y + 26], [x + 160, y], [x + 160, y + 76], [x + 130, y + 102]);
  const crust = polygon([x, y + 26], [x + 30, y], [x + 160, y], [x + 130, y + 26]);
  return shape(front, side) + shape(right, side) + shade(right, 40, 0, 0.25) + shape(crust, top) + line(`M${x + 40} ${y + 14}l24 -6l18 10l30 -10M${x + 70} ${y + 22}l-8 -12`, color.clay, 4) + scatter(9, x + 62, y + 66, 50, 26, (px, py, n) => dot(px, py, n % 2 ? 5 : 3.5, n % 2 ? color.almond : color.espresso)) + shade(front, 34);
}

import { color } from "./colors.ts";
import { boxPath, dot, ellipsePath, flat, gleam, line, moved, oval, polygon, r, shade, shape, within, type Svg } from "./parts.ts";
import { threadMark } from "./patterns.ts";
import type { Gear, PictureSubject } from "./picture.ts";

type Subject = Extract<PictureSubject, { kind: "gear" }>;

/** What coffee is made with, and two things to drink from and to carry. */
export function drawGear({ thing, paint, accent }: Subject): Svg {
  return flat(ellipsePath(200, 318, 104, 12), color.ink, 0.12) + GEAR[thing](paint, accent);
}

const GEAR: Readonly<Record<Gear, (paint: string, accent: string) => Svg>> = {
  dripper: (paint, accent) => {
    const cone = "M108 96H292L238 190H162z";
    const server = "M152 214H248L266 232Q286 268 276 298Q274 314 256 314H144Q126 314 124 298Q114 268 134 232z";
    return [
      flat(server, color.ice),
      within(server, flat(boxPath(100, 262, 200, 60), accent)),
      line(server, color.ink, 6),
      line("M272 240C318 236 318 296 274 294", color.ink, 20),
      line("M272 240C318 236 318 296 274 294", color.ice, 9),
      line("M200 204v52", accent, 6),
      shape("M120 96L136 66L176 84L200 60L226 84L264 66L280 96z", color.paper),
      shape(cone, paint),
      shade(cone, 34),
      line("M150 112l34 66M200 112v66M250 112l-34 66", color.ink, 4, 0.4),
      shape(boxPath(140, 188, 120, 20, 8), paint),
      gleam("M134 112l34 58"),
      gleam("M148 248q-8 20 -4 40", 7),
    ].join("");
  },
  carafe: (paint, accent) => {
    const glass = "M132 82L182 180Q112 222 118 284Q122 314 152 314H248Q278 314 282 284Q288 222 218 180L268 82z";
    return [flat(glass, color.ice), within(glass, flat(boxPath(100, 246, 200, 80), accent)), line(glass, color.ink, 6), shape("M140 88L158 58L200 78L242 58L260 88L200 160z", color.paper), shape("M164 158L236 158L228 206H172z", paint), line("M196 160v44M212 160l-2 44M180 160l4 44", color.ink, 3, 0.4), oval(200, 182, 9, 9, color.bake, 4), line("M200 190l-14 26M200 190l16 24", color.bake, 5), gleam("M140 262q0 -34 24 -52", 8)].join("");
  },
  press: (paint, accent) => {
    const glass = boxPath(132, 136, 128, 172, 12);
    return [line("M260 160C320 160 320 288 260 288", color.ink, 24), line("M260 160C320 160 320 288 260 288", color.night, 12), flat(glass, color.ice), within(glass, flat(boxPath(120, 190, 150, 130), accent), flat(boxPath(120, 182, 150, 14), color.crema)), shade(glass, 28), line(glass, color.ink, 6), line("M132 170h128M132 284h128M152 136v170M240 136v170", paint, 7), shape(boxPath(124, 118, 144, 24, 8), paint), line("M196 118V72", color.ink, 9), oval(196, 66, 16, 15, color.night), shape("M128 132l-30 -8l8 24l26 6z", paint), shape(boxPath(124, 300, 144, 16, 7), paint), gleam("M148 204v70", 7)].join("");
  },
  moka: (paint, accent) => {
    const lower = "M140 226H260L282 312H118z";
    const upper = "M128 118L146 212H254L272 118z";
    return [line("M264 138C326 132 326 206 276 236", color.ink, 26), line("M264 138C326 132 326 206 276 236", accent, 14), shape(lower, paint), shape(polygon([172, 226], [228, 226], [236, 312], [164, 312]), color.steelLight), shade(lower, 34), shape(boxPath(134, 206, 132, 24, 6), paint), shape(upper, paint), shape(polygon([164, 118], [232, 118], [226, 212], [172, 212]), color.steelLight), shade(upper, 30), shape("M128 118L96 106L132 142z", paint), shape("M124 118Q200 74 276 118z", paint), oval(200, 84, 15, 14, accent), gleam("M150 140l10 56"), dot(246, 268, 7, color.mustard)].join("");
  },
  grinder: (paint, accent) => {
    const body = boxPath(152, 128, 96, 186, 18);
    return [line("M200 120V92L286 78", color.ink, 20), line("M200 120V92L286 78", color.steel, 9), shape(ellipsePath(296, 66, 18, 24), accent), shape(body, paint), within(body, flat(boxPath(140, 214, 120, 34), accent)), shade(body, 28), line(body, color.ink, 6), line("M152 214h96M152 248h96", color.ink, 5), shape(boxPath(146, 112, 108, 26, 12), color.steel), threadMark(200, 280, 26, color.kraft), threadMark(200, 176, 34, color.paper), gleam("M168 146v56", 7, 0.5)].join("");
  },
  kettle: (paint, accent) => {
    const body = "M116 200L132 302Q134 314 150 314H250Q266 314 268 302L284 200Q240 178 200 178Q160 178 116 200z";
    const spout = "M124 286C60 276 92 190 66 158L48 146";
    const grip = "M262 190C300 110 340 140 330 208";
    return [line(spout, color.ink, 24), line(spout, paint, 13), line(grip, color.ink, 26), line(grip, accent, 15), shape(body, paint), shade(body, 40), shape("M144 186Q200 148 256 186Q200 206 144 186z", paint), oval(200, 158, 13, 12, accent), gleam("M142 214l10 68"), threadMark(204, 252, 40, color.paper)].join("");
  },
  scale: (paint, accent) => [moved(0, -10, shape("M150 176L162 116H238L250 176z", color.white), oval(200, 116, 38, 12, color.white), dot(200, 118, 29, color.coffee, 1, 8)), shape(polygon([74, 210], [110, 170], [290, 170], [326, 210]), color.steelLight), shape(boxPath(70, 208, 260, 98, 18), paint), shape(boxPath(112, 228, 140, 54, 8), accent), line("M138 240v30M158 240h16v30h-16zM158 255h16M192 269h1M212 240h16v30h-16z", color.pine, 6), oval(290, 255, 15, 15, color.steel, 4)].join(""),
  filters: (paint, accent) => {
    const cone = (dx: number, dy: number): Svg => moved(dx, dy, shape("M92 92H308Q300 206 200 300Q100 206 92 92z", accent), line("M130 104Q140 200 200 282", color.shadow, 4), line("M92 92H308", color.ink, 6));
    return [cone(22, -14), cone(10, -6), cone(-4, 4), shape("M84 190L310 170L312 228L88 250z", paint), threadMark(200, 210, 36, color.terracotta)].join("");
  },
  pitcher: (paint, accent) => {
    const body = "M130 118L112 282Q110 312 138 312H254Q282 312 280 282L262 118z";
    const handle = "M264 150C332 140 336 262 278 266";
    return [line(handle, color.ink, 24), line(handle, color.steelLight, 12), shape(body, paint), shade(body, 42), shape("M130 118Q116 96 94 92Q104 122 126 146z", paint), oval(196, 118, 67, 19, color.steelLight), dot(194, 121, 54, accent, 1, 12), gleam("M142 158l-10 100", 10, 0.7)].join("");
  },
  tote: (paint, accent) => {
    const bag = "M96 146H304L316 298Q316 314 300 314H100Q84 314 84 298z";
    return [line("M144 150C140 50 196 50 186 150M214 150C204 50 260 50 256 150", color.ink, 17), line("M144 150C140 50 196 50 186 150M214 150C204 50 260 50 256 150", paint, 7), shape(bag, paint), shade(bag, 34), line("M100 164H300", color.ink, 3, 0.4), threadMark(200, 234, 92, accent), gleam("M108 186l-6 80", 8, 0.5)].join("");
  },
  glasses: (paint, accent) => {
    const glass = (x: number, y: number): Svg => {
      const d = `M${x - 46} ${y - 106}L${x - 34} ${y - 4}Q${x} ${y + 8} ${x + 34} ${y - 4}L${x + 46} ${y - 106}z`;
      return [flat(d, paint, 0.85), within(d, ...[-24, -8, 8, 24].map((dx) => line(`M${x + dx * 1.2} ${y - 60}L${x + dx} ${y}`, accent, 5, 0.6))), shade(d, 20), line(d, color.ink, 6), oval(x, y - 106, 46, 12, color.ice), gleam(`M${r(x - 32)} ${y - 84}l6 50`, 6)].join("");
    };
    return glass(152, 232) + glass(258, 226) + glass(132, 312) + glass(240, 312);
  },
};

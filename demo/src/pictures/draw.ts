import { drawBrioche, drawCookie, drawCroissant, drawFried, drawLoaf, drawMuffin, drawPain, drawPretzel, drawSlice, drawSmallCakes, drawSpiral, drawTart, drawTurnover } from "./bakery.ts";
import { drawBottle, drawCup, drawGlass, drawTeapot } from "./drinks.ts";
import { drawGear } from "./gear.ts";
import { drawBag, drawBar, drawBox, drawJar, drawMug, drawTin, drawTravel } from "./home.ts";
import { fitOf } from "./fit.ts";
import { drawBaguette, drawBowl, drawBun, drawToast, drawWrap } from "./kitchen.ts";
import { dot, type Svg } from "./parts.ts";
import type { Picture, PictureSubject, Tint } from "./picture.ts";

/** Wall, and the lighter disc behind the thing. */
const TINTS: Readonly<Record<Tint, readonly [wall: string, disc: string]>> = {
  cream: ["#f4e8d3", "#fcf5e7"],
  sand: ["#ecdabd", "#f7ecd8"],
  blush: ["#f3d9cb", "#fbece3"],
  sage: ["#dbe1c8", "#edf1e1"],
  sky: ["#d0e1e2", "#e7f1f1"],
  butter: ["#f6e2ad", "#fdf3d5"],
  lilac: ["#e0d4e0", "#f1e9f1"],
  stone: ["#dfdbd2", "#f0ede7"],
};

/** The picture as a whole SVG document, 400 × 400, with its own background: it stands on light and dark pages alike. */
export function drawPicture(picture: Picture): string {
  const [wall, disc] = TINTS[picture.tint];
  const [grow, lift] = fitOf(picture);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" width="400" height="400"><path d="M0 0h400v400H0z" fill="${wall}"/>${dot(200, 206, 168, disc)}<g stroke-linecap="round" stroke-linejoin="round" transform="translate(200 ${206 - lift}) scale(${grow}) translate(-200 -206)">${subject(picture)}</g></svg>`;
}

function subject(picture: PictureSubject): Svg {
  switch (picture.kind) {
    case "cup":
      return drawCup(picture);
    case "glass":
      return drawGlass(picture);
    case "teapot":
      return drawTeapot(picture);
    case "bottle":
      return drawBottle(picture);
    case "croissant":
      return drawCroissant(picture);
    case "spiral":
      return drawSpiral(picture);
    case "pain":
      return drawPain(picture);
    case "turnover":
      return drawTurnover(picture);
    case "brioche":
      return drawBrioche(picture);
    case "pretzel":
      return drawPretzel(picture);
    case "fried":
      return drawFried(picture);
    case "muffin":
      return drawMuffin(picture);
    case "cookie":
      return drawCookie(picture);
    case "slice":
      return drawSlice(picture);
    case "tart":
      return drawTart(picture);
    case "loaf":
      return drawLoaf(picture);
    case "small-cakes":
      return drawSmallCakes(picture);
    case "baguette":
      return drawBaguette(picture);
    case "toast":
      return drawToast(picture);
    case "bun":
      return drawBun(picture);
    case "wrap":
      return drawWrap(picture);
    case "bowl":
      return drawBowl(picture);
    case "bag":
      return drawBag(picture);
    case "tin":
      return drawTin(picture);
    case "jar":
      return drawJar(picture);
    case "bar":
      return drawBar(picture);
    case "box":
      return drawBox(picture);
    case "mug":
      return drawMug(picture);
    case "travel":
      return drawTravel(picture);
    case "gear":
      return drawGear(picture);
  }
}

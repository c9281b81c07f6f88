import type { PictureSubject } from "./picture.ts";

type Fit = readonly [grow: number, lift: number];

/** How much a thing grows and how far it rises, so that all fill the disc alike although an espresso cup is drawn smaller than a jar. Set by eye. */
const FITS: Readonly<Record<string, Fit>> = {
  "cup:small": [1.45, 58], "cup:medium": [1.14, 26], "cup:large": [1.06, 14], "cup:bowl": [1.08, 22],
  "glass:short": [1.5, 50], "glass:tall": [1.05, -8], "glass:tumbler": [1.24, 14], "glass:handle": [1.2, 16], "glass:stem": [1.24, 2],
  teapot: [1.06, 0], bottle: [1.14, -8], croissant: [1, 4], spiral: [1.05, 0], pain: [1.28, 4], turnover: [1.06, 4], brioche: [1.1, -4],
  pretzel: [1.02, 12], "fried:roll": [1.3, 4], "fried:ball": [1.05, 10], muffin: [1.14, 0], cookie: [1.05, 0], slice: [1, 14], tart: [1.06, 32],
  loaf: [1.04, 4], "small-cakes": [1.04, 8], baguette: [1.08, 0], toast: [0.98, 0], bun: [1.02, 4], wrap: [1.14, 0], bowl: [1.04, 30],
  bag: [1.16, -6], tin: [1.16, 6], jar: [1.16, 2], bar: [1.12, -2], box: [1, 20],
  "mug:mug": [1.18, 8], "mug:pair": [1.12, 18], "mug:bowl": [1.06, 38], travel: [1.12, -4],
  "gear:dripper": [1.14, -6], "gear:carafe": [1.1, -8], "gear:press": [1.1, -8], "gear:moka": [1.14, 0], "gear:grinder": [1.14, -10], "gear:kettle": [1, 22],
  "gear:scale": [1.04, 0], "gear:glasses": [1.18, 6], "gear:pitcher": [1.14, 2], "gear:tote": [1.1, -6], "gear:filters": [1.02, -2],
};

export function fitOf(subject: PictureSubject): Fit {
  const form = "size" in subject ? subject.size : "shape" in subject ? subject.shape : "thing" in subject ? subject.thing : "";
  return FITS[`${subject.kind}:${form}`] ?? FITS[subject.kind] ?? [1, 0];
}

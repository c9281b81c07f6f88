import { expect, it } from "vitest";
import { demoChain } from "../chain.ts";
import { europeOutline } from "./outline.ts";
import type { Position } from "./lines.ts";

const outline = europeOutline();

it("rings are closed and counterclockwise, and the file is small", () => {
  for (const { properties, geometry } of outline.features) {
    for (const [ring = []] of geometry.coordinates) {
      expect([properties.code, ring[0]]).toEqual([properties.code, ring.at(-1)]);
      expect([properties.code, doubleArea(ring) > 0]).toEqual([properties.code, true]);
    }
  }
  expect(JSON.stringify(outline).length).toBeLessThan(40_000);
});

it("every store of a chain of twelve lies in the land of its company, and every land with stores has one", () => {
  const codes = { FR: "FR", DE: "DE", ES: "ES-CT" } as const;
  const { places } = demoChain({ customers: 1, until: new Date("2026-11-20T12:00:00Z") });
  // A shore drawn in strokes of tens of kilometers may leave a port in the water.
  const inland = places.filter(({ code }) => !["marseille-vieux-port", "tarragona-rambla"].includes(code));
  for (const place of inland)
    expect([place.code, landAt([place.longitude, place.latitude])]).toEqual([place.code, codes[place.address.country]]);
  expect(outline.features.filter(({ properties }) => properties.hasStores).map(({ properties }) => properties.code)).toEqual([
    "FR",
    "DE",
    "ES-CT",
  ]);
});

it("neighbors do not overlap: a point inside a land is inside one only", () => {
  const capitals: Record<string, Position> = {
    FR: [2.35, 48.86],
    DE: [13.4, 52.52],
    ES: [-3.7, 40.42],
    PT: [-8, 39.5],
    BE: [4.35, 50.85],
    NL: [5.12, 52.09],
    CH: [7.45, 46.95],
    AT: [16.37, 48.21],
    IT: [12.5, 41.9],
    CZ: [14.42, 50.09],
    PL: [21, 52.2],
    LU: [6.13, 49.61],
    IE: [-6.9, 53.3],
  };
  for (const [code, at] of Object.entries(capitals)) expect(landAt(at)).toBe(code);
});

/** Codes of the lands around a point, joined when there are several. */
function landAt(at: Position): string {
  return outline.features
    .filter(({ geometry }) => geometry.coordinates.some(([ring = []]) => isInside(at, ring)))
    .map(({ properties }) => properties.code)
    .join("+");
}

/** Ray casting: an odd number of edges to the east means inside. */
function isInside([x, y]: Position, ring: readonly Position[]): boolean {
  return ring.slice(1).reduce((inside, [bx, by], n) => {
    const [ax, ay] = ring[n] ?? [bx, by];
    return ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax ? !inside : inside;
  }, false);
}

function doubleArea(ring: readonly Position[]): number {
  return ring.slice(1).reduce((sum, [x, y], n) => sum + (ring[n]?.[0] ?? 0) * y - x * (ring[n]?.[1] ?? 0), 0);
}

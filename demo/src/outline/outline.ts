import type { Texts } from "../types.ts";
import { LINES, type LineName, type Position } from "./lines.ts";

/** A line of the ring; a minus before its name walks it backwards. */
type Step = LineName | `-${LineName}`;
type Land = { readonly code: string; readonly hasStores: boolean; readonly name: Texts; readonly rings: readonly (readonly Step[])[] };

const named = (en: string, fr: string, de: string, ca: string): Texts => ({ en, fr, de, ca });

// oxfmt-ignore
const LANDS: readonly Land[] = [
  { code: "FR", hasStores: true, name: named("France", "France", "Frankreich", "França"), rings: [["franceAtlantic", "franceBelgium", "franceLuxembourg", "franceGermany", "franceSwitzerland", "franceItaly", "-franceMediterranean", "-aranToCerbere", "-hendayeToAran"], ["corsica"]] },
  { code: "DE", hasStores: true, name: named("Germany", "Allemagne", "Deutschland", "Alemanya"), rings: [["germanyNorthSea", "germanyDenmark", "germanyBaltic", "germanyPoland", "germanyCzechia", "germanyAustria", "germanySwitzerland", "-franceGermany", "-luxembourgGermany", "-belgiumGermany", "-netherlandsGermany"]] },
  { code: "ES-CT", hasStores: true, name: named("Catalonia", "Catalogne", "Katalonien", "Catalunya"), rings: [["cataloniaCoast", "-aranToCerbere", "-cataloniaInland"]] },
  { code: "ES", hasStores: false, name: named("Spain", "Espagne", "Spanien", "Espanya"), rings: [["galiciaToHendaye", "hendayeToAran", "-cataloniaInland", "-guadianaToEbro", "-portugalSpain"], ["mallorca"], ["menorca"], ["ibiza"]] },
  { code: "PT", hasStores: false, name: named("Portugal", "Portugal", "Portugal", "Portugal"), rings: [["portugalSpain", "portugalCoast"]] },
  { code: "BE", hasStores: false, name: named("Belgium", "Belgique", "Belgien", "Bèlgica"), rings: [["belgiumCoast", "belgiumNetherlands", "belgiumGermany", "belgiumLuxembourg", "-franceBelgium"]] },
  { code: "LU", hasStores: false, name: named("Luxembourg", "Luxembourg", "Luxemburg", "Luxemburg"), rings: [["luxembourgGermany", "-franceLuxembourg", "-belgiumLuxembourg"]] },
  { code: "NL", hasStores: false, name: named("Netherlands", "Pays-Bas", "Niederlande", "Països Baixos"), rings: [["netherlandsCoast", "netherlandsGermany", "-belgiumNetherlands"]] },
  { code: "CH", hasStores: false, name: named("Switzerland", "Suisse", "Schweiz", "Suïssa"), rings: [["switzerlandAustria", "switzerlandItaly", "-franceSwitzerland", "-germanySwitzerland"]] },
  { code: "AT", hasStores: false, name: named("Austria", "Autriche", "Österreich", "Àustria"), rings: [["austriaCzechia", "austriaEast", "-italyAustria", "-switzerlandAustria", "-germanyAustria"]] },
  { code: "IT", hasStores: false, name: named("Italy", "Italie", "Italien", "Itàlia"), rings: [["italyCoast", "italyEast", "-italyAustria", "switzerlandItaly", "franceItaly"], ["sardinia"], ["sicily"]] },
  { code: "CZ", hasStores: false, name: named("Czechia", "Tchéquie", "Tschechien", "Txèquia"), rings: [["austriaCzechia", "czechiaEast", "polandCzechia", "germanyCzechia"]] },
  { code: "PL", hasStores: false, name: named("Poland", "Pologne", "Polen", "Polònia"), rings: [["polandCoast", "polandEast", "polandCzechia", "-germanyPoland"]] },
  { code: "DK", hasStores: false, name: named("Denmark", "Danemark", "Dänemark", "Dinamarca"), rings: [["jutland", "-germanyDenmark"], ["funen"], ["zealand"]] },
  { code: "GB", hasStores: false, name: named("Great Britain", "Grande-Bretagne", "Großbritannien", "Gran Bretanya"), rings: [["britain"]] },
  { code: "IE", hasStores: false, name: named("Ireland", "Irlande", "Irland", "Irlanda"), rings: [["ireland"]] },
  { code: "EAST", hasStores: false, name: named("Eastern neighbors", "Voisins de l’Est", "Östliche Nachbarn", "Veïns de l’est"), rings: [["adriaticToBaltic", "polandEast", "-czechiaEast", "austriaEast", "-italyEast"]] },
  { code: "NORTH", hasStores: false, name: named("Scandinavia", "Scandinavie", "Skandinavien", "Escandinàvia"), rings: [["scandinavia"]] },
  { code: "SOUTH", hasStores: false, name: named("Maghreb", "Maghreb", "Maghreb", "Magrib"), rings: [["maghreb"]] },
];

export type OutlineFeature = {
  readonly type: "Feature";
  readonly properties: { readonly code: string; readonly hasStores: boolean; readonly name: Texts };
  readonly geometry: { readonly type: "MultiPolygon"; readonly coordinates: readonly (readonly (readonly Position[])[])[] };
};
export type Outline = { readonly type: "FeatureCollection"; readonly features: readonly OutlineFeature[] };

/** Western Europe for the store map as GeoJSON (RFC 7946): lands with stores and their neighbors, own work, accurate to some tens of kilometers. */
export function europeOutline(): Outline {
  return {
    type: "FeatureCollection",
    features: LANDS.map(({ code, hasStores, name, rings }) => ({
      type: "Feature",
      properties: { code, hasStores, name },
      geometry: { type: "MultiPolygon", coordinates: rings.map((steps) => [counterclockwise(joined(code, steps))]) },
    })),
  };
}

/** Lines end to end; each must begin where the one before it ended. */
function joined(code: string, steps: readonly Step[]): readonly Position[] {
  const ring: Position[] = [];
  for (const step of steps) {
    const points = isBackwards(step) ? LINES[nameOf(step)].toReversed() : LINES[nameOf(step)];
    const last = ring.at(-1);
    if (last && !isSame(last, points[0])) throw new Error(`${code}: ${step} does not begin where the line before it ends`);
    ring.push(...(last ? points.slice(1) : points));
  }
  if (!isSame(ring[0], ring.at(-1))) throw new Error(`${code}: the ring is not closed`);
  return ring;
}

const isBackwards = (step: Step): boolean => step.startsWith("-");
/** The sign was the only other part of a step. */
const nameOf = (step: Step): LineName => step.replace(/^-/, "") as LineName;
const isSame = (a: Position | undefined, b: Position | undefined): boolean =>
  a !== undefined && b !== undefined && a[0] === b[0] && a[1] === b[1];

/** Outer rings run counterclockwise (RFC 7946, section 3.1.6). */
function counterclockwise(ring: readonly Position[]): readonly Position[] {
  const doubleArea = ring.slice(1).reduce((sum, [x, y], n) => sum + (ring[n]?.[0] ?? 0) * y - x * (ring[n]?.[1] ?? 0), 0);
  return doubleArea > 0 ? ring : ring.toReversed();
}

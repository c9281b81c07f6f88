import type { GroupId } from "@weft/kernel";
import { demoId } from "../ids.ts";
import { randomOf } from "../random.ts";
import { slug } from "../slug.ts";
import type { Country, DemoGroup, DemoPlace, DemoRegister, DemoSettings } from "../types.ts";
import { CITIES, cityOf } from "./cities.ts";
import { COUNTRIES, countryFacts, entityIdOf } from "./entities.ts";
import { openingHours } from "./hours.ts";
import { DEPOT, QUARTERS, STORES, STREET, STREETS, TRAVEL, type StoreSketch } from "./stores.ts";

export type Geography = {
  readonly groups: readonly DemoGroup[];
  readonly places: readonly DemoPlace[];
  readonly registers: readonly DemoRegister[];
};

/** The tree, the warehouse (first place), the stores, and two registers in each store. Holidays are given for `years`. */
export function demoGeography(stores: number, years: readonly number[], seed: number): Geography {
  const sketches = [...STORES.slice(0, stores), ...moreStores(stores - STORES.length, seed)];
  const groups = groupTree(sketches, seed);
  const groupIds = new Map(groups.map((group) => [group.code, group.id]));
  const places = [DEPOT, ...sketches].map((sketch, n) => placeOf(sketch, n, groupIds, years, seed));
  return { groups, places, registers: places.filter((place) => place.kind === "store").flatMap((place, n) => registersOf(place, n, seed)) };
}

/** Stores beyond the first twelve go city by city, one country after another, each time into the next quarter of the city. */
function moreStores(count: number, seed: number): StoreSketch[] {
  const lists = COUNTRIES.map((country) => CITIES.filter((city) => city.country === country));
  return Array.from({ length: Math.max(0, count) }, (_, n) => {
    const cities = lists[n % lists.length] ?? CITIES;
    const round = Math.floor(n / lists.length);
    const city = cities[round % cities.length] ?? cityOf("lyon");
    const lap = Math.floor(round / cities.length);
    const quarters = QUARTERS[city.country];
    const quarter = quarters[lap % quarters.length] ?? quarters[0];
    const random = randomOf(seed, "store", n);
    const isStation = random.chance(0.08);
    return {
      code: `${city.code}-${slug(quarter)}${lap < quarters.length ? "" : `-${Math.floor(lap / quarters.length) + 1}`}`,
      city: city.code,
      name: `${city.name} ${quarter}`,
      line1: STREETS[city.country](quarter, random.between(1, 80)),
      postcode: city.postcode,
      latitude: round4(city.latitude + (random.next() - 0.5) * 0.05),
      longitude: round4(city.longitude + (random.next() - 0.5) * 0.07),
      site: isStation ? "station" : "street",
      services: isStation ? TRAVEL : STREET,
    };
  });
}

/** Chain, countries, and the cities that have a store; what a level sets holds for all below it. */
function groupTree(sketches: readonly StoreSketch[], seed: number): DemoGroup[] {
  const chain = groupOf(
    0,
    "trama",
    undefined,
    "Trama",
    {
      language: "en",
      collectReadyMinutes: 10,
      closingSoonMinutes: 30,
      collectWindowDays: 3,
      eatIn: true,
      // What is eaten and drunk: no law gives a changed mind a way back for goods that spoil.
      returnFaultyOnly: "drinks,eat",
      shipMostParcels: 2,
    },
    seed,
  );
  const countries = COUNTRIES.map((country, n) =>
    groupOf(1 + n, COUNTRY_GROUPS[country].code, chain.id, COUNTRY_GROUPS[country].name, COUNTRY_GROUPS[country].settings, seed),
  );
  const used = CITIES.filter((city) => sketches.some((sketch) => sketch.city === city.code) || city.code === DEPOT.city);
  const cities = used.map((city) =>
    groupOf(
      10 + CITIES.indexOf(city),
      city.code,
      countries[COUNTRIES.indexOf(city.country)]?.id,
      city.name,
      CITY_SETTINGS[city.code] ?? {},
      seed,
    ),
  );
  return [chain, ...countries, ...cities];
}

const groupOf = (
  n: number,
  code: string,
  parentId: GroupId | undefined,
  name: string,
  settings: DemoSettings,
  seed: number,
): DemoGroup => ({
  id: demoId("place group", n, seed),
  code,
  parentId,
  name,
  settings,
});

const COUNTRY_GROUPS: Readonly<Record<Country, { code: string; name: string; settings: DemoSettings }>> = {
  FR: {
    code: "france",
    name: "France",
    settings: {
      language: "fr",
      stations: "Bar: drinks; Cuisine: eat",
      giftCardMonths: 24,
      receiptFooter: "Merci et à bientôt chez Trama",
    },
  },
  DE: {
    code: "deutschland",
    name: "Deutschland",
    settings: {
      language: "de",
      stations: "Bar: drinks; Küche: eat",
      collectReadyMinutes: 8,
      giftCardMonths: 36,
      tipPercents: "5 10 15",
      receiptFooter: "Danke und bis bald bei Trama",
    },
  },
  ES: {
    code: "catalunya",
    name: "Catalunya",
    settings: { language: "ca", stations: "Barra: drinks; Cuina: eat", receiptFooter: "Gràcies i fins aviat a Trama" },
  },
};
const CITY_SETTINGS: Readonly<Record<string, DemoSettings>> = {
  paris: { collectReadyMinutes: 12 },
  girona: { slotMinutes: 30, slotOrders: 4 },
  barcelona: { collectReadyMinutes: 12, closingSoonMinutes: 20 },
};

function placeOf(
  sketch: StoreSketch,
  n: number,
  groupIds: ReadonlyMap<string, GroupId>,
  years: readonly number[],
  seed: number,
): DemoPlace {
  const { country } = cityOf(sketch.city);
  const groupId = groupIds.get(sketch.city);
  if (!groupId) throw new Error(`no group for ${sketch.city}`);
  return {
    id: demoId("place", n, seed),
    code: sketch.code,
    entityId: entityIdOf(country, seed),
    groupId,
    kind: sketch.site === "depot" ? "warehouse" : "store",
    site: sketch.site,
    name: sketch.name,
    address: { line1: sketch.line1, postcode: sketch.postcode, city: cityOf(sketch.city).name, country },
    latitude: sketch.latitude,
    longitude: sketch.longitude,
    timeZone: countryFacts(country).timeZone,
    dayEnd: sketch.dayEnd ?? 0,
    phone: placePhone(country, n),
    email: `${sketch.code}@trama.example`,
    hours: openingHours(country, sketch.site, years, sketch.pattern),
    services: sketch.services,
    settings: {
      ...(sketch.site === "street" || sketch.site === "depot" ? {} : { eatIn: false, collectReadyMinutes: 6 }),
      ...(sketch.tables !== undefined && { tables: sketch.tables }),
    },
  };
}

/** What a till is called where it stands. */
const TILL: Readonly<Record<Country, string>> = { FR: "caisse", DE: "Kasse", ES: "caixa" };

function registersOf(place: DemoPlace, n: number, seed: number): DemoRegister[] {
  return [1, 2].map((till) => ({
    id: demoId("register", n * 2 + till - 1, seed),
    code: `${place.code}-${till}`,
    placeId: place.id,
    name: `${place.name} ${TILL[place.address.country]} ${till}`,
  }));
}

/** Numbers that lead nowhere: the ranges that France and Germany keep for film and theater, and in Spain 555, which is not given out. */
function placePhone(country: Country, n: number): string {
  if (country === "FR") return `+3346571${String(n).padStart(4, "0")}`;
  return country === "DE" ? `+493023125${String(n).padStart(3, "0")}` : `+34555900${String(n).padStart(3, "0")}`;
}

const round4 = (degrees: number): number => Math.round(degrees * 10_000) / 10_000;

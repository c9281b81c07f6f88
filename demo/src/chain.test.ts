import { businessDate, isId, wallClock } from "@weft/kernel";
import { describe, expect, it } from "vitest";
import { checkDigit } from "./catalog/barcodes.ts";
import { demoChain } from "./chain.ts";
import { demoId } from "./ids.ts";
import { easterSunday } from "./places/hours.ts";
import type { Chunks, DemoPlace, Texts } from "./types.ts";

const UNTIL = new Date("2026-11-20T12:00:00Z");
const chain = demoChain({ until: UNTIL });
const all = <T>(chunks: Chunks<T>): T[] => [...chunks].flat();
const customers = all(chain.customers);
const orders = all(chain.orders);
const variants = chain.products.flatMap((product) => product.variants);
const placesById = new Map(chain.places.map((place) => [place.id, place]));

describe("determinism", () => {
  it("the same size, seed and end make the same chain, also when a list is read twice", () => {
    const again = demoChain({ until: UNTIL });
    expect(all(again.orders)).toEqual(orders);
    expect(all(chain.orders)).toEqual(orders);
    expect({ ...again, customers: [], orders: [], favorites: [], stockLevels: [] }).toEqual({
      ...chain,
      customers: [],
      orders: [],
      favorites: [],
      stockLevels: [],
    });
  });

  it("a bigger chain begins with the smaller one", () => {
    const big = demoChain({ stores: 40, customers: 1500, until: UNTIL });
    expect(big.places.slice(0, chain.places.length)).toEqual(chain.places);
    expect(new Set(big.places.map((place) => place.code)).size).toBe(41);
    expect(big.products).toEqual(chain.products);
  });

  it("another seed makes other people and other ids", () => {
    const other = demoChain({ seed: 8, customers: 50, until: UNTIL });
    const names = (of: typeof customers): string[] => of.slice(1, 50).map((customer) => customer.records[0]?.familyName ?? "");
    expect(names(all(other.customers))).not.toEqual(names(customers));
    expect(other.places[0]?.id).not.toBe(chain.places[0]?.id);
  });

  it("ids are UUIDv7 and unique over nouns and numbers", () => {
    const ids = [...Array(2000).keys()].flatMap((n) => [demoId("order", n), demoId("customer", n)]);
    expect(ids.every((id) => isId(id) && /^.{14}7.{4}[89ab]/.test(id))).toBe(true);
    expect(new Set(ids).size).toBe(4000);
  });
});

describe("catalog", () => {
  it("has about 120 products, each with its own slug, SKU and barcode", () => {
    expect(chain.products.length).toBeGreaterThanOrEqual(110);
    expect(new Set(chain.products.map((product) => product.slug)).size).toBe(chain.products.length);
    expect(new Set(variants.map((variant) => variant.sku)).size).toBe(variants.length);
    expect(new Set(variants.map((variant) => variant.barcode)).size).toBe(variants.length);
  });

  it("barcodes are EAN-13 of the in-store range with the right check digit", () => {
    expect(checkDigit("400638133393")).toBe(1);
    for (const { barcode } of variants) {
      expect(barcode).toMatch(/^2\d{12}$/);
      expect(Number(barcode[12])).toBe(checkDigit(barcode.slice(0, 12)));
    }
  });

  it("every name and description exists in four languages", () => {
    const full = (texts: Texts): boolean => [texts.en, texts.fr, texts.de, texts.ca].every((text) => text.trim() !== "");
    for (const product of chain.products) {
      expect([product.slug, full(product.name), full(product.description)]).toEqual([product.slug, true, true]);
      for (const group of product.optionGroups) expect([group, ...group.values].every(({ name }) => full(name))).toBe(true);
      if (product.variants.length > 1) expect(product.variants.every(({ name }) => full(name))).toBe(true);
    }
    expect(chain.categories.every(({ name }) => full(name))).toBe(true);
  });

  it("what is made to order is not counted, and what is counted is not made at a station", () => {
    const goods = chain.products.filter(({ taxClass }) => taxClass !== "voucher");
    for (const product of goods) expect([product.slug, product.isTracked]).toEqual([product.slug, product.station === "counter"]);
  });

  it("a milk drink without milk loses the allergen", () => {
    const milk = chain.products.find(({ slug }) => slug === "flat-white")?.optionGroups.find(({ code }) => code === "milk");
    expect(milk?.values.find(({ code }) => code === "oat")).toMatchObject({ addsAllergens: ["gluten"], removesAllergens: ["milk"] });
  });

  it("every product is in a category, in some store's assortment and of a tax class with rates for both contexts in every country", () => {
    const sold = new Set(chain.assortment.filter((row) => placesById.get(row.placeId)?.kind === "store").flatMap((row) => row.productIds));
    for (const product of chain.products) {
      expect([product.slug, sold.has(product.id)]).toEqual([product.slug, true]);
      expect(chain.categories.some(({ id }) => id === product.categoryId)).toBe(true);
      expect(chain.taxRates.filter(({ taxClass }) => taxClass === product.taxClass)).toHaveLength(6);
    }
  });
});

describe("prices", () => {
  const amounts = (code: string): Map<string, number> =>
    new Map(chain.priceLists.find((list) => list.code === code)?.prices.map(({ sku, amount }) => [sku, amount]));

  it("the chain's list and every country list price every variant", () => {
    for (const code of ["trama", "france", "deutschland", "catalunya"]) expect([code, amounts(code).size]).toEqual([code, variants.length]);
    for (const list of chain.priceLists) expect(list.prices.every(({ amount }) => Number.isInteger(amount) && amount > 0)).toBe(true);
  });

  it("stations are dearer for what is made there, members pay less than anyone", () => {
    for (const country of ["france", "deutschland"]) {
      const travel = amounts(`${country}-travel`);
      for (const [sku, amount] of amounts(country)) expect(travel.get(sku) ?? 0).toBeGreaterThanOrEqual(amount);
      expect(travel.get("COF-CAP")).toBeGreaterThan(amounts(country).get("COF-CAP") ?? 0);
    }
    for (const [sku, amount] of amounts("members"))
      for (const country of ["france", "deutschland", "catalunya"]) expect(amount).toBeLessThan(amounts(country).get(sku) ?? 0);
  });

  it("past orders add up and use the prices of their place", () => {
    for (const order of orders) expect(order.total).toBe(order.lines.reduce((sum, line) => sum + line.quantity * line.unitPrice, 0));
    const plain = orders
      .flatMap((order) => order.lines.map((line) => ({ line, place: placesById.get(order.placeId) })))
      .find(({ line, place }) => line.sku === "COF-ESP" && place?.code === "lyon-part-dieu" && line.options[0]?.value === "house");
    expect(plain?.line.unitPrice).toBe(amounts("france-travel").get("COF-ESP"));
  });
});

describe("places", () => {
  it("the tree reaches every place and parents stand before their children", () => {
    const seen = new Set<string>();
    for (const group of chain.groups) {
      if (group.parentId) expect(seen.has(group.parentId)).toBe(true);
      seen.add(group.id);
    }
    expect(chain.places.every((place) => seen.has(place.groupId) && chain.entities.some(({ id }) => id === place.entityId))).toBe(true);
  });

  it("one store closes at two in the morning, and its business day ends after that", () => {
    const late = chain.places.filter((place) => place.hours.weekly.some((day) => day.some(({ until }) => until === 26 * 60)));
    expect(late.map(({ code, dayEnd }) => [code, dayEnd])).toEqual([["berlin-kreuzberg", 180]]);
  });

  it("Easter moves: 2024-03-31, 2026-04-05, 2027-03-28", () => {
    expect([2024, 2026, 2027].map(easterSunday)).toEqual(["2024-03-31", "2026-04-05", "2027-03-28"]);
  });

  it("the store of the tour never closes: at night the demo goes as by day", () => {
    const lyon = chain.places.find(({ code }) => code === "lyon-bellecour");
    expect(lyon?.hours).toEqual({ weekly: Array.from({ length: 7 }, () => [{ from: 0, until: 1440 }]), exceptions: [] });
  });

  it("everything counted has a level where it is sold, and the store of the tour lacks nothing", () => {
    const levels = all(chain.stockLevels);
    const keys = new Set(levels.map(({ placeId, sku }) => placeId + sku));
    expect(keys.size).toBe(levels.length);
    const lyon = chain.places.find(({ code }) => code === "lyon-bellecour");
    const sold = new Set(chain.assortment.find(({ placeId }) => placeId === lyon?.id)?.productIds);
    for (const product of chain.products.filter(({ id, isTracked, parts }) => isTracked && parts.length === 0 && sold.has(id))) {
      for (const { sku } of product.variants)
        expect(levels.find((level) => level.placeId === lyon?.id && level.sku === sku)?.onHand).toBeGreaterThanOrEqual(6);
    }
  });
});

describe("people", () => {
  it("customers, records and their external ids are unique, and so are e-mail addresses and phones of different people", () => {
    const records = customers.flatMap((customer) => customer.records);
    expect(new Set(customers.map(({ id }) => id)).size).toBe(1000);
    expect(new Set(records.map(({ id }) => id)).size).toBe(records.length);
    expect(new Set(records.map(({ channelId, externalId }) => channelId + externalId)).size).toBe(records.length);
    for (const field of ["email", "phone"] as const) {
      const owners = customers.flatMap(({ id, records: own }) =>
        [...new Set(own.flatMap((record) => record[field] ?? []))].map((value) => [value, id] as const),
      );
      expect(new Set(owners.map(([value]) => value)).size).toBe(owners.length);
    }
  });

  it("no customer has the phone of a store", () => {
    const stores = new Set(demoChain({ stores: 300, until: UNTIL }).places.map(({ phone }) => phone));
    expect(stores.size).toBe(301);
    expect(customers.some(({ records }) => records.some(({ phone }) => phone !== undefined && stores.has(phone)))).toBe(false);
  });

  it("linked people share a verified address on all their records; the unlinked share no proof", () => {
    const proofs = (own: (typeof customers)[number]["records"]): string[] =>
      own.filter(({ verified }) => verified.includes("email")).flatMap(({ email }) => email ?? []);
    for (const { presence, records } of customers) {
      if (presence === "linked") expect([proofs(records).length, new Set(proofs(records)).size]).toEqual([records.length, 1]);
      if (presence === "unlinked") expect([records.length, proofs(records).length <= 1]).toEqual([2, true]);
      if (presence === "web_only" || presence === "till_only") expect(records).toHaveLength(1);
    }
  });

  it("Léa is linked on three channels, Jordi serves in Lyon Bellecour with PIN 1234, Anna manages everywhere", () => {
    const lyon = chain.places.find(({ code }) => code === "lyon-bellecour");
    expect(customers[0]).toMatchObject({
      persona: "lea",
      presence: "linked",
      homePlaceId: lyon?.id,
      records: [{ givenName: "Léa", familyName: "Fontaine" }, {}, {}],
    });
    expect(chain.staff.find(({ persona }) => persona === "jordi")).toMatchObject({
      name: "Jordi Puig",
      pin: "1234",
      roles: ["cashier"],
      placeIds: [lyon?.id],
    });
    expect(chain.staff.find(({ persona }) => persona === "anna")).toMatchObject({ name: "Anna Keller", roles: ["manager"], placeIds: [] });
  });

  it("staff cover every role, with unique addresses, and no two at a place share a PIN", () => {
    const roles = ["agent", "barista", "cashier", "manager", "marketer", "owner", "privacy_officer", "read_only"];
    expect([...new Set(chain.staff.flatMap((member) => member.roles))].toSorted()).toEqual(roles);
    expect(new Set(chain.staff.map(({ email }) => email)).size).toBe(chain.staff.length);
    for (const place of chain.places) {
      const pins = chain.staff
        .filter(({ pin, placeIds }) => pin && (placeIds.length === 0 || placeIds.includes(place.id)))
        .map(({ pin }) => pin);
      expect(new Set(pins).size).toBe(pins.length);
    }
  });

  it("orders lie within 120 days, in opening hours, on a channel of their record, with goods of their place", () => {
    const records = new Map(customers.flatMap((customer) => customer.records.map((record) => [record.id, record])));
    const sold = new Map(
      chain.assortment.map((row) => [
        row.placeId,
        new Set(
          chain.products.filter(({ id }) => row.productIds.includes(id)).flatMap((product) => product.variants.map(({ sku }) => sku)),
        ),
      ]),
    );
    expect(new Set(orders.map(({ id }) => id)).size).toBe(orders.length);
    for (const order of orders) {
      const place = placesById.get(order.placeId);
      expect(order.at < UNTIL && order.at > new Date(UNTIL.getTime() - 121 * 86_400_000)).toBe(true);
      expect(records.get(order.recordId)?.channelId).toBe(order.channelId);
      expect(records.get(order.recordId)?.createdAt.getTime()).toBeLessThan(order.at.getTime());
      expect(order.lines.every(({ sku }) => sold.get(order.placeId)?.has(sku))).toBe(true);
      expect([order.externalId, place && isOpenAt(place, order.at)]).toEqual([order.externalId, true]);
    }
  });

  it("favorites name the usual of a record, with options that exist", () => {
    const favorites = all(chain.favorites);
    expect(favorites.filter(({ recordId }) => recordId === customers[0]?.records[0]?.id).map(({ sku }) => sku)).toEqual([
      "COF-FLW",
      "PAS-ALM",
      "BEA-TRA-250",
    ]);
    for (const { sku, options } of favorites) {
      const product = chain.products.find((candidate) => candidate.variants.some((variant) => variant.sku === sku));
      for (const { group, value } of options)
        expect(product?.optionGroups.find(({ code }) => code === group)?.values.some(({ code }) => code === value)).toBe(true);
    }
  });
});

/** Whether the wall clock of the place stands in an interval of its business day. */
function isOpenAt(place: DemoPlace, at: Date): boolean {
  const wall = wallClock(at, place.timeZone);
  const date = businessDate(at, place.timeZone, place.dayEnd);
  const minutes = date === wall.date ? wall.minutes : wall.minutes + 1440;
  const weekday = (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
  const intervals = place.hours.exceptions.find((day) => day.date === date)?.intervals ?? place.hours.weekly[weekday] ?? [];
  return intervals.some(({ from, until }) => from <= minutes && minutes < until);
}

import type { PlaceId, ProductId } from "@weft/kernel";
import { HISTORY_DAYS } from "../history.ts";
import { demoId } from "../ids.ts";
import type { PriceBook } from "../pricing/price-lists.ts";
import { randomOf, type Random } from "../random.ts";
import type {
  DemoAssortment,
  DemoCategory,
  DemoChannel,
  DemoCustomer,
  DemoFavorite,
  DemoOrder,
  DemoOrderLine,
  DemoPlace,
  DemoProduct,
  DemoRecord,
} from "../types.ts";
import { visitsUntil } from "./calendar.ts";
import { menuOf, type Menu, type Wish } from "./tastes.ts";

/** Orders per person at most; ids of orders count in steps of this. */
const ORDER_STEP = 64;
/** How many orders in 120 days: passers-by, people who like us, regulars. */
// oxfmt-ignore
const HABITS: readonly (readonly [readonly [number, number], number])[] = [[[1, 2], 40], [[3, 7], 40], [[8, 22], 20]];
const LEA_VISITS = [26, 26] as const;

export type HistoryParts = {
  readonly places: readonly DemoPlace[];
  readonly channels: readonly DemoChannel[];
  readonly assortment: readonly DemoAssortment[];
  readonly products: readonly DemoProduct[];
  readonly categories: readonly DemoCategory[];
  readonly priceAt: PriceBook;
  readonly until: Date;
  readonly seed: number;
};

export type History = {
  ordersOf(customer: DemoCustomer): readonly DemoOrder[];
  favoritesOf(customer: DemoCustomer): readonly DemoFavorite[];
};

/** What people bought. Everything follows from the person's number, so any part of the history can be made alone. */
export function historyMaker(parts: HistoryParts): History {
  const menu = menuOf(parts.products, parts.categories);
  const visits = visitsUntil(parts.until);
  const kinds = new Map(parts.channels.map((channel) => [channel.id, channel.kind]));
  const sold = new Map(parts.assortment.map((row) => [row.placeId, new Set(row.productIds)]));
  const stores = parts.places.filter((place) => place.kind === "store");
  const depot = parts.places.find((place) => place.kind === "warehouse");
  if (!depot) throw new Error("the chain has no warehouse");
  return {
    ordersOf(customer) {
      const random = randomOf(parts.seed, "orders", customer.n);
      const usual = usualOf(customer, menu, parts.seed);
      const near = stores.filter((store) => store.address.country === customer.country);
      const home = stores.find((store) => store.id === customer.homePlaceId) ?? near[0];
      if (!home) throw new Error(`no store for customer ${customer.n}`);
      const count = random.between(...(customer.persona === "lea" ? LEA_VISITS : random.weighted(HABITS)));
      const drafts = Array.from({ length: count }, (): OrderDraft | undefined => {
        const record = random.pick(customer.records);
        const kind = orderKind(kinds.get(record.channelId), random);
        const store = random.chance(0.8) ? home : random.pick(near);
        const at = visits.at(kind === "ship" ? depot : store, random.between(0, HISTORY_DAYS - 1), random);
        return at && { record, kind, at, place: kind === "ship" ? depot : store };
      });
      const kept = drafts.filter((draft) => draft !== undefined).toSorted((a, b) => a.at.getTime() - b.at.getTime());
      return kept.flatMap((draft, k) => orderOf(draft, customer, k, { menu, usual, random, sold, ...parts }));
    },
    favoritesOf(customer) {
      const [record] = customer.records;
      if (!record) return [];
      return usualOf(customer, menu, parts.seed).map(({ variant, options }, position) => ({
        recordId: record.id,
        sku: variant.sku,
        options,
        position,
      }));
    },
  };
}

type OrderDraft = { readonly record: DemoRecord; readonly kind: DemoOrder["kind"]; readonly at: Date; readonly place: DemoPlace };
type Kitchen = {
  readonly menu: Menu;
  readonly usual: readonly Wish[];
  readonly random: Random;
  readonly sold: ReadonlyMap<PlaceId, ReadonlySet<ProductId>>;
  readonly priceAt: PriceBook;
  readonly seed: number;
};

/** The usual of a person, dearest first, the same whenever it is asked for. */
function usualOf(customer: DemoCustomer, menu: Menu, seed: number): readonly Wish[] {
  if (customer.persona === "lea") {
    return [
      menu.wish("COF-FLW", [
        { group: "milk", value: "oat" },
        { group: "coffee", value: "house" },
      ]),
      menu.wish("PAS-ALM", [{ group: "serve", value: "warmed" }]),
      menu.wish("BEA-TRA-250", [{ group: "grind", value: "filter" }]),
    ];
  }
  const random = randomOf(seed, "usual", customer.n);
  return random.chance(0.6) ? [menu.pick("drinks", random), menu.pick("food", random)] : [menu.pick("drinks", random)];
}

/** What the shop sells is collected, or shipped now and then; what the till sells is taken away at once. */
function orderKind(channel: DemoChannel["kind"] | undefined, random: Random): DemoOrder["kind"] {
  if (channel === "store") return "take_away";
  return channel === "web" && random.chance(0.15) ? "ship" : "collect";
}

/** None when nothing of what was wanted is sold there. */
function orderOf({ record, kind, at, place }: OrderDraft, customer: DemoCustomer, k: number, kitchen: Kitchen): DemoOrder[] {
  const { random, seed } = kitchen;
  const lines = linesOf(wishes(kind, kitchen), place, customer, kitchen);
  if (lines.length === 0) return [];
  const eatsIn = kind === "take_away" && place.services.includes("eat_in") && random.chance(0.4);
  return [
    {
      id: demoId("order", customer.n * ORDER_STEP + k, seed),
      externalId: `past-${String(customer.n + 1).padStart(6, "0")}-${String(k + 1).padStart(2, "0")}`,
      recordId: record.id,
      channelId: record.channelId,
      placeId: place.id,
      at,
      kind,
      taxContext: eatsIn ? "eat_in" : "take_away",
      tender: kind === "take_away" && random.chance(0.25) ? "cash" : "card",
      lines,
      total: lines.reduce((sum, line) => sum + line.quantity * line.unitPrice, 0),
    },
  ];
}

function wishes(kind: DemoOrder["kind"], { menu, usual, random }: Kitchen): readonly Wish[] {
  if (kind === "ship") return [menu.pick("home", random), ...(random.chance(0.4) ? [menu.pick("home", random)] : [])];
  const first = usual[0] && random.chance(0.65) ? usual[0] : menu.pick("drinks", random);
  const second = usual[1] && random.chance(0.5) ? [usual[1]] : random.chance(0.45) ? [menu.pick("food", random)] : [];
  const more = random.chance(0.15) ? [menu.pick("drinks", random)] : [];
  const home = usual[2] && random.chance(0.15) ? [usual[2]] : random.chance(0.05) ? [menu.pick("home", random)] : [];
  return [first, ...second, ...more, ...home];
}

/** Wishes that the place sells, with its prices; equal ones become one line. */
function linesOf(
  wanted: readonly Wish[],
  place: DemoPlace,
  customer: DemoCustomer,
  { sold, priceAt, random }: Kitchen,
): readonly DemoOrderLine[] {
  const lines = new Map<string, DemoOrderLine>();
  for (const { product, variant, options, extra } of wanted) {
    if (!sold.get(place.id)?.has(product.id)) continue;
    const key = variant.sku + JSON.stringify(options);
    const quantity = (lines.get(key)?.quantity ?? 0) + (random.chance(0.08) ? 2 : 1);
    lines.set(key, {
      sku: variant.sku,
      variantId: variant.id,
      quantity,
      options,
      unitPrice: priceAt(place, variant.sku, customer.isMember) + extra,
    });
  }
  return [...lines.values()];
}

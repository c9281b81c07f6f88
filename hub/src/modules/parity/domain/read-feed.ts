import type { Values } from "./facts.ts";
import { pathOf } from "./texts.ts";

/** One thing as a feed says it: its SKU, the store where the feed is about one, and its values. */
export type FeedLine = { readonly sku: string; readonly storeCode: string; readonly values: Values };

/** What was read, and the end of the text that is not a whole item yet. */
export type FeedPart = { readonly lines: readonly FeedLine[]; readonly rest: string };

const ENTITIES: Readonly<Record<string, string>> = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&amp;": "&" };

/** Reads the whole items of a piece of a product feed, an RSS file with Google's attributes. What it cannot read it takes for absent, and so a sale that is over `at` that instant. */
export function readProductItems(text: string, at: Date): FeedPart {
  const lines: FeedLine[] = [];
  const end = text.lastIndexOf("</item>");
  if (end < 0) return { lines, rest: text };
  for (const [, item = ""] of text.slice(0, end + 7).matchAll(/<item>([\s\S]*?)<\/item>/g)) {
    const attributes = new Map<string, string>();
    for (const [, name = "", value = ""] of item.matchAll(/<(g:\w+)>([^<]*)<\/\1>/g))
      if (!attributes.has(name)) attributes.set(name, unescaped(value));
    const sku = attributes.get("g:id");
    if (sku !== undefined) lines.push({ sku, storeCode: "", values: itemValues(attributes, at) });
  }
  return { lines, rest: text.slice(end + 7) };
}

/** A price that holds at an instant; one whose dates are over is none, as its readers take it. */
function saleIn(price: string | undefined, dates: string | undefined, at: Date): string | null {
  if (price === undefined || price === "") return null;
  const [from, to] = (dates ?? "").split("/").map((text) => Date.parse(text.replace(/([+-]\d\d)(\d\d)$/, "$1:$2")));
  const isOver = to !== undefined && to <= at.getTime();
  return isOver || (from !== undefined && from > at.getTime()) ? null : price;
}

function itemValues(attributes: ReadonlyMap<string, string>, at: Date): Values {
  const measure = attributes.get("g:unit_pricing_measure");
  const perMeasure = (price: string | null): string | null => (price !== null && measure !== undefined ? `${price} / ${measure}` : price);
  return {
    name: attributes.get("g:title") ?? null,
    price: perMeasure(attributes.get("g:price") ?? null),
    promotion: perMeasure(saleIn(attributes.get("g:sale_price"), attributes.get("g:sale_price_effective_date"), at)),
    picture: pathOf(attributes.get("g:image_link")),
    availability: withDay(attributes.get("g:availability") ?? null, attributes.get("g:availability_date")),
  };
}

const unescaped = (text: string): string => text.replaceAll(/&(?:lt|gt|quot|apos|amp);/g, (entity) => ENTITIES[entity] ?? entity);

/** The columns of a local inventory feed by their names: those that are needed, or undefined where the head is none. */
export function readInventoryHead(line: string): readonly number[] | undefined {
  const columns = line.split("\t");
  const found = ["store_code", "id", "quantity", "price", "availability", "sale_price", "sale_price_effective_date"].map((name) =>
    columns.indexOf(name),
  );
  return found.includes(-1) ? undefined : found;
}

/** One line of a local inventory feed; goods that are not counted have no quantity, and are made to order while they are in stock. */
export function readInventoryLine(line: string, columns: readonly number[], at: Date): FeedLine | undefined {
  const cells = line.split("\t");
  const [storeCode, sku, quantity, price, availability, sale, dates] = columns.map((at) => cells[at]);
  if (storeCode === undefined || sku === undefined || sku === "") return undefined;
  const units = quantity !== undefined && quantity !== "" ? quantity : availability === "in stock" ? "made_to_order" : "0";
  return { sku, storeCode, values: { price: price ?? null, promotion: saleIn(sale, dates, at), availability: units } };
}

/** What the head of a product's page says of its offers, by SKU; null where it has no readable data. */
export function readPageData(html: string): ReadonlyMap<string, Values> | null {
  const [, json] = /<script type="application\/ld\+json">([\s\S]*?)<\/script>/.exec(html) ?? [];
  if (json === undefined) return null;
  let data: unknown;
  try {
    data = JSON.parse(json);
  } catch {
    return null;
  }
  if (!isRecord(data)) return null;
  const name = textIn(data, "name");
  const images = data["image"];
  const [first] = Array.isArray(images) ? images : [];
  const offers = data["offers"];
  const values = new Map<string, Values>();
  for (const offer of Array.isArray(offers) ? offers : [offers]) {
    if (!isRecord(offer)) continue;
    const sku = textIn(offer, "sku");
    if (sku === null) continue;
    const struck = offer["priceSpecification"];
    const price = priceIn(offer);
    values.set(sku, {
      name,
      price: isRecord(struck) ? priceIn(struck) : price,
      promotion: isRecord(struck) ? price : null,
      picture: pathOf(typeof first === "string" ? first : null),
      availability: withDay(stateIn(textIn(offer, "availability")), textIn(offer, "availabilityStarts") ?? undefined),
    });
  }
  return values;
}

function priceIn(offer: Readonly<Record<string, unknown>>): string | null {
  const [price, currency] = [textIn(offer, "price"), textIn(offer, "priceCurrency")];
  return price !== null && currency !== null ? `${price} ${currency}` : null;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function textIn(record: Readonly<Record<string, unknown>>, key: string): string | null {
  const value = record[key];
  return typeof value === "string" ? value : null;
}

/** What is sold before it is there says on which day it comes. */
const withDay = (state: string | null, day: string | undefined): string | null => (state && day ? `${state} ${day.slice(0, 10)}` : state);

function stateIn(address: string | null | undefined): string {
  if (address?.endsWith("/BackOrder")) return "backorder";
  if (address?.endsWith("/PreOrder")) return "preorder";
  return address?.endsWith("/InStock") ? "in_stock" : "out_of_stock";
}

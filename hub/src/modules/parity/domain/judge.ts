import type { Facet, LinkLevel } from "@weft/contracts";
import { PARITY_ATTRIBUTES, type ParityAttribute, type ParityWindowKind } from "@weft/contracts/client";
import type { Behind, Cell, Expected, Fix, Judged, Reason, Source, Values } from "./facts.ts";

/** The facet of the link levels that lets a channel have an attribute of its own; those without one are the same on every level [PAR-2]. */
const FACET_OF: { readonly [A in ParityAttribute]?: Facet } = {
  price: "price",
  promotion: "price",
  availability: "promise",
  promise: "promise",
  points: "loyalty",
  return_terms: "order",
};

/** What each attribute is read from, and so what a late window may not know yet [PAR-3]. */
const SOURCE_OF: Readonly<Record<ParityAttribute, Source>> = {
  listed: "catalog",
  name: "catalog",
  price: "pricing",
  promotion: "pricing",
  tax: "catalog",
  picture: "catalog",
  availability: "stock",
  promise: "stock",
  points: "pricing",
  hours: "places",
  return_terms: "places",
};

/** Where it is mended when nothing says why it differs. */
const FIX_OF: Readonly<Record<ParityAttribute, Fix>> = {
  listed: "product",
  name: "product",
  price: "product",
  promotion: "product",
  tax: "product",
  picture: "product",
  availability: "product",
  promise: "product",
  points: "product",
  hours: "store",
  return_terms: "store",
};

/** What a window stands on: how far its channel is linked at its place, per facet, and since when it is behind. */
export type Standing = { readonly kind: ParityWindowKind; readonly levels: Readonly<Record<Facet, LinkLevel>>; readonly behind: Behind };

/**
 * Judges everything that a window says of one thing [PAR-1]. `shown` undefined: it says nothing of it at all. Attributes that the window
 * does not show are not compared.
 */
export function judgeThing(shown: Values | undefined, expected: Expected, standing: Standing): Cell[] {
  const cells: Cell[] = [];
  const isListed = shown === undefined ? null : "yes";
  const listed = judge(
    { shown: isListed, house: expected.house.listed ?? null, own: expected.own.listed ?? null },
    "listed",
    expected,
    standing,
  );
  if (expected.house.listed !== undefined)
    cells.push({ attribute: "listed", expected: wanted(expected, "listed", standing), shown: isListed, judged: listed });
  if (shown === undefined) return cells;
  for (const attribute of PARITY_ATTRIBUTES) {
    const [says, house, own] = [shown[attribute], expected.house[attribute], expected.own[attribute]];
    if (attribute === "listed" || says === undefined || house === undefined || own === undefined) continue;
    cells.push({
      attribute,
      expected: wanted(expected, attribute, standing),
      shown: says,
      judged: judge({ shown: says, house, own }, attribute, expected, standing),
    });
  }
  return cells;
}

/** What should be seen: what everybody shows where the channel is linked, else what is the channel's own. */
function wanted({ house, own }: Expected, attribute: ParityAttribute, { levels }: Standing): string | null {
  return (isLinked(attribute, levels) ? house[attribute] : own[attribute]) ?? null;
}

function isLinked(attribute: ParityAttribute, levels: Standing["levels"]): boolean {
  const facet = FACET_OF[attribute];
  return facet === undefined || levels[facet] === "linked";
}

type Sides = { readonly shown: string | null; readonly house: string | null; readonly own: string | null };

/**
 * One value against the records [PAR-1]: what everybody shows is the same. What is the channel's own is allowed where it is not linked
 * [PAR-2] or was left out on purpose, else it is wrong. What is neither lags where the window is older than a change of the records
 * [PAR-3], else it is wrong.
 */
export function judge(
  { shown, house, own }: Sides,
  attribute: ParityAttribute,
  { reasons }: Pick<Expected, "reasons">,
  standing: Standing,
): Judged {
  const linked = isLinked(attribute, standing.levels);
  if (shown === house && (linked || own === house)) return { verdict: "same" };
  const reason = reasons[attribute];
  if (shown === own) return ownValue(reason, linked, levelAt(attribute, standing), attribute);
  const since = standing.behind[SOURCE_OF[attribute]];
  const isFeed = standing.kind === "product_feed" || standing.kind === "inventory_feed";
  const fix: Fix = isFeed ? "renew_feed" : FIX_OF[attribute];
  if (since) return { verdict: "lagging", because: { kind: isFeed ? "feed_older" : "cache_older" }, since, fix, fixId: null };
  return { verdict: "wrong", because: { kind: isFeed ? "feed_differs" : "shown_differs" }, since: null, fix, fixId: null };
}

const levelAt = (attribute: ParityAttribute, { levels }: Standing): LinkLevel => levels[FACET_OF[attribute] ?? "identity"];

/** Left out on purpose: a rule of the window, a decision about this channel that is told apart from its prices, or places that it is not linked with. */
const ON_PURPOSE: ReadonlySet<string> = new Set(["excluded", "no_gross_price", "long_sku", "not_linked"]);

function ownValue(reason: Reason | undefined, linked: boolean, level: LinkLevel, attribute: ParityAttribute): Judged {
  const because = reason?.because ?? { kind: "own" };
  const place = { since: null, fix: reason?.fix ?? FIX_OF[attribute], fixId: reason?.fixId ?? null };
  if (ON_PURPOSE.has(because.kind)) return { verdict: "allowed", because, ...place };
  if (linked) return { verdict: "wrong", because, ...place };
  return { verdict: "allowed", because: { kind: because.kind, data: { ...because.data, level } }, ...place };
}

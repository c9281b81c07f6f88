import type { CartId, LineId, PlaceId } from "@weft/kernel";
import { recallOf } from "../../batches/domain/index.ts";
import { monthOf, passedLimit } from "../../companies/domain/index.ts";
import type { PricedCart } from "../../pricing/domain/index.ts";
import type { JointPromise } from "../../promises/domain/index.ts";
import type { AssessedCart, AssessedLine, AssessFacts, Requirement, SellingPlace } from "./assessed.ts";
import { collectionRequirements, promiseRequirements } from "./assess-collections.ts";
import { deliveryRequirements, notShippable } from "./assess-shipping.ts";
import { whyNoTime } from "./booked.ts";
import type { LoadedCart, Wanted } from "./cart.ts";
import { heldFor, isHeld } from "./held.ts";
import { heldAsOf } from "./held-slots.ts";
import { sharesOf } from "./parcels.ts";

type Assessing = AssessFacts &
  Pick<AssessedCart, "promise" | "delivery" | "collections" | "slots"> & {
    /** The lines that travel. */
    readonly sent: ReadonlySet<LineId>;
  };

/** [CRT-6] The one list of what is missing: an empty cart, no place, goods not sold or sold out there, a price unknown, stock short. */
export function requirementsOf(
  cart: LoadedCart,
  wanted: Wanted | null,
  lines: readonly AssessedLine[],
  priced: PricedCart,
  facts: Assessing,
): Requirement[] {
  const found: Requirement[] = [];
  const company = companyRequirement(cart, priced, facts);
  if (cart.lines.length === 0) found.push({ code: "cart.empty", lineId: null });
  if (facts.delivery) found.push(...deliveryRequirements(facts.delivery));
  found.push(...collectionRequirements(cart.id, facts.collections, facts.slots));
  if (wanted?.kind !== "ship") found.push(...placeRequirements(wanted, facts.place));
  for (const line of cart.lines)
    if (!lines.some((known) => known.id === line.id)) found.push({ code: "product.gone", lineId: line.id, data: { sku: line.sku } });
  if (company) found.push(company);
  for (const problem of priced.problems) found.push({ code: problem.code, lineId: problem.lineId });
  if (facts.place.placeId)
    for (const line of lines)
      found.push(...lineRequirements(cart, line, facts.place.placeId, { ...facts, isSent: facts.sent.has(line.id) }));
  if (wanted && wanted.kind !== "ship") found.push(...promiseRequirement(cart.id, wanted, facts));
  return found;
}

function placeRequirements(wanted: Wanted | null, { placeId, isServing }: SellingPlace): Requirement[] {
  if (!placeId || !wanted) return [{ code: "cart.place_missing", lineId: null }];
  return isServing ? [] : [{ code: "places.not_serving", lineId: null, data: { placeId } }];
}

/** What its lines lack is said by line; here is what the hours of the place do to the whole [PRM-5]. */
function promiseRequirement(
  cartId: CartId,
  wanted: Wanted,
  { promise, promising, place, handsOverNow, slots }: AssessFacts & Pick<AssessedCart, "slots"> & { readonly promise: JointPromise | null },
): Requirement[] {
  if (!promise || !promising || !place.isServing || (handsOverNow && wanted.kind === "take_away")) return [];
  const kind = wanted.kind === "take_away" ? "take_away" : "collect";
  const slot = slots.find(({ heldAs }) => heldAs === heldAsOf(cartId));
  return promiseRequirements(promise, { ...wanted, kind }, { promising, slot, lineId: null });
}

/** [CMP-7] What is left of the limit that this cart would pass; what counts is decided when it becomes an order. */
function companyRequirement({ company }: LoadedCart, priced: PricedCart, { at, place }: AssessFacts): Requirement | null {
  const total = { amount: priced.totals.total, currency: priced.currency };
  const passed = company && passedLimit(company, total, monthOf(at, place.timeZone));
  return passed ? { code: "company.over_limit", lineId: null, data: { ...passed } } : null;
}

function lineRequirements(
  cart: LoadedCart,
  line: AssessedLine,
  placeId: PlaceId,
  facts: AssessFacts & { readonly isSent: boolean },
): Requirement[] {
  const recall = recallOf(facts.recalls ?? [], line);
  if (recall) return [{ code: "product.recalled", lineId: line.id, data: { sku: line.sku, reason: recall.reason } }];
  const noTime = whyNoTime(line, line, facts);
  if (noTime) return [{ ...noTime, lineId: line.id }];
  const stays = facts.isSent && notShippable(line);
  if (stays) return [stays];
  const shares = sharesOf(line, placeId);
  if (shares.some((share) => !facts.inAssortment(line.productId, share.placeId)))
    return [{ code: "product.not_sold_here", lineId: line.id, data: { sku: line.sku } }];
  if (line.soldOut) return [{ code: "product.sold_out", lineId: line.id, data: { sku: line.sku } }];
  if (!line.tracked || isHeld(cart, line, placeId)) return [];
  const there = shares.map((share) => Math.max(0, share.available ?? 0) + heldFor(cart, line, share.placeId));
  if (shares.every(({ quantity, ahead }, index) => (there[index] ?? 0) + (ahead?.left ?? 0) >= quantity)) return [];
  // Of several places each gives at most what it was planned for: what another one has more is planned anew with the next change.
  const available = shares.reduce(
    (sum, { quantity }, index) => sum + (shares.length === 1 ? (there[index] ?? 0) : Math.min(quantity, there[index] ?? 0)),
    0,
  );
  const { sku, variantId, quantity: requested } = line;
  return [{ code: "stock.insufficient", lineId: line.id, data: { sku, variantId, requested, available } }];
}

import type { CartOperation } from "@weft/contracts/client";
import type { PlaceId } from "@weft/kernel";
import { addressProblems, readSlotId, tidyAddress, type DeliveryMethodId } from "../../promises/domain/index.ts";
import type { Goods } from "./cart.ts";
import { withWay, type ElsewhereWay } from "./elsewhere.ts";
import type { Draft, OperationFacts, Step } from "./operations.ts";
import { refused, type Refusal } from "./refusal.ts";

type FulfillmentOperation = Extract<CartOperation, { kind: "setFulfillment" }>;

/**
 * A slot that is named is one of its place; whether there is room in it is for the hold to say [PRM-23]. Where it is shipped from is chosen when all
 * operations are applied: only then it is known what it is.
 */
export function setFulfillment({ wanted }: Draft, { id, fulfillment: given }: FulfillmentOperation, facts: OperationFacts): Step {
  if (given.kind === "ship") {
    const methodId = given.methodId as DeliveryMethodId | null; // an id by the contract
    return { change: { wanted: { kind: "ship", dining: "take_away", dueAt: null, methodId }, chosenSlot: undefined } };
  }
  const { kind, placeId, dining, dueAt, slotId } = given;
  const place = placeId as PlaceId; // an id by the contract
  if (!facts.isStore(place)) return refused("places.unknown_store", { placeId });
  const slot = slotId === undefined ? undefined : readSlotId(slotId);
  if (slotId !== undefined && slot?.placeId !== place) return refused("promise.slot_unknown", { slotId });
  const due = slot ? { dueAt: slot.startsAt, inSlot: true } : { dueAt: dueAt ? new Date(dueAt) : null };
  // Lines that go their own way go on with it: the rest is eaten here, taken along or fetched.
  const own = wanted?.kind === "ship" || !wanted?.elsewhere ? {} : { elsewhere: wanted.elsewhere, methodId: wanted.methodId ?? null };
  const chosenSlot = slot ? id : undefined;
  return { change: { placeId: place, wanted: { kind, dining: dining ?? "take_away", ...due, ...own }, chosenSlot } };
}

type Elsewhere = NonNullable<Extract<CartOperation, { kind: "add" }>["elsewhere"]>;
type ReadWay =
  | { readonly refusal: Refusal }
  | { readonly refusal?: never; readonly value: { readonly way: ElsewhereWay; readonly methodId: DeliveryMethodId | null } };

/** The way that a line is to go, where the cart has a place to go away from and another store may hand it over [CRT-26]. */
export function readWay(
  { placeId, wanted }: Pick<Draft, "placeId" | "wanted">,
  given: Elsewhere,
  goods: Goods | undefined,
  facts: OperationFacts,
): ReadWay {
  const refuse = (because: string): ReadWay => ({ refusal: { code: "cart.elsewhere_refused", data: { because } } });
  if (placeId === null || wanted === null) return refuse("no_place");
  if (wanted.kind === "ship") return refuse("ships_whole");
  if (given.kind === "ship") return { value: { way: { kind: "ship" }, methodId: given.methodId as DeliveryMethodId | null } }; // an id by the contract
  const at = given.placeId as PlaceId; // an id by the contract
  if (given.kind === "bring") {
    // What is made to order is made where it is fetched, and goods with parts travel as those.
    const mayTravel = goods?.tracked === true && goods.parts.length === 0;
    return mayTravel && facts.mayBringFrom?.(at, placeId)
      ? { value: { way: { kind: "bring", placeId: at }, methodId: null } }
      : refuse("not_brought");
  }
  const slot = given.slotId === undefined ? undefined : readSlotId(given.slotId);
  if (!facts.mayCollectAt(at, placeId) || (given.slotId !== undefined && slot?.placeId !== at)) return refuse("not_collected_there");
  const due = slot ? { dueAt: slot.startsAt, inSlot: true } : { dueAt: null };
  return { value: { way: { kind: "collect", placeId: at, ...due }, methodId: null } };
}

/** All units of a line go another way, or with the rest of the cart again. */
export function setElsewhere(
  draft: Draft,
  { lineId, elsewhere }: Extract<CartOperation, { kind: "setElsewhere" }>,
  facts: OperationFacts,
): Step {
  const line = draft.lines.find((held) => held.id === lineId);
  if (!line || !draft.wanted) return refused("cart.unknown_line", { lineId });
  const read = elsewhere === null ? null : readWay(draft, elsewhere, facts.goods.byVariant(line.variantId), facts);
  if (read?.refusal) return { refusal: read.refusal, lineId: line.id };
  return { change: { wanted: withWay(draft.wanted, line.id, read?.value.way ?? null, read?.value.methodId ?? null) }, lineId: line.id };
}

/** An address that no carrier could find is refused part by part, so that a form can mark the field [CRT-15]. */
export function setAddress(given: Extract<CartOperation, { kind: "setAddress" }>["address"]): Step {
  if (given === null) return { change: { address: null } };
  const address = tidyAddress(given);
  const errors = addressProblems(address);
  return errors.length > 0 ? refused("delivery.address_invalid", { errors }) : { change: { address } };
}

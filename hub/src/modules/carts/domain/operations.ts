import type { CartOperation, ChannelKind } from "@weft/contracts/client";
import { err, type CartId, type ChannelId, type LineId, type PlaceId, type RecordId, type Result, type StaffId } from "@weft/kernel";
import type { BuyingCompany } from "../../companies/domain/index.ts";
import type { RewardRefusal } from "../../loyalty/domain/index.ts";
import { normalizeCode, type RewardId } from "../../pricing/domain/index.ts";
import type { DeliveryAddress, DeliveryMethodId } from "../../promises/domain/index.ts";
import type { Goods, GoodsLookup, LineOption, LoadedCart, StoredLine, Wanted } from "./cart.ts";
import { timeOf, type BookedTime, type BookedTimes } from "./booked.ts";
import { elsewhereOf, sameWay, withoutGone, withWay, type ElsewhereWay } from "./elsewhere.ts";
import { completeOptions, sameOptions } from "./line-options.ts";
import { labelPriceOf } from "./price-override.ts";
import { tidyLineNote, type NotePolicy } from "./notes.ts";
import { isTypedWeight, mayNote, setNote } from "./said.ts";
import { sameTrace, type Trace } from "../../batches/domain/index.ts";
import { serialRefusal, tracedAt } from "./traced.ts";
import type { PriceHold } from "./price-hold.ts";
import { refused, type Refusal } from "./refusal.ts";
import type { TopUp, WantedTopUp } from "./top-up.ts";
import { readWay, setAddress, setElsewhere, setFulfillment } from "./wanted-ways.ts";

/** Who adds, kept on the line: the contribution of this channel and person to the sale. */
export type Adder = {
  readonly channelId: ChannelId;
  readonly channelKind: ChannelKind;
  readonly placeId: PlaceId | null;
  readonly staffId: StaffId | null;
  readonly at: Date;
};

/** What became of one operation. `repeated` ones were answered before and are not looked at again [CRT-1]. */
export type OperationOutcome = {
  readonly id: string;
  readonly outcome: "applied" | "refused";
  readonly lineId: LineId | null;
  readonly refusal: Refusal | null;
};

/** The cart as the operations leave it, before stock is asked. */
export type Draft = {
  readonly lines: readonly StoredLine[];
  readonly codes: readonly string[];
  readonly rewards: readonly RewardId[];
  readonly placeId: PlaceId | null;
  readonly wanted: Wanted | null;
  readonly address: DeliveryAddress | null;
  readonly company: BuyingCompany | null;
  readonly recordId: RecordId;
  readonly earlierCartId: CartId | null;
  readonly note?: string | undefined;
  /** The operation that chose the slot in which the whole is wanted, where one of these did. */
  readonly chosenSlot?: string | undefined;
  readonly outcomes: readonly OperationOutcome[];
};

export type OperationFacts = {
  readonly goods: GoodsLookup;
  readonly adder: Adder;
  newLineId(): LineId;
  /** The source record that stands for a customer on this cart's channel; undefined when staff has not opened that customer. */
  recordFor(customerId: string | null): RecordId | undefined;
  /** The company, when who asks may say that it is bought for it, and the customer of that record may order for it. */
  companyFor(companyId: string, recordId: RecordId): BuyingCompany | undefined;
  isStore(placeId: PlaceId): boolean;
  /** Whether goods sold at a place may be fetched at another one: a store of the same legal entity that its channel may promise. */
  mayCollectAt(placeId: PlaceId, soldAt: PlaceId): boolean;
  /** Whether goods of a place may be brought to the one that sells: one of its legal entity, where that asks others for goods at all [CRT-32]; left out: none may. */
  mayBringFrom?(placeId: PlaceId, soldAt: PlaceId): boolean;
  /** The price that staff give a line, or why they may not; left out where nobody may [CRT-23]. */
  overrideFor?(line: StoredLine, unitAmount: number, reason: string): Result<PriceHold, Refusal>;
  /** The price of a label on goods by weight, or why it is none; left out where no labels are read [CRT-33]. */
  labelFor?(goods: Goods, quantity: number, labelPrice: number): Result<PriceHold, Refusal>;
  /** What a line pays onto a gift card, or why it may not [CRT-60]; left out where nobody can be asked. */
  topUpFor?(goods: Goods, wanted: WantedTopUp): Result<TopUp, Refusal>;
  /** Why goods are not sold now, by what their code says: called back, or over their last day [BAT-2, BAT-6]; left out: nobody asks. */
  whyNotSold?(goods: Goods, trace: Trace | undefined): Refusal | undefined;
  /** The times that are booked with these operations [CRT-40]; left out: none. */
  readonly booked?: BookedTimes | undefined;
  /** Who chose what is added, by line, where that is not `adder` [CRT-41]. */
  readonly adders?: ReadonlyMap<string, Adder> | undefined;
  /** What who asks may say about the goods and the whole [CRT-34]; left out: whatever they like, as at a till. */
  readonly notes?: NotePolicy;
  /** Why the last of the draft's rewards may not be had here by its customer; undefined when it may. */
  whyNoReward(draft: Pick<Draft, "rewards" | "recordId" | "placeId">): RewardRefusal | undefined;
};

/** More lines or codes than any real cart has: a hostile client must not make every reader slow. */
export const MOST_LINES = 200;
export const MOST_CODES = 10;
export const MOST_REWARDS = 5;
const MOST_UNITS = 9999;

/**
 * Applies operations in order to a cart, each by itself: one that is refused leaves the cart as it was and says why.
 * Two devices that change different lines lose nothing; on the same line the last one wins [CRT-2].
 */
export function applyOperations(cart: LoadedCart, operations: readonly CartOperation[], facts: OperationFacts): Draft {
  const outcomes: OperationOutcome[] = [];
  let draft: Draft = {
    lines: cart.lines,
    codes: cart.codes,
    rewards: cart.rewards,
    placeId: cart.placeId,
    wanted: cart.wanted,
    address: cart.address,
    company: cart.company,
    recordId: cart.recordId,
    earlierCartId: cart.earlier?.cartId ?? null,
    note: cart.note,
    outcomes,
  };
  for (const operation of operations) {
    const { change, lineId = null, refusal = null } = applyOne(cart, draft, operation, facts);
    if (change) draft = Object.assign({}, draft, change);
    outcomes.push({ id: operation.id, outcome: refusal ? "refused" : "applied", lineId, refusal });
  }
  return { ...draft, wanted: withoutGone(draft.wanted, draft.lines) };
}

export type Step = { readonly change?: Partial<Draft>; readonly lineId?: LineId; readonly refusal?: Refusal };

function applyOne(cart: LoadedCart, draft: Draft, operation: CartOperation, facts: OperationFacts): Step {
  switch (operation.kind) {
    case "add": {
      const goods = facts.goods.bySku(operation.sku);
      if (!goods) return refused("catalog.unknown_sku", { sku: operation.sku });
      // What is shipped leaves from where the hub says, whatever store somebody stands in.
      const isShipped = draft.wanted?.kind === "ship";
      const placeId = isShipped ? draft.placeId : ((operation.placeId as PlaceId | undefined) ?? draft.placeId); // an id by the contract
      if (placeId && !isShipped && !facts.isStore(placeId)) return refused("places.unknown_store", { placeId });
      const way = operation.elsewhere && readWay({ ...draft, placeId }, operation.elsewhere, goods, facts);
      if (way?.refusal) return way;
      const quantity = operation.topUp ? 1 : operation.quantity;
      // Ids by the contract.
      const added = { goods, options: operation.options, quantity, lineId: operation.lineId as LineId | undefined };
      const trace = tracedAt(operation, facts);
      const stopped = facts.whyNotSold?.(goods, trace) ?? serialRefusal(draft.lines, goods, trace, operation.quantity);
      if (stopped) return { refusal: stopped };
      const note = operation.note === undefined ? undefined : tidyLineNote(operation.note);
      if (note && !mayNote(goods, facts)) return refused("cart.note_refused", { sku: goods.sku });
      const time = timeOf(goods, added.lineId, { booked: facts.booked, isAtCounter: facts.adder.channelKind === "store" });
      if (!time.ok) return { refusal: time.error };
      const label =
        operation.labelPrice === undefined ? null : (facts.labelFor?.(goods, operation.quantity, operation.labelPrice) ?? NO_LABELS);
      if (label && !label.ok) return { refusal: label.error };
      const topUp = operation.topUp && (facts.topUpFor?.(goods, operation.topUp) ?? NO_HUB);
      if (topUp && !topUp.ok) return { refusal: topUp.error };
      const beside = {
        ...(time.value && { booked: time.value }),
        ...(topUp && { topUp: topUp.value }),
        ...(note && { note }),
        ...(isTypedWeight(operation, goods, facts) && { isTyped: true as const }),
        ...(trace && { trace }),
      };
      const step = addLine(draft, { ...added, ...beside, ...(way && { way: way.value }), ...(label && { priceHold: label.value }) }, facts);
      return step.change ? { ...step, change: { ...step.change, placeId } } : step;
    }
    case "setQuantity":
      return operation.quantity === 0 ? removeLine(draft, operation.lineId) : setQuantity(draft, operation.lineId, operation.quantity);
    case "remove":
      return removeLine(draft, operation.lineId);
    case "setElsewhere":
      return setElsewhere(draft, operation, facts);
    case "setPrice":
      return setPrice(draft, operation, facts);
    case "setNote":
      return setNote(draft, operation, facts);
    case "applyCode": {
      const code = normalizeCode(operation.code);
      if (draft.codes.includes(code)) return {};
      return draft.codes.length >= MOST_CODES
        ? refused("cart.too_many_codes", { most: MOST_CODES })
        : { change: { codes: [...draft.codes, code] } };
    }
    case "removeCode": {
      const code = normalizeCode(operation.code);
      return { change: { codes: draft.codes.filter((held) => held !== code) } };
    }
    case "applyReward":
      return applyReward(draft, operation.rewardId as RewardId, facts); // an id by the contract
    case "removeReward": {
      const at = draft.rewards.lastIndexOf(operation.rewardId as RewardId); // see above
      return { change: { rewards: draft.rewards.filter((_, index) => index !== at) } };
    }
    case "setCustomer": {
      const recordId = facts.recordFor(operation.customerId);
      // Where the one lived is nothing for the other to see.
      const isSame = recordId === draft.recordId;
      const address = isSame ? draft.address : null;
      return recordId
        ? { change: { recordId, address, company: isSame ? draft.company : null } }
        : refused("cart.customer_not_opened", { customerId: operation.customerId });
    }
    case "setCompany": {
      if (operation.companyId === null) return { change: { company: null } };
      const company = facts.companyFor(operation.companyId, draft.recordId);
      return company ? { change: { company } } : refused("company.may_not_order", { companyId: operation.companyId });
    }
    case "setFulfillment":
      return setFulfillment(draft, operation, facts);
    case "setAddress":
      return setAddress(operation.address);
    case "takeEarlierLine": {
      const line = cart.earlier?.lines.find((offered) => offered.id === operation.lineId);
      const goods = line && facts.goods.byVariant(line.variantId);
      if (!line || !goods || draft.earlierCartId === null) return refused("cart.unknown_line", { lineId: operation.lineId });
      // Whoever had a time for it chooses one anew.
      if (goods.kind === "service") return refused("cart.time_missing", { sku: goods.sku });
      const { options, quantity, note } = line;
      return addLine(draft, { goods, options, quantity, lineId: undefined, ...(note !== undefined && { note }) }, facts);
    }
    case "dismissEarlier":
      return { change: { earlierCartId: null } };
  }
}

const NO_HUB = err<Refusal>({ code: "gift_card.needs_hub", data: {} });
const NO_LABELS = err<Refusal>({ code: "price.not_yours", data: {} });

function applyReward(draft: Draft, rewardId: RewardId, facts: OperationFacts): Step {
  if (draft.rewards.length >= MOST_REWARDS) return refused("cart.too_many_rewards", { most: MOST_REWARDS });
  const rewards = [...draft.rewards, rewardId];
  const because = facts.whyNoReward({ ...draft, rewards });
  if (!because) return { change: { rewards } };
  const { kind, ...data } = because;
  return refused(`reward.${kind}`, { rewardId, ...data });
}

type Added = {
  readonly goods: Goods;
  readonly options: readonly LineOption[] | undefined;
  readonly quantity: number;
  readonly lineId: LineId | undefined;
  /** Left out: it goes with the rest of the cart. */
  readonly way?: { readonly way: ElsewhereWay; readonly methodId: DeliveryMethodId | null };
  /** What its label says that it costs [CRT-33]. */
  readonly priceHold?: PriceHold;
  readonly note?: string;
  readonly isTyped?: true;
  readonly trace?: Trace;
  /** A service at its time. */
  readonly booked?: BookedTime;
  /** More on a gift card that is there. */
  readonly topUp?: TopUp;
};

/** The same goods of one batch with the same options and note that go the same way are one line; what was weighed is one of its own each time [CRT-33]. */
function addLine(draft: Draft, { goods, options: chosen, quantity, lineId, way, priceHold, ...said }: Added, facts: OperationFacts): Step {
  const options = completeOptions(goods, chosen ?? []);
  if ("refusal" in options) return { refusal: options.refusal };
  const same = draft.lines.find(
    (line) =>
      goods.unit !== "gram" &&
      !said.booked &&
      !line.booked &&
      !said.topUp &&
      !line.topUp &&
      line.variantId === goods.variantId &&
      sameOptions(line.options, options.value) &&
      line.note === said.note &&
      sameTrace(line.trace, said.trace) &&
      sameWay(elsewhereOf(draft.wanted, line.id), way?.way),
  );
  if (same) {
    const step = setQuantity(draft, same.id, same.quantity + quantity);
    return step.refusal ? step : { ...step, lineId: same.id };
  }
  if (draft.lines.length >= MOST_LINES) return refused("cart.too_many_lines", { most: MOST_LINES });
  const id = lineId && !draft.lines.some((line) => line.id === lineId) ? lineId : facts.newLineId();
  const position = 1 + Math.max(0, ...draft.lines.map((line) => line.position));
  const line: StoredLine = {
    id,
    position,
    variantId: goods.variantId,
    productId: goods.productId,
    sku: goods.sku,
    options: options.value,
    quantity,
    addedBy: facts.adders?.get(id) ?? facts.adder,
    available: null,
    soldOut: false,
    priceHold: priceHold ?? null,
    ...said,
  };
  const wanted = way && draft.wanted ? { wanted: withWay(draft.wanted, id, way.way, way.methodId) } : {};
  return { change: { lines: [...draft.lines, line], ...wanted }, lineId: id };
}

function setQuantity(draft: Draft, lineId: string, quantity: number): Step {
  const line = draft.lines.find((held) => held.id === lineId);
  if (!line) return refused("cart.unknown_line", { lineId });
  // A label is for what was weighed: another weight is another label.
  if (labelPriceOf(line) && quantity !== line.quantity) return refused("cart.weighed", { lineId });
  // So many seats are held: another number is another booking.
  if (line.booked && quantity !== line.quantity) return refused("cart.seats_booked", { lineId });
  // An amount was said for one card.
  if (line.topUp && quantity !== line.quantity) return refused("gift_card.one_amount", { lineId });
  // A serial number is that of one thing.
  if (line.trace?.serial !== undefined && quantity !== line.quantity) return refused("cart.serial_once", { lineId });
  if (quantity > MOST_UNITS) return refused("cart.too_many_units", { lineId, most: MOST_UNITS });
  const units = line.priceHold?.override?.units;
  const isMore = units !== undefined && quantity > units;
  const changed = { ...line, quantity, ...(isMore && { priceHold: null }) };
  return { change: { lines: draft.lines.map((held) => (held === line ? changed : held)) }, lineId: line.id };
}

/** A price of null gives the line that of its list again. */
function setPrice(
  draft: Draft,
  { lineId, unitAmount, reason = "" }: Extract<CartOperation, { kind: "setPrice" }>,
  facts: OperationFacts,
): Step {
  const line = draft.lines.find((held) => held.id === lineId);
  if (!line) return refused("cart.unknown_line", { lineId });
  if (!facts.overrideFor || (unitAmount !== null && reason === "")) return refused("price.not_yours", { lineId });
  const given = unitAmount === null ? null : facts.overrideFor(line, unitAmount, reason);
  if (given && !given.ok) return refused(given.error.code, { lineId, ...given.error.data });
  const priceHold = given ? given.value : null;
  return { change: { lines: draft.lines.map((held) => (held === line ? { ...held, priceHold } : held)) }, lineId: line.id };
}

/** Removing what is gone already is no mistake: two devices may both have tapped it. */
function removeLine(draft: Draft, lineId: string): Step {
  return { change: { lines: draft.lines.filter((line) => line.id !== lineId) } };
}

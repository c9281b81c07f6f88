import type { CartOperation, CartView, OperationResultView } from "@weft/contracts";
import { asId, err, ok, wallClock, type CartId, type LineId, type RecordId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { publish, trailing, type Ctx } from "../../../platform/index.ts";
import { auditWrite } from "../../access/index.ts";
import { recallsSnapshot } from "../../batches/index.ts";
import { catalogSnapshot } from "../../catalog/index.ts";
import { channelsSnapshot } from "../../channels/index.ts";
import { provisionalRecord, recordForTill } from "../../customers/index.ts";
import { placesOffered } from "../../promises/index.ts";
import { companyForCart, type BuyingCompany, type CompanyId } from "../../companies/index.ts";
import { judgeRewards, programNow, purseOf, type Purse } from "../../loyalty/index.ts";
import { placesSnapshot, type Place } from "../../places/index.ts";
import {
  applyOperations,
  planPrices,
  whyNotSold,
  withOverridesHeld,
  withPromise,
  type Adder,
  type BookedTimes,
  type LoadedCart,
  type OperationFacts,
  type StoredLine,
} from "../domain/index.ts";
import type { CartError } from "../errors.ts";
import { CurrentCartChanged } from "../events.ts";
import { assessCart, priceHolding, usedUpFor } from "../queries/assess-cart.ts";
import { lockCart, type StoredResult } from "../queries/load-cart.ts";
import { notesAt } from "../queries/notes-at.ts";
import { showAssessed, showCart } from "../queries/show-cart.ts";
import { mayBuyFor } from "../may-use.ts";
import { holdAll } from "./hold-slots.ts";
import { whyNotOperate } from "./may-operate.ts";
import { labelJudge } from "./label-price.ts";
import { overrideJudge } from "./override-price.ts";
import { topUpJudge } from "./top-up.ts";
import { withoutPersonal } from "./ship-from.ts";
import { heldPriceRow } from "./hold-prices.ts";
import { tellServicesLeft } from "./services-left.ts";

type HeldAll = Awaited<ReturnType<typeof holdAll>>;

export type OperatedCart = { readonly cart: CartView; readonly results: readonly OperationResultView[]; readonly stored: LoadedCart };

type Wanted = {
  readonly cartId: CartId;
  readonly operations: readonly CartOperation[];
  readonly token?: string;
  /** The times that are booked with what is added, by line [CRT-40]. */
  readonly booked?: BookedTimes;
  /** Who chose what is added, by line, where that is not the caller [CRT-41]. */
  readonly adders?: ReadonlyMap<string, Adder>;
  /** Where services that are removed go on with their time; left out: it is free [CRT-40]. */
  readonly movedTo?: CartId;
};

/**
 * Applies operations in order under the cart's lock and answers each by itself; one that came before is answered as then [CRT-1].
 * Statements: lock and read, hold room where a slot is chosen, hold stock where goods are counted and a place is chosen, write. Publishes `cart.changed.v1`.
 * Errors: `cart.unknown`, `cart.closed`, `cart.completing`, `cart.not_yours`.
 */
export async function operate(ctx: Ctx, wanted: Wanted): Promise<Result<OperatedCart, CartError>> {
  const locked = await lockCart(
    ctx,
    wanted.cartId,
    wanted.operations.map(({ id }) => id),
  );
  if (!locked) return err({ code: "cart.unknown" });
  const { cart, repeated } = locked;
  const refusal = whyNotOperate(ctx, cart, wanted);
  const fresh = firstOfEach(wanted.operations).filter(({ id }) => !(id in repeated));
  // A repeat is answered as before, whatever became of the cart: the client only wants to know that it arrived.
  if (refusal && (fresh.length > 0 || refusal.code === "cart.unknown" || refusal.code === "cart.not_yours")) return err(refusal);
  if (fresh.length === 0)
    return ok({ cart: await showCart(ctx.snapshots, cart, ctx.now), results: answers(wanted.operations, repeated, {}), stored: cart });

  const draft = applyOperations(cart, fresh, beside(await factsFor(ctx, cart, fresh), wanted));
  const { held, usedUpCodes, purse, prices, assessed } = await promised(ctx, cart, await holdAll(ctx, cart, draft));
  const results = Object.fromEntries(
    held.draft.outcomes.map(({ id, outcome, lineId, refusal: why }): [string, StoredResult] => [
      id,
      { outcome, lineId, code: why?.code ?? null, data: why?.data ?? null },
    ]),
  );
  await writeDraft(ctx, cart, held, { pricesUntil: prices.until, operations: fresh, results, movedTo: wanted.movedTo ?? null });
  if (ctx.actor.staff && fresh.some(({ kind }) => kind === "setCompany"))
    await auditWrite(ctx, { action: "carts.operate", subject: `cart/${cart.id}`, reason: "setCompany" });
  const after = { ...afterwards(cart, held, await channelKind(ctx), ctx.now), usedUpCodes, purse, pricesUntil: prices.until };
  if (after.recordId !== cart.recordId || isBegunForThem(cart, after))
    await publish(ctx, CurrentCartChanged, `record/${after.recordId}`, {
      recordId: after.recordId,
      cartId: after.current ? after.id : null,
    });
  // Another customer has another name and prices of their own: only then is the cart read again.
  const shown = after.recordId === cart.recordId ? after : ((await lockCart(ctx, cart.id))?.cart ?? after);
  const priced = shown === after ? withPromise(assessed, after, ctx.now) : undefined;
  const view = priced ? await showAssessed(ctx.snapshots, shown, priced) : await showCart(ctx.snapshots, shown, ctx.now);
  return ok({ cart: view, results: answers(wanted.operations, repeated, results), stored: shown });
}

/**
 * The draft with what its lines are shown for from now on [CRT-10], planned before the write so that both are one statement. Only a code
 * that was typed just now asks whether it is used up: of the others the cart says so.
 */
async function promised(ctx: Ctx, cart: LoadedCart, held: HeldAll) {
  const typed = held.draft.codes.filter((code) => !cart.codes.includes(code));
  const purse = held.draft.rewards.length > 0 ? await purseOf(ctx, held.draft.recordId) : null;
  const usedUpCodes = [...cart.usedUpCodes, ...(typed.length > 0 ? await usedUpFor(ctx, typed, held.draft.recordId) : [])];
  const shown = withOverridesHeld({ ...afterwards(cart, held, cart.channelKind, ctx.now), usedUpCodes, purse });
  const assessed = await assessCart(ctx.snapshots, shown, { at: ctx.now });
  const prices = planPrices(shown, assessed.priced, await priceHolding(ctx.snapshots, shown), ctx.now);
  const lines = held.draft.lines.map((line) => ({ ...line, priceHold: prices.holds.get(line.id) ?? null }));
  return { held: { ...held, draft: { ...held.draft, lines } }, usedUpCodes, purse, prices, assessed };
}

/** A ticket that got its first line: the customer it is for can go on with it in the app [CRT-9]. */
function isBegunForThem(before: LoadedCart, after: LoadedCart): boolean {
  return !after.current && after.customer?.known === true && before.lines.length === 0 && after.lines.length > 0;
}

/** One call may hold the same operation twice, when a client joined two of its retries. */
function firstOfEach(operations: readonly CartOperation[]): CartOperation[] {
  return operations.filter((operation, index) => operations.findIndex(({ id }) => id === operation.id) === index);
}

async function factsFor(ctx: Ctx, cart: LoadedCart, operations: readonly CartOperation[]): Promise<OperationFacts> {
  const [goods, places, kind] = await Promise.all([
    ctx.snapshots.current(catalogSnapshot),
    ctx.snapshots.current(placesSnapshot),
    channelKind(ctx),
  ]);
  const records = await recordsFor(ctx, operations);
  const overrideFor = await overrideJudge(ctx, cart, operations);
  const labelFor = await labelJudge(ctx, cart, operations);
  const topUpFor = await topUpJudge(ctx, cart, operations);
  return {
    ...(overrideFor && { overrideFor }),
    ...(labelFor && { labelFor }),
    ...(await stoppedBy(ctx, cart)),
    ...(topUpFor && { topUpFor }),
    ...(isCustomer(ctx) && { notes: await notesAt(ctx.snapshots, cart.placeId) }),
    goods,
    adder: {
      channelId: ctx.actor.channelId ?? cart.channelId,
      channelKind: kind,
      placeId: ctx.actor.device?.placeId ?? ctx.actor.placeId,
      staffId: ctx.actor.staff?.id ?? null,
      at: ctx.now,
    },
    newLineId: () => ctx.newId<LineId>(),
    recordFor: (customerId) => records.get(customerId),
    whyNoReward: await rewardJudge(ctx, cart, operations, records),
    companyFor: await companiesNamed(ctx, cart, operations, records),
    isStore: (placeId) => {
      const place = places.places.get(placeId);
      return place !== undefined && place.kind !== "warehouse" && place.status === "active";
    },
    mayCollectAt: operations.some((one) => "elsewhere" in one && one.elsewhere) ? await collectJudge(ctx, cart) : () => false,
    mayBringFrom: (placeId, soldAt) => {
      const [from, here] = [places.places.get(placeId), places.places.get(soldAt)];
      return here !== undefined && mayBring(from, here);
    },
  };
}

/** Why goods are not sold, by what is called back now and the day at the place [BAT-2, BAT-6]. In memory: no statement. */
async function stoppedBy(ctx: Ctx, { placeId }: LoadedCart): Promise<Pick<OperationFacts, "whyNotSold">> {
  const recalls = await ctx.snapshots.current(recallsSnapshot);
  const { places } = await ctx.snapshots.current(placesSnapshot);
  const timeZone = (placeId && places.get(placeId)?.timeZone) ?? "UTC";
  return { whyNotSold: (goods, trace) => whyNotSold(goods, trace, { recalls, today: wallClock(ctx.now, timeZone).date }) };
}

/** What comes along with these operations: times that are booked, and who chose what is added. What an adviser said of it is taken over as it is. */
function beside({ notes, ...facts }: OperationFacts, { booked, adders }: Wanted): OperationFacts {
  return { ...facts, ...(notes && !adders && { notes }), booked, adders };
}

/** Staff say what they are told; who buys may where the place wants it [CRT-34]. */
const isCustomer = ({ actor }: Ctx): boolean => actor.staff === null && actor.device === null;

/** Whether goods of one place are brought to another where somebody asks for them [CRT-32]. */
function mayBring(from: Place | undefined, here: Place): boolean {
  return here.settings.bringDays > 0 && from?.status === "active" && from.entityId === here.entityId && from.id !== here.id;
}

/** Where what is sold at a place may be fetched instead [CRT-26]: at stores of its legal entity that the channel may promise. In memory. */
async function collectJudge(ctx: Ctx, { sellingChannelId: channelId }: LoadedCart): Promise<OperationFacts["mayCollectAt"]> {
  const { places } = await ctx.snapshots.current(placesSnapshot);
  const offered = await placesOffered(ctx, { channelId }, [...places.values()]);
  return (placeId, soldAt) => {
    const [place, here] = [places.get(placeId), places.get(soldAt)];
    return (
      place !== undefined &&
      place.kind !== "warehouse" &&
      place.status === "active" &&
      place.entityId === here?.entityId &&
      offered(placeId)
    );
  };
}

/**
 * Why the last reward of a draft may not be had. Whose points it would burn is asked for only when a reward is, for the customer of the
 * cart and those whom these operations name.
 */
async function rewardJudge(
  ctx: Ctx,
  cart: LoadedCart,
  operations: readonly CartOperation[],
  records: ReadonlyMap<string | null, RecordId>,
): Promise<OperationFacts["whyNoReward"]> {
  if (!operations.some(({ kind }) => kind === "applyReward")) return () => undefined;
  const program = await programNow(ctx);
  const purses = new Map<RecordId, Purse | null>();
  for (const recordId of new Set([cart.recordId, ...records.values()])) purses.set(recordId, await purseOf(ctx, recordId));
  return ({ rewards, recordId, placeId }) => {
    const stand = { at: ctx.now, channelId: cart.sellingChannelId, placeId };
    const last = judgeRewards(program?.rewards ?? new Map(), rewards, stand, purses.get(recordId) ?? null).at(-1);
    return last?.kind === "refused" ? last.because : undefined;
  };
}

/**
 * The companies that these operations name, for the customers they could be of [CRT-16]: only the cart's own customer, whoever serves them and
 * their channel's server may say that a cart is bought for one; who joined by a code may not spend what is another's.
 */
async function companiesNamed(
  ctx: Ctx,
  cart: LoadedCart,
  operations: readonly CartOperation[],
  records: ReadonlyMap<string | null, RecordId>,
): Promise<OperationFacts["companyFor"]> {
  const found = new Map<string, BuyingCompany>();
  if (!mayBuyFor(ctx.actor, cart)) return () => undefined;
  for (const operation of operations) {
    if (operation.kind !== "setCompany" || operation.companyId === null) continue;
    for (const recordId of new Set([cart.recordId, ...records.values()])) {
      const company = await companyForCart(ctx, asId<CompanyId>(operation.companyId), recordId);
      if (company) found.set(`${operation.companyId} ${recordId}`, company);
    }
  }
  return (companyId, recordId) => found.get(`${companyId} ${recordId}`);
}

/** The records that stand for the customers whom these operations name: only those that this till has opened. */
async function recordsFor(ctx: Ctx, operations: readonly CartOperation[]): Promise<Map<string | null, RecordId>> {
  const records = new Map<string | null, RecordId>();
  for (const operation of operations) {
    if (operation.kind !== "setCustomer" || records.has(operation.customerId)) continue;
    const recordId = operation.customerId === null ? await provisionalRecord(ctx) : await recordForTill(ctx, operation.customerId);
    if (recordId) records.set(operation.customerId, recordId);
  }
  return records;
}

async function channelKind(ctx: Ctx) {
  const channels = await ctx.snapshots.current(channelsSnapshot);
  return (ctx.actor.channelId && channels.channels.get(ctx.actor.channelId)?.kind) || "web";
}

type Written = {
  readonly pricesUntil: Date;
  readonly operations: readonly CartOperation[];
  readonly results: Readonly<Record<string, StoredResult>>;
  readonly movedTo: CartId | null;
};

async function writeDraft(
  ctx: Ctx,
  cart: LoadedCart,
  { draft }: HeldAll,
  { pricesUntil, operations, results, movedTo }: Written,
): Promise<void> {
  const before = new Map(cart.lines.map((line) => [line.id, line]));
  const changed = draft.lines.filter(
    (line) =>
      before.get(line.id)?.quantity !== line.quantity ||
      before.get(line.id)?.priceHold !== line.priceHold ||
      before.get(line.id)?.note !== line.note,
  );
  const kept = new Set(draft.lines.map(({ id }) => id));
  const removed = cart.lines.filter(({ id }) => !kept.has(id)).map(({ id }) => id);
  const { actor } = ctx;
  if (draft.rewards.join() !== cart.rewards.join())
    await sql`update carts.cart set rewards = ${[...draft.rewards]}::uuid[] where id = ${cart.id}`.execute(ctx.db);
  if (draft.address !== cart.address)
    await sql`update carts.cart set address = ${draft.address && JSON.stringify(draft.address)}::jsonb where id = ${cart.id}`.execute(
      ctx.db,
    );
  if (draft.note !== cart.note) await sql`update carts.cart set note = ${draft.note ?? null} where id = ${cart.id}`.execute(ctx.db);
  if (draft.company?.id !== cart.company?.id)
    await sql`update carts.cart set company_id = ${draft.company?.id ?? null} where id = ${cart.id}`.execute(ctx.db);
  const applied = sql`select carts.apply(${cart.id}, ${cart.version + 1}, ${draft.placeId}, ${draft.wanted ? JSON.stringify({ ...draft.wanted, dueAt: draft.wanted.dueAt?.toISOString() ?? null }) : null}::jsonb,
    ${draft.codes}::text[], ${await channelKind(ctx)}, ${draft.earlierCartId}, ${draft.recordId}, ${pricesUntil}, ${JSON.stringify(changed.map(lineRow))}::jsonb, ${removed}::uuid[],
    ${JSON.stringify(operations.map((operation) => ({ id: operation.id, kind: operation.kind, body: withoutPersonal(operation), result: results[operation.id] })))}::jsonb,
    ${actor.kind}, ${actor.staff?.id ?? actor.customer?.recordId ?? actor.device?.id ?? actor.keyId}, ${actor.channelId})`;
  await trailing(ctx, applied);
  await tellServicesLeft(ctx, cart, removed, movedTo);
}

function lineRow(line: StoredLine) {
  const { addedBy } = line;
  return {
    id: line.id,
    position: line.position,
    variant_id: line.variantId,
    product_id: line.productId,
    sku: line.sku,
    options: line.options,
    quantity: line.quantity,
    ...heldPriceRow(line.priceHold),
    booked: line.booked ?? null,
    top_up: line.topUp ?? null,
    note: line.note ?? null,
    is_typed: line.isTyped ?? false,
    trace: line.trace ?? null,
    added_channel_id: addedBy.channelId,
    added_channel_kind: addedBy.channelKind,
    added_place_id: addedBy.placeId,
    added_staff_id: addedBy.staffId,
  };
}

/** The cart as it stands after the write, without reading it again. */
function afterwards(cart: LoadedCart, { draft, holds, slots }: HeldAll, kind: LoadedCart["channelKind"], now: Date): LoadedCart {
  const { note: _, slots: __, ...rest } = cart;
  return {
    ...rest,
    ...(slots && { slots }),
    ...(draft.note !== undefined && { note: draft.note }),
    version: cart.version + 1,
    state: "open",
    lines: draft.lines,
    codes: draft.codes,
    rewards: draft.rewards,
    placeId: draft.placeId,
    wanted: draft.wanted,
    address: draft.address,
    company: draft.company,
    recordId: draft.recordId,
    holds,
    earlier: draft.earlierCartId === null ? null : cart.earlier,
    channelsSeen: cart.channelsSeen.includes(kind) ? cart.channelsSeen : [...cart.channelsSeen, kind],
    updatedAt: now,
  };
}

function answers(
  operations: readonly CartOperation[],
  repeated: Readonly<Record<string, StoredResult>>,
  fresh: Readonly<Record<string, StoredResult>>,
): OperationResultView[] {
  return operations.map(({ id }) => {
    const before = repeated[id];
    const result = before ?? fresh[id];
    return {
      id,
      outcome: before?.outcome === "applied" ? "repeated" : (result?.outcome ?? "refused"),
      lineId: result?.lineId ?? null,
      code: result?.code ?? null,
      title: null,
      data: result?.data ?? null,
    };
  });
}

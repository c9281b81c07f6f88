import type { OrderView } from "@weft/contracts";
import { err, ok, type AccountId, type Id, type OrderId, type Result, type TransferId } from "@weft/kernel";
import { sql } from "kysely";
import pg from "pg";
import type { Ctx, Vault } from "../../platform/index.ts";
import { bookPaid } from "../bookings/index.ts";
import { forgetCartAddress, forgetCartNotes } from "../carts/index.ts";
import { countPurchase, monthOf, type BuyingCompany, type PassedLimit } from "../companies/index.ts";
import { collectCode, presentFulfillment, type FulfillmentStep } from "../fulfillment/index.ts";
import { PointsBurned } from "../loyalty/events.ts";
import { cardNumber, settleReferral } from "../loyalty/index.ts";
import { OrderPlaced } from "../orders/events.ts";
import { keepLanguage, nameOrderCompany, namesOf, presentOrder, setPaid, type OrderStates, type StandingLine } from "../orders/index.ts";
import { paidOf, presentTender, requestCapture } from "../payments/index.ts";
import { releaseHeldSlots } from "../promises/index.ts";
import { askFor, noteParts, waitInOrder } from "../stock/index.ts";
import {
  askedUnits,
  buyerOfCart,
  counterWork,
  planSale,
  queuedWork,
  type CapturedCard,
  type NewFulfillment,
  type PlannedBurn,
  type PlannedPoints,
  type SaleFacts,
  type SalePlan,
} from "./domain/index.ts";
import type { CheckoutError } from "./errors.ts";
import { codesOf, planFurtherParts, plannedParts, plannedRow, type CodedPart } from "./planned-parts.ts";
import { refusalOfValue, valueMoves } from "./value-moves.ts";

/** An order that was placed: its id, and the answer that is sent and kept. */
export type PlacedSale = { readonly orderId: OrderId; readonly view: OrderView };

type Written = OrderStates & { readonly number: string };

/**
 * Writes a sale in one statement: cart, order, tenders, fulfillment, code uses, stock, points and events, all or nothing [CHK-1].
 * Errors: `cart.changed` when the cart is not the one that was priced, `stock.insufficient`, `pricing.code_used_up`, `pricing.promotion_used_up`. The transaction
 * is of no use after an error. Publishes `order.placed.v1`.
 */
export async function writeSale(ctx: Ctx, vault: Vault, facts: SaleFacts): Promise<Result<PlacedSale, CheckoutError>> {
  const plan = planSale(facts, () => ctx.newId());
  const parts = plan.parts.map((part): CodedPart => ({
    ...part,
    code: isFetched(part) ? offeredCode(ctx) : null,
    steps: firstStep(facts, part),
  }));
  const [first, ...others] = parts;
  try {
    const written = await complete(ctx, { vault, facts, plan, part: first ?? unreachable() });
    await planFurtherParts(ctx, vault, facts.at, plan, { number: written.number, parts: others });
    await takeGivenAlong(ctx, plan);
    await giveBackSlots(ctx, facts, plan);
    const { waits } = facts.assessed;
    if (waits.length > 0) await waitInOrder(ctx, plan.order.id, facts.cart.id, waits);
    const booked = await bookServices(ctx, facts, plan);
    if (!booked.ok) return booked;
    const asked = askedUnits(facts.assessed);
    if (asked.length > 0) await askFor(ctx, plan.order.id, asked);
    if (facts.cart.company) await placeForCompany(ctx, facts, plan, facts.cart.company);
    await showAuthorized(ctx, plan);
    if (plan.contact?.language) await keepLanguage(ctx, plan.order.id, plan.contact.language);
    if (hasNotes(facts)) await forgetCartNotes(ctx, facts.cart.id);
    if (facts.cart.address) await forgetCartAddress(ctx, facts.cart.id);
    await thankForFirst(ctx, facts, plan);
    return ok({ orderId: plan.order.id, view: await present(ctx, facts, plan, parts, written) });
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal) throw error;
    return err(refusal);
  }
}

/** What the cart held of slots that the order is not in. A sale without any goes by without a statement. */
async function giveBackSlots(ctx: Ctx, { cart }: SaleFacts, { parts }: SalePlan): Promise<void> {
  const isOrdered = (heldAs: string): boolean => parts.some(({ slot }) => slot?.held_as === heldAs);
  if (cart.slots?.held.some(({ heldAs }) => !isOrdered(heldAs))) await releaseHeldSlots(ctx, cart.id);
}

const hasNotes = ({ cart }: SaleFacts): boolean => cart.note !== undefined || cart.lines.some(({ note }) => note !== undefined);

/** The services that were paid for have their times [BKG-12]. A sale without any goes by without a statement. */
async function bookServices(ctx: Ctx, { assessed, mode }: SaleFacts, { order }: SalePlan): Promise<Result<null, CheckoutError>> {
  const lineIds = assessed.lines.flatMap(({ id, booked }) => (booked ? [id] : []));
  if (lineIds.length === 0) return ok(null);
  return bookPaid(ctx, { lineIds, orderId: order.id, recordId: order.record_id, isRecorded: mode === "recorded" });
}

/** Who came and who brought them are thanked with the first order [LOY-27]; balances come last. All others go by without a statement. */
async function thankForFirst(ctx: Ctx, { program, document, fulfillment, actor }: SaleFacts, { order, points }: SalePlan): Promise<void> {
  if (!program?.referral) return;
  const paid = Number(points?.earned?.because.data["amount"] ?? 0); // as `pointsFor` writes it
  const { entityId, businessDate, timeZone } = document;
  const where = { entityId, placeId: fulfillment.placeId, channelId: actor.channelId, businessDate, timeZone };
  await settleReferral(ctx, { referral: program.referral, orderId: order.id, paid, document: where });
}

/** What a card has agreed to shows on the order, which is not paid. What is with its customer already is charged at once. A sale without goes by without a statement. */
async function showAuthorized(ctx: Ctx, { order, tenders, parts }: SalePlan): Promise<void> {
  const amount = authorizedOf(tenders);
  if (amount === 0) return;
  await setPaid(ctx, order.id, await paidOf(ctx, order.id));
  const given = parts.find(({ done_at }) => done_at !== null);
  if (given) await requestCapture(ctx, order.id, { amount, isLast: true, source: `served ${given.id}` });
}

const authorizedOf = (tenders: SalePlan["tenders"]): number =>
  tenders.reduce((sum, { state, amount }) => (state === "authorized" ? sum + amount : sum), 0);

/**
 * What an order of a company needs besides: its limits and its credit, decided under its lock as the last of all locks [CMP-7, CMP-10], and its name and number as the
 * document keeps them. An order of nobody's company comes by here without a statement.
 */
async function placeForCompany(
  ctx: Ctx,
  { mode, at, cart, document, actor }: SaleFacts,
  { order, tenders }: SalePlan,
  company: BuyingCompany,
): Promise<void> {
  await nameOrderCompany(ctx, order.id, company);
  const { total: amount, currency } = order;
  const isEnforced = mode === "live";
  const month = monthOf(at, document.timeZone);
  await countPurchase(ctx, {
    companyId: company.id,
    orderId: order.id,
    recordId: cart.recordId,
    amount,
    currency,
    month,
    at,
    isEnforced,
  });
  const owed = tenders.find(({ kind }) => kind === "account");
  if (owed)
    await sql`
      select checkout.charge_account(${company.id}, ${order.id}, ${owed.amount}, ${currency}, ${actor.kind}, ${actor.staffId}, ${at}, ${isEnforced})`.execute(
      ctx.db,
    );
}

/** One code is offered; when it opens something else at the place already, the whole command is tried again with another. */
const offeredCode = (ctx: Ctx): string => collectCode(ctx.newId<Id<"collection code">>());

/** Somebody comes for it, and shows a code. */
const isFetched = ({ kind, state }: NewFulfillment): boolean => kind !== "ship" && state === "planned";

function unreachable(): never {
  throw new Error("a sale has a part");
}

function firstStep({ actor, at }: SaleFacts, { state, placeId: place_id }: NewFulfillment): FulfillmentStep[] {
  const { channelId: channel_id, staffId: staff_id, staffName: staff_name } = actor;
  return [{ position: 1, state, at, channel_id, place_id, staff_id, staff_name, reason: null }];
}

/**
 * What is taken along of a sale of which the rest is for later [CHK-43]: all of it was allocated in the order of (variant, place), now what is in
 * hand leaves. A sale that leaves as a whole, or is for later as a whole, comes by here without a statement.
 */
async function takeGivenAlong(ctx: Ctx, { parts, stock }: SalePlan): Promise<void> {
  const given = parts.find(({ state }) => state === "collected");
  if (!given || parts.length === 1) return;
  const counted = given.units.filter(({ orderLineId }) => stock.some(({ of }) => of === orderLineId));
  if (counted.length === 0) return;
  await sql`
    select stock.fulfill(${given.id}, ${given.placeId}, taken.lines, taken.quantities)
      from stock.in_parts(${counted.map(({ orderLineId }) => orderLineId)}::uuid[], ${counted.map(({ quantity }) => quantity)}::integer[]) as taken`.execute(
    ctx.db,
  );
}

type Writing = {
  readonly vault: Vault;
  readonly facts: SaleFacts;
  readonly plan: SalePlan;
  readonly part: CodedPart;
};

const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));

async function complete(ctx: Ctx, { vault, facts, plan, part }: Writing): Promise<Written> {
  const { cart } = facts;
  const { order, document } = plan;
  const { macs, sealed } = codesOf(vault, part);
  const approved = facts.cards.flatMap((card) => approvalRow(ctx, facts, card));
  const planned = await plannedRow(ctx, facts.at, plan, part);
  const { rows } = await sql<Written>`
    select number, state, payment_state, fulfillment_state from checkout.complete(
      ${cart.id}, ${cart.version}, ${order.record_id}, ${order.id}, ${facts.at}, ${facts.mode === "recorded"},
      ${json(order)}::json, ${json(plan.lines)}::json, ${json(plan.contributions)}::json, ${json(plan.contact)}::json,
      ${ctx.newId<Id<"event">>()}, ${json(placedFact(facts, plan, ctx.now))}::jsonb,
      ${json(plan.tenders.map((tender) => ({ ...tender, ...document })))}::json, ${approved.length > 0 ? json(approved) : null}::json,
      ${json(planned)}::json, ${part.units.map(({ orderLineId }) => orderLineId)}::uuid[], ${part.units.map(({ quantity }) => quantity)}::integer[],
      ${macs}::bytea[], ${sealed}::text[], ${json(part.steps)}::json,
      ${plan.codes.map(({ id }) => id)}::uuid[], ${plan.codes.map(({ amount }) => amount)}::bigint[],
      ${plan.stock.map(({ lineId }) => lineId)}::uuid[], ${plan.stock.map(({ variantId }) => variantId)}::uuid[],
      ${plan.stock.map(({ placeId }) => placeId)}::uuid[], ${plan.stock.map(({ quantity }) => quantity)}::integer[],
      ${part.done_at !== null}, ${json(pointsRow(ctx, facts, plan))}::json,
      ${json(valueMoves(ctx, vault, facts, plan))}::json)`.execute(ctx.db);
  const [written] = rows;
  if (!written) throw new Error("the completion answered nothing");
  await noteParts(ctx, plan.stock);
  return written;
}

function approvalRow(ctx: Ctx, { cart, assessed, at }: SaleFacts, { intentId, amount, approval }: CapturedCard) {
  if (!approval) return [];
  const { provider, eventId: provider_event_id, providerRef: provider_ref } = approval;
  const event_id = ctx.newId<Id<"payment event">>();
  return [
    { id: intentId, cart_id: cart.id, event_id, provider, provider_event_id, provider_ref, currency: assessed.priced.currency, amount, at },
  ];
}

/** What `loyalty.move_for_sale` reads. */
function pointsRow(ctx: Ctx, facts: SaleFacts, { points, document, order }: SalePlan) {
  if (!points) return null;
  const { actor } = facts;
  return {
    ...document,
    record_id: order.record_id,
    program_id: points.programId,
    actor_kind: actor.kind,
    actor_id: actor.staffId,
    uses: points.uses.length > 0 ? points.uses : null,
    active_until: points.activeUntil,
    burned: points.burned && burnRow(ctx, facts, points.burned, order),
    tendered: points.tendered && tenderedRow(ctx, facts, points.tendered, order),
    earned: points.earned && {
      txn: ctx.newId<TransferId>(),
      account_id: ctx.newId<AccountId>(),
      card_number: cardNumber(ctx.newId<Id<"card">>()),
      points: points.earned.points,
      because: points.earned.because,
      expires_at: points.earned.expiresAt,
      policy: points.earned.policy,
      usable_at: points.earned.usableAt,
    },
  };
}

/** The burn with its fact, held against the fact's schema here because SQL publishes it. */
function burnRow(ctx: Ctx, { assessed, cart }: SaleFacts, { points, redemptions }: PlannedBurn, order: SalePlan["order"]) {
  const rewardIds = redemptions.map(({ rewardId }) => rewardId);
  return {
    txn: ctx.newId<TransferId>(),
    points,
    because: { kind: "redeemed", data: { rewardIds } },
    redemptions: redemptions.map(({ rewardId, version, points: cost, amount }, index) => ({
      id: ctx.newId<Id<"redemption">>(),
      position: index + 1,
      reward_id: rewardId,
      reward_version: version,
      points: cost,
      amount,
      currency: assessed.priced.currency,
    })),
    event_id: ctx.newId<Id<"event">>(),
    event: PointsBurned.schema.parse({
      recordId: order.record_id,
      customerIdThen: buyerOfCart(cart).customerId,
      orderId: order.id,
      points,
      rewardIds,
    }),
  };
}

/** The points that pay a part of the sale, with the fact that they are gone. */
function tenderedRow(
  ctx: Ctx,
  { cart }: SaleFacts,
  { tenderId, points, amount }: PlannedPoints,
  { id, currency, record_id }: SalePlan["order"],
) {
  return {
    txn: ctx.newId<TransferId>(),
    tender_id: tenderId,
    points,
    amount,
    currency,
    because: { kind: "paid_in_points", data: { orderId: id, amount, currency } },
    event_id: ctx.newId<Id<"event">>(),
    event: PointsBurned.schema.parse({
      recordId: record_id,
      customerIdThen: buyerOfCart(cart).customerId,
      orderId: id,
      points,
      rewardIds: [],
    }),
  };
}

/** The fact, held against its schema here because SQL publishes it; the number is added there. */
function placedFact(facts: SaleFacts, { order, parts: [fulfillment], lines }: SalePlan, now: Date): unknown {
  const work = queuedWork(facts, now);
  return OrderPlaced.schema.parse({
    orderId: order.id,
    number: "",
    cartId: order.cart_id,
    mode: order.mode,
    recordId: order.record_id,
    customerIdThen: buyerOfCart(facts.cart).customerId,
    entityId: order.entity_id,
    channelId: order.channel_id,
    placeId: order.place_id,
    fulfillmentId: fulfillment.id,
    fulfillmentKind: fulfillment.kind,
    handedOver: fulfillment.done_at !== null,
    total: order.total,
    currency: order.currency,
    points: order.points_earned,
    variantIds: lines.flatMap(({ variant_id }) => (variant_id ? [variant_id] : [])),
    workSeconds: work.seconds || undefined,
    work: counterWork(facts, work),
  });
}

async function present(ctx: Ctx, facts: SaleFacts, plan: SalePlan, parts: readonly CodedPart[], written: Written): Promise<OrderView> {
  const names = await namesOf(ctx.snapshots);
  const { order } = plan;
  const { number, state, payment_state, fulfillment_state } = written;
  const { customer } = facts.cart;
  const onAccount = plan.tenders.reduce((sum, { kind, amount }) => (kind === "account" ? sum + amount : sum), 0);
  const authorized = authorizedOf(plan.tenders);
  const name = (customer?.known ? customer.givenName : null) ?? plan.contact?.name ?? null;
  const lines = plan.lines.map((line): StandingLine => ({ ...line, canceled: 0, returned: 0, change_id: null }));
  const paymentState = onAccount > 0 ? "on_account" : authorized > 0 ? "authorized" : payment_state;
  const beside = { number, at: facts.at, customerName: name, paymentState };
  return presentOrder(
    {
      order: {
        ...order,
        number,
        state,
        payment_state: paymentState,
        fulfillment_state,
        version: 1,
        refunded: 0,
        on_account: onAccount,
        authorized,
        canceled_amount: 0,
        returned_amount: 0,
      },
      lines,
      contributions: plan.contributions,
      tenders: plan.tenders.map(presentTender),
      fulfillments: plannedParts(plan, parts, beside).map((part) => presentFulfillment(part, names)),
      customer: { id: buyerOfCart(facts.cart).customerId, name },
      company: facts.cart.company,
      receipt: null,
    },
    names,
  );
}

type Shortage = { readonly lines: readonly { readonly variantId: string; readonly requested: number; readonly available: number }[] };

type CreditLeft = { readonly left: number; readonly currency: string };

type PointsShortage = { readonly needed: number; readonly available: number };
const notEnoughPoints = ({ needed, available }: PointsShortage): CheckoutError => ({
  code: "loyalty.not_enough_points",
  missing: needed - available,
});

type FullSlot = { readonly startsAt: string; readonly kind: "slot" | "soon" };
/** Who chose a slot chooses another one; what was ordered for now is ready later now, and whoever orders it looks at that first. */
const slotRefusal = ({ startsAt, kind }: FullSlot): CheckoutError =>
  kind === "slot" ? { code: "promise.slot_full", startsAt } : { code: "promise.later_now" };

/** What SQL raised, as the error that it means; undefined when it is none of ours. */
export function refusalOf(error: unknown): CheckoutError | undefined {
  if (!(error instanceof pg.DatabaseError)) return undefined;
  if (error.code === "WF002") return { code: "cart.changed" };
  if (error.code === "WF010") return { code: "pricing.code_used_up", text: error.detail ?? "" };
  if (error.code === "WF014") return { code: "pricing.promotion_used_up", promotionId: error.detail ?? "" };
  if (error.code === "WF011") return notEnoughPoints(JSON.parse(error.detail ?? "{}") as PointsShortage); // ledger.spend writes exactly this
  const value = refusalOfValue(error);
  if (value) return value;
  if (error.code === "WF012") return { code: "cart.changed" };
  if (error.code === "WF030") return slotRefusal(JSON.parse(error.detail ?? "{}") as FullSlot); // promises.take_slot writes exactly this
  if (error.code === "WF020") return { code: "company.may_not_order" };
  if (error.code === "WF022") return { code: "company.over_credit", ...(JSON.parse(error.detail ?? "{}") as CreditLeft) }; // companies.take_credit writes exactly this
  if (error.code === "WF023") return { code: "company.no_credit", ...(JSON.parse(error.detail ?? "{}") as { currency: string }) }; // companies.take_credit writes exactly this
  if (error.code === "WF021") return { code: "company.over_limit", ...(JSON.parse(error.detail ?? "{}") as PassedLimit) }; // companies.count_purchase writes exactly this
  if (error.code !== "WF001") return undefined;
  const [line] = (JSON.parse(error.detail ?? "{}") as Shortage).lines; // stock.take_units writes exactly this
  return line && ({ code: "stock.insufficient", ...line } as CheckoutError); // ids of its own tables
}

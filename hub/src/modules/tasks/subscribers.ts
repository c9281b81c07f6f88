import { asId, type CustomerId, type PlaceId, type RecordId } from "@weft/kernel";
import { sql } from "kysely";
import { on, subscriber, type Ctx, type Subscriber } from "../../platform/index.ts";
import { AccessObjected } from "../access/events.ts";
import { RecallChanged } from "../batches/events.ts";
import { ConsentGiven, ConsentWithdrawn } from "../consent/events.ts";
import { isContested } from "../consent/index.ts";
import { CustomerErased, CustomerLinked, CustomerUnlinked } from "../customers/events.ts";
import { customerOf } from "../customers/index.ts";
import { FulfillmentChanged, FulfillmentDelayed, FulfillmentOverdue } from "../fulfillment/events.ts";
import { PointsSuspected } from "../loyalty/events.ts";
import { ParityChecked } from "../parity/events.ts";
import { CardOverspent, DisputeChanged } from "../payments/events.ts";
import { RequestMoved, RequestReceived } from "../privacy/events.ts";
import { StockAskedChanged, StockConflictChanged } from "../stock/events.ts";
import { ActUncovered, EquipmentChanged, JournalDefectsChanged, ReturnLost, ShiftClosed } from "../till/events.ts";
import { compareCauses, forgetCauses, noteCause } from "./commands.ts";
import { settingOf } from "./handling/settings.ts";

/** Facts that make or end causes; what has no fact, such as a day that passes, is found by the clock within a minute. */
export const tasksSubscribers: readonly Subscriber[] = [
  subscriber("tasks.causes", [
    on(StockConflictChanged, async (ctx) => void (await compareCauses(ctx, ["stock_conflict"]))),
    on(StockAskedChanged, async (ctx) => void (await compareCauses(ctx, ["goods_asked"]))),
    on(FulfillmentChanged, async (ctx, { data }) => {
      if (await isWaitedFor(ctx, data.fulfillmentId)) await compareCauses(ctx, [...OF_AN_ORDER]);
    }),
    on(FulfillmentDelayed, async (ctx) => void (await compareCauses(ctx, ["order_delayed"]))),
  ]),
  subscriber("tasks.recalls", [on(RecallChanged, async (ctx) => void (await compareCauses(ctx, ["recall_standing"])))]),
  subscriber("tasks.disputes", [on(DisputeChanged, async (ctx) => void (await compareCauses(ctx, ["payment_disputed"])))]),
  subscriber("tasks.overspent", [on(CardOverspent, async (ctx) => void (await compareCauses(ctx, ["card_overspent"])))]),
  subscriber("tasks.points", [
    on(PointsSuspected, async (ctx, { data: { recordId, because, count }, time }) => {
      const causeKey = `record/${recordId}/${because}/${time.slice(0, 7)}`; // once a month
      const reference = { kind: "customer", id: await customerOf(ctx, asId<RecordId>(recordId)), number: because, missing: count }; // ids in events are texts
      await noteCause(ctx, { kind: "points_suspected", causeKey, team: "service", reference }, true);
      await compareCauses(ctx, ["points_suspected"]);
    }),
    on(CustomerErased, async (ctx, { data }) => {
      await forgetCauses(ctx, "points_suspected", `record/${data.recordId}/`);
      await compareCauses(ctx, ["points_suspected"]);
    }),
  ]),
  subscriber("tasks.overdue", [on(FulfillmentOverdue, async (ctx) => void (await compareCauses(ctx, ["collection_overdue"])))]),
  subscriber("tasks.cash", [on(ShiftClosed, (ctx, { data }) => noteDifference(ctx, data))]),
  subscriber("tasks.returned_twice", [
    on(ReturnLost, async (ctx, { data: { placeId, orderId, returnId, amount, currency } }) => {
      const cause = { kind: "returned_twice", causeKey: `return/${returnId}`, team: "store" } as const;
      const reference = { kind: "order", id: orderId, amount, currency };
      await noteCause(ctx, { ...cause, placeId: asId<PlaceId>(placeId), reference }, true); // ids in events are texts
      await compareCauses(ctx, ["returned_twice"]);
    }),
  ]),
  subscriber("tasks.uncovered", [
    on(ActUncovered, async (ctx, { data: { placeId, orderId, commandId, what, amount, currency } }) => {
      const cause = { kind: "act_uncovered", causeKey: `command/${commandId}`, team: "store" } as const;
      const reference = { kind: "order", id: orderId, number: what, amount, currency };
      await noteCause(ctx, { ...cause, placeId: asId<PlaceId>(placeId), reference }, true); // ids in events are texts
      await compareCauses(ctx, ["act_uncovered"]);
    }),
  ]),
  subscriber("tasks.journal", [
    on(JournalDefectsChanged, async (ctx, { data: { registerId, placeId, open } }) => {
      const cause = { kind: "journal_defect", causeKey: `register/${registerId}`, team: "operations" } as const;
      const reference = { kind: "register", id: registerId };
      await noteCause(ctx, { ...cause, placeId: asId<PlaceId>(placeId), reference }, open > 0); // ids in events are texts
      await compareCauses(ctx, ["journal_defect"]);
    }),
  ]),
  subscriber("tasks.devices", [on(EquipmentChanged, (ctx, { data }) => noteTroubles(ctx, data))]),
  subscriber("tasks.shown", [
    on(ParityChecked, async (ctx, { data: { runId, wrong } }) => {
      const cause = { kind: "shown_wrong", causeKey: "check", team: "operations" } as const;
      await noteCause(ctx, { ...cause, reference: { kind: "check", id: runId, missing: wrong } }, wrong > 0);
      await compareCauses(ctx, ["shown_wrong"]);
    }),
  ]),
  subscriber("tasks.privacy", [
    on(AccessObjected, async (ctx, { data: { entryId, recordId } }) => {
      const reference = { kind: "customer", id: await customerOf(ctx, asId<RecordId>(recordId)) }; // ids in events are texts
      await noteCause(ctx, { kind: "access_objected", causeKey: `record/${recordId}/access/${entryId}`, team: "privacy", reference }, true);
      await compareCauses(ctx, ["access_objected"]);
    }),
    on(CustomerErased, async (ctx, { data }) => {
      await forgetCauses(ctx, "access_objected", `record/${data.recordId}/`);
      await compareCauses(ctx, ["access_objected"]);
    }),
  ]),
  subscriber("tasks.requests", [
    on(RequestReceived, async (ctx) => void (await compareCauses(ctx, ["privacy_request"]))),
    on(RequestMoved, async (ctx) => void (await compareCauses(ctx, ["privacy_request"]))),
  ]),
  subscriber("tasks.terms", [
    on(CustomerLinked, (ctx, { data }) => compareTerms(ctx, [data.customerIdThen, ...data.absorbed])),
    on(CustomerUnlinked, (ctx, { data }) => compareTerms(ctx, [data.customerIdThen, ...data.restored])),
    on(ConsentGiven, (ctx, { data }) => compareTerms(ctx, [data.customerIdThen, data.recordId])),
    on(ConsentWithdrawn, (ctx, { data }) => compareTerms(ctx, [data.customerIdThen, data.recordId])),
    on(CustomerErased, (ctx, { data }) => compareTerms(ctx, [data.recordId])),
  ]),
];

type Closed = ReturnType<typeof ShiftClosed.schema.parse>;

/** A drawer that was counted with more or less than expected, from the amount on that the chain says [TSK-10]; a training till moves no money. */
async function noteDifference(ctx: Ctx, { shiftId, placeId, difference, currency, training, again = false }: Closed): Promise<void> {
  if (training === true || difference === null || (difference === 0 && !again)) return;
  const { fromAmount } = await settingOf(ctx, "cash_difference");
  const stands = difference !== 0 && (fromAmount === null || Math.abs(difference) >= fromAmount);
  if (!stands && !again) return;
  const reference = { kind: "shift", id: shiftId, amount: difference, currency };
  const cause = { kind: "cash_difference", causeKey: `shift/${shiftId}`, team: "store" } as const;
  // What was noted before another till of the drawer was heard says another amount.
  if (again) await noteCause(ctx, { ...cause, reference }, false);
  if (stands) await noteCause(ctx, { ...cause, placeId: asId<PlaceId>(placeId), reference }, true); // ids in events are texts
  await compareCauses(ctx, ["cash_difference"]);
}

type Troubled = ReturnType<typeof EquipmentChanged.schema.parse>;

/** A device that does not work is a task of its store once it has not for ten minutes, and none any more when it does or is gone [TSK-11]. */
async function noteTroubles(ctx: Ctx, { registerId, placeId, equipment, gone }: Troubled): Promise<void> {
  for (const { kind: what, problem } of [...equipment, ...gone.map((kind) => ({ kind, problem: null }))]) {
    const reference = { kind: "register", id: registerId, number: what };
    const cause = { kind: "device_trouble", causeKey: `register/${registerId}/${what}`, team: "store" } as const;
    await noteCause(ctx, { ...cause, placeId: asId<PlaceId>(placeId), reference }, problem !== null); // ids in events are texts
  }
  await compareCauses(ctx, ["device_trouble"]);
}

/** Kinds whose cause is a part of an order, and may end with any step of it. */
const OF_AN_ORDER = ["collection_overdue", "parcel_late", "goods_late", "order_delayed"] as const;

/** Most fulfillments never have a task: one look at the index spares the comparison. */
async function isWaitedFor(ctx: Ctx, fulfillmentId: string): Promise<boolean> {
  const { rows } = await sql`
    select from tasks.task where kind = any(${[...OF_AN_ORDER]}::text[]) and cause_key = ${`fulfillment/${fulfillmentId}`} and is_standing`.execute(
    ctx.db,
  );
  return rows.length > 0;
}

/** A no against a yes of another record: asked again of every customer whom the fact names, so that each has it or not [TSK-4]. */
async function compareTerms(ctx: Ctx, ids: readonly string[]): Promise<void> {
  let isChanged = false;
  for (const id of new Set(ids)) {
    const now = await customerOf(ctx, asId<RecordId>(id)); // a customer's id is that of a record
    const stands = now === asId<CustomerId>(id) && (await isContested(ctx, asId<RecordId>(id)));
    const isNoted = await hasNoted(ctx, id);
    if (stands === isNoted) continue;
    const reference = { kind: "customer", id };
    await noteCause(ctx, { kind: "terms_contested", causeKey: `customer/${id}`, team: "service", reference }, stands);
    isChanged = true;
  }
  if (isChanged) await compareCauses(ctx, ["terms_contested"]);
}

async function hasNoted(ctx: Ctx, id: string): Promise<boolean> {
  const { rows } = await sql`select from tasks.noted where kind = 'terms_contested' and cause_key = ${`customer/${id}`}`.execute(ctx.db);
  return rows.length > 0;
}

import { ok, wallClock, type RecordId } from "@weft/kernel";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { LYON, MUG, saleHub, type SaleHub } from "../../../test/sale-hub.ts";
import type { JobContext } from "../../platform/index.ts";
import { setExpiryPolicy } from "./commands/index.ts";
import { loyaltyJobs } from "./jobs.ts";
import { currentRule, pointsOf } from "./queries/index.ts";

let hub: SaleHub;
beforeAll(async () => {
  hub = await saleHub();
  await hub.stock(MUG, LYON, 1000);
}, 30_000);
afterAll(() => hub.close());
afterEach(async () => expect(await hub.broken()).toEqual([]));

const CARD = [{ kind: "card", token: "inline" }] as const;
type Customer = Awaited<ReturnType<SaleHub["customer"]>>;

async function policy(days: number | null) {
  const set = await hub.must((ctx) => setExpiryPolicy(ctx, days === null ? { kind: "never", length: 0 } : { kind: "days", length: days }));
  hub.around.snapshots.invalidate();
  return set;
}

/** 14 points. */
async function buyMug(actor: Customer): Promise<void> {
  const done = await hub.complete(await hub.cart([[MUG, 1]], { actor }), CARD);
  if (done.kind !== "placed") throw new Error(`not placed: ${JSON.stringify(done)}`);
}

async function balance(recordId: RecordId): Promise<number> {
  const rule = await currentRule(hub);
  if (!rule) throw new Error("the hub has a program");
  return (await pointsOf(hub, [recordId], rule.programId)).balance;
}

/** A job of the clock, as if it ran at this moment. */
async function runAt(name: string, now: Date): Promise<void> {
  const job = loyaltyJobs.find((one) => one.name === name);
  const desk: JobContext = {
    read: { ...hub.around, db: hub.db, now },
    write: (work) => hub.must(async (ctx) => ok(await work({ ...ctx, now }))),
    signal: new AbortController().signal,
  };
  if (!job) throw new Error(`there is no job ${name}`);
  await job.handle(desk, undefined as never); // the clock's jobs have no payload
}

const inDays = (days: number): Date => new Date(Date.now() + days * 86_400_000);
const expiredOf = async (recordId: RecordId) =>
  (await hub.published()).filter(
    ({ type, data }) => type === "loyalty.points_expired.v1" && (data as { recordId: string }).recordId === recordId,
  );

it("[LOY-9] the job books what has expired by then, once, and tells it; before that day nothing goes", async () => {
  await policy(30);
  const { customer, ...rest } = await hub.customer();
  await buyMug({ customer, ...rest });
  await hub.published();
  await runAt("loyalty.expire", inDays(29));
  expect([await balance(customer.recordId), await expiredOf(customer.recordId)]).toEqual([14, []]);
  await runAt("loyalty.expire", inDays(32));
  expect(await expiredOf(customer.recordId)).toMatchObject([{ data: { points: 14 } }]);
  await Promise.all([runAt("loyalty.expire", inDays(32)), runAt("loyalty.expire", inDays(33))]);
  expect([await balance(customer.recordId), await expiredOf(customer.recordId)]).toEqual([0, []]);
});

it("[LOY-9] a policy that changes leaves what was earned before it as it was: shorter, longer, and for ever", async () => {
  const customer = await hub.customer();
  const { recordId } = customer.customer;
  const before = await policy(60);
  await buyMug(customer);
  expect(await policy(60)).toEqual(before);
  expect(await policy(10)).toEqual({ version: before.version + 1, kind: "days", length: 10 });
  await buyMug(customer);
  await policy(null);
  await buyMug(customer);
  for (const [days, left] of [
    [9, 42],
    [12, 28],
    [59, 28],
    [62, 14],
    [5000, 14],
  ] as const) {
    await runAt("loyalty.expire", inDays(days));
    expect([days, await balance(recordId)]).toEqual([days, left]);
  }
});

it("[LOY-10] the job writes the balance of the evening, and writes it again when a sale of that day comes late", async () => {
  await policy(null);
  const customer = await hub.customer();
  const { recordId } = customer.customer;
  const today = wallClock(new Date(), "Europe/Paris").date;
  const evenings = () =>
    hub.rows("select business_date::text as day, balance from loyalty.balance_day where record_id = $1 order by 1", [recordId]);
  await buyMug(customer);
  await runAt("loyalty.close_days", new Date());
  expect(await evenings()).toEqual([]);
  await runAt("loyalty.close_days", inDays(1.5));
  expect(await evenings()).toEqual([{ day: today, balance: 14 }]);
  await buyMug(customer);
  await runAt("loyalty.close_days", inDays(2));
  expect(await evenings()).toEqual([{ day: today, balance: 28 }]);
  await runAt("loyalty.close_days", inDays(30));
  expect(await evenings()).toEqual([{ day: today, balance: 28 }]);
});

import type { Role } from "@weft/contracts";
import { ok, type ChannelId, type EntityId, type HubEvent, type OrderId, type PlaceId, type ShiftId } from "@weft/kernel";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { placeId, testId } from "../../../test/goods-hub.ts";
import { CAPPUCCINO, LYON, MUG, PARIS, saleHub, tillActor, TILLS, visitor, WEB, type SaleHub } from "../../../test/sale-hub.ts";
import { testTill } from "../../../test/till-hub.ts";
import { advance, fulfillmentsOf, handOver } from "../../modules/fulfillment/index.ts";
import { placesInScope, upsertEntities, upsertPlaces, type Scope } from "../../modules/places/index.ts";
import { dbOn, type Actor, type ReadCtx } from "../../platform/index.ts";
import { todayLive } from "./live.ts";
import { readNow } from "./now.ts";
import { readSales } from "./sales.ts";
import { readTills } from "./tills.ts";
import { readWork } from "./work.ts";

const LONDON = placeId(3);
const BRITAIN = testId<EntityId>("entity", 2);
const NOON = new Date("2026-03-09T12:00:00Z");
const CARD = [{ kind: "card", token: "inline" }] as const;
const DUE = [{ kind: "due_at_collection" }] as const;

let hub: SaleHub;
beforeAll(async () => {
  hub = await saleHub();
  await hub.must(async (ctx) => ok(await addLondon(ctx)));
  hub.around.snapshots.invalidate();
}, 60_000);
afterAll(() => hub.close());

async function addLondon(ctx: Parameters<typeof upsertPlaces>[0]): Promise<void> {
  const address = { line1: "1 Test Street", city: "London", postcode: "E1 6AN", country: "GB" };
  await upsertEntities(ctx, [{ id: BRITAIN, name: "Trama UK", country: "GB", vatId: null, currency: "GBP", timeZone: "Europe/London" }]);
  const where = { entityId: BRITAIN, groupId: null, kind: "store", latitude: 51.5, longitude: 0, phone: null } as const;
  const own = { id: LONDON, name: "London", code: "london", timeZone: "Europe/London", dayEnd: 120, services: [], settings: {} };
  await upsertPlaces(ctx, [{ ...where, ...own, address, hours: { weekly: [[], [], [], [], [], [], []], exceptions: [] } }]);
}

const boss = (placeIds: readonly PlaceId[] = []): Actor => {
  const { staff, ...actor } = tillActor();
  return { ...actor, device: null, placeId: null, staff: staff && { ...staff, roles: ["manager"], placeIds: [...placeIds] } };
};
const at = (now: Date, actor = boss()): ReadCtx => ({ ...hub.around, db: dbOn(hub.pool), now, actor });
async function scope(wanted: { placeId?: PlaceId } = {}, actor = boss()): Promise<Scope> {
  const found = await placesInScope(at(new Date(), actor), wanted);
  if (!found.ok) throw new Error(found.error.code);
  return found.value;
}

describe("sales of the day", () => {
  let made = 0;
  /** An order as the book has it: only what the figures are made of. */
  const sold = (
    when: string,
    date: string,
    amount: number,
    more: { place?: PlaceId | null; channel?: ChannelId; canceled?: boolean } = {},
  ) => {
    const { place = LYON, channel = TILLS, canceled = false } = more;
    const where = place === LONDON ? [BRITAIN, "Europe/London", "GBP"] : [testId<EntityId>("entity", 1), "Europe/Paris", "EUR"];
    const id = testId<OrderId>("order", ++made);
    return hub.rows(
      `insert into orders.orders (id, number, cart_id, mode, entity_id, place_id, channel_id, business_date, time_zone, placed_at, currency, subtotal,
         discount, tax, tax_included, total, taxes, paid, units_ordered, units_canceled, units_fulfilled)
       values ($1, $2, $1, 'live', $3, $6, $7, $8, $4, $9, $5, $10, 0, 0, true, $10, '[]', $10, 1, $11, $12)`,
      [id, `T-${made}`, ...where, place, channel, date, when, amount, canceled ? 1 : 0, canceled ? 0 : 1],
    );
  };
  beforeEach(() => hub.rows("truncate orders.orders cascade"));
  const read = async (now: string, wanted: { placeId?: PlaceId } = {}) => readSales(at(new Date(now)), await scope(wanted));

  it("[TDY-4] stand beside those of the same weekday before, up to the same time and whole, per currency and never added up", async () => {
    await sold("2026-03-09T10:00:00Z", "2026-03-09", 500);
    await sold("2026-03-09T11:00:00Z", "2026-03-09", 700, { channel: WEB });
    await sold("2026-03-09T11:00:00Z", "2026-03-09", 900, { place: LONDON });
    await sold("2026-03-02T11:59:00Z", "2026-03-02", 300);
    await sold("2026-03-02T12:01:00Z", "2026-03-02", 400);
    await sold("2026-03-09T11:30:00Z", "2026-03-09", 9999, { canceled: true });
    const day = await read("2026-03-09T12:00:00Z");
    expect(day.sales).toEqual([
      {
        total: { amount: 1200, currency: "EUR" },
        orders: 2,
        weekBefore: { total: { amount: 300, currency: "EUR" }, orders: 1 },
        weekBeforeWhole: { total: { amount: 700, currency: "EUR" }, orders: 2 },
      },
      expect.objectContaining({ total: { amount: 900, currency: "GBP" }, orders: 1 }),
    ]);
    expect(day.channels.map(({ channelKind, sales }) => [channelKind, sales.map(({ orders }) => orders)])).toEqual([
      ["store", [1, 1]],
      ["web", [1]],
    ]);
    expect(day.hours[11]).toEqual({ orders: 2, weekBefore: 0 });
    expect((await read("2026-03-09T12:00:00Z", { placeId: LONDON })).sales.map(({ total }) => total)).toEqual([
      { amount: 900, currency: "GBP" },
    ]);
  });

  it("[TDY-4] belong to the business date that they were written with: past midnight at a place whose day has not ended", async () => {
    await sold("2026-03-09T23:30:00Z", "2026-03-10", 100);
    await sold("2026-03-10T00:30:00Z", "2026-03-09", 200, { place: LONDON });
    const day = await read("2026-03-10T01:00:00Z");
    expect(day.businessDates).toEqual(["2026-03-09", "2026-03-10"]);
    const shown = day.places.map(({ placeName, businessDate, sales }) => `${placeName} ${businessDate} ${sales[0]?.total.amount}`);
    expect(shown.toSorted((a, b) => a.localeCompare(b))).toEqual(["London 2026-03-09 200", "Lyon 2026-03-10 100"]);
    // At three in London the day is over, and what was sold in it is no longer today's.
    expect((await read("2026-03-10T03:00:00Z")).sales.map(({ total }) => total)).toEqual([{ amount: 100, currency: "EUR" }]);
  });

  it("[TDY-4] are compared by the clock on the wall when clocks changed in between", async () => {
    await sold("2026-03-29T09:00:00Z", "2026-03-29", 100);
    // A quarter to two and a quarter past two of the winter-time Sunday before.
    await sold("2026-03-22T12:45:00Z", "2026-03-22", 300);
    await sold("2026-03-22T13:15:00Z", "2026-03-22", 500);
    const [euro] = (await read("2026-03-29T12:00:00Z")).sales;
    expect([euro?.weekBefore.total.amount, euro?.weekBeforeWhole.total.amount]).toEqual([300, 800]);
  });

  it("[TDY-4] without a place count for whoever sees the whole chain", async () => {
    await sold("2026-03-09T10:00:00Z", "2026-03-09", 500, { place: null, channel: WEB });
    expect((await read("2026-03-09T12:00:00Z")).places).toMatchObject([{ placeId: null, placeName: null, businessDate: null }]);
    expect((await readSales(at(new Date("2026-03-09T12:00:00Z")), await scope({}, boss([LYON])))).sales).toEqual([]);
  });
});

async function ordered(tenders: typeof CARD | typeof DUE, place = LYON) {
  await hub.stock(MUG, place, 50);
  const done = await hub.complete(await hub.cart([[MUG, 1]], { actor: visitor(), place }), tenders);
  if (done.kind !== "placed") throw new Error("not placed");
  const [whole] = await fulfillmentsOf(at(new Date()), done.view.id as OrderId); // what the completion answered
  if (!whole) throw new Error("nothing to prepare");
  return { id: whole.fulfillment.id, number: done.view.number, code: done.view.fulfillments[0]?.collectCode ?? "" };
}

describe("work of the day", () => {
  beforeEach(() => hub.rows("update fulfillment.fulfillment set done_at = now(), state = 'canceled' where done_at is null"));
  /** `$2` is noon. */
  const set = (id: string, sets: string) => hub.rows(`update fulfillment.fulfillment set ${sets} where id = $1`, [id, NOON]);

  it("[TDY-2] what is late, what waits and what nobody fetched is counted by place, the most urgent on top", async () => {
    const [late, ready, overdue, paris, later] = [
      await ordered(CARD),
      await ordered(CARD),
      await ordered(CARD),
      await ordered(CARD, PARIS),
      await ordered(CARD),
    ];
    await set(late.id, "due_at = null, promised_at = $2::timestamptz - interval '5 minutes', state = 'in_preparation'");
    await set(ready.id, "state = 'ready', collect_until = $2::timestamptz + interval '1 hour'");
    await set(overdue.id, "state = 'ready', collect_until = $2::timestamptz - interval '1 hour'");
    await set(paris.id, "due_at = $2::timestamptz + interval '10 minutes', promised_at = null");
    await set(later.id, "due_at = $2::timestamptz + interval '30 hours'");
    const work = await readWork(at(NOON), await scope());
    expect(work.counts).toEqual({ toPrepare: 2, late: 1, ready: 1, overdue: 1, later: 1 });
    expect(work.places.map(({ placeName, late: count }) => [placeName, count])).toEqual([
      ["Lyon", 1],
      ["Paris", 0],
    ]);
    expect(work.collections.map(({ number }) => number)).toEqual([late.number, paris.number, overdue.number, ready.number]);
    expect(work.risks.map(({ number, because }) => [number, because])).toEqual([
      [late.number, "late"],
      [paris.number, "soon"],
    ]);
    expect((await readWork(at(NOON), await scope({}, boss([PARIS])))).counts.toPrepare).toBe(1);
  });

  it("[TDY-2] a promise whose goods a till has sold is at risk, and no longer when goods come", async () => {
    const promised = await ordered(CARD);
    await set(promised.id, "due_at = $2::timestamptz + interval '2 hours'");
    await hub.rows("update stock.level set on_hand = allocated where place_id = $1", [LYON]);
    await hub.sell(await hub.cart([[MUG, 1]], { actor: tillActor() }), CARD, { mode: "recorded" });
    const risks = async () => (await readWork(at(NOON), await scope())).risks.map(({ number, because }) => [number, because]);
    expect(await risks()).toEqual([[promised.number, "missing_goods"]]);
    await hub.rows("update stock.conflict set resolved_at = now() where resolved_at is null");
    expect(await risks()).toEqual([]);
  });

  it("[TDY-5] a collection paid at the counter is the store's part in an online order; a cart crosses by who filled it", async () => {
    await hub.rows("truncate orders.orders cascade");
    const { id, code } = await ordered(DUE);
    await hub.must((ctx) => advance(ctx, id, "ready"), tillActor());
    const tenders = [{ kind: "cash", received: 2000 }] as const;
    const handed = await hub.run((ctx) => handOver(ctx, hub, { fulfillmentId: id, code, proof: "code", tenders }), tillActor());
    expect(handed.ok).toBe(true);
    const [done] = await hub.rows<{ at: Date }>("select done_at as at from fulfillment.fulfillment where id = $1", [id]);
    const read = async () => (await readSales(at(done?.at ?? new Date()), await scope())).store;
    const store = await read();
    const one = { orders: 1, totals: [{ amount: 1400, currency: "EUR" }], weekBefore: 0 };
    expect([store.prepared, store.handedOver, store.paid]).toEqual([one, one, one]);
    expect([store.begunOnline.orders, store.begunInStore.orders]).toEqual([0, 0]);
    await hub.rows("update orders.contribution set channel_id = $1 where step = 'cart'", [TILLS]);
    expect((await read()).begunInStore).toEqual(one);
  });
});

describe("tills of the day", () => {
  it("[TDY-3] stand with their shift, and with the difference that was counted on this business day", async () => {
    await hub.rows("update till.register set retired_at = now()");
    const till = await testTill(hub);
    const register = till.actor.device?.registerId;
    const read = async (now = new Date()) => readTills(at(now), await scope());
    expect((await read()).counts).toEqual({ open: 0, closed: 1, silent: 0, unsent: 0, different: 0 });
    const shiftId: ShiftId = await till.open();
    expect((await read()).registers).toMatchObject([{ registerId: register, isSilent: false, difference: null }]);
    expect((await read(new Date(Date.now() + 30 * 3_600_000))).registers).toMatchObject([{ isSilent: true, isLeftOpen: true }]);
    await till.sale(await hub.cart([[CAPPUCCINO, 1]], { actor: till.actor }), shiftId, [{ kind: "cash", received: 390 }]);
    const closed = await till.act("shift.close", { shiftId, count: { lines: [{ denomination: 1000, count: 10 }] } });
    expect(closed.outcome).toBe("done");
    const [shown] = (await read()).registers;
    expect(shown).toMatchObject({ openedAt: null, difference: { amount: -390, currency: "EUR" } });
    expect((await read()).counts).toMatchObject({ open: 0, different: 1 });
    expect((await readTills(at(new Date()), await scope({}, boss([PARIS])))).registers).toEqual([]);
  });
});

describe("what must be done now", () => {
  it("[TDY-7] is asked in four statements, and of what the caller's role sees: a cashier is told of tills, an agent is not", async () => {
    const as = (role: Role): ReadCtx => {
      const { staff, ...actor } = boss();
      return at(new Date(), { ...actor, staff: staff && { ...staff, roles: [role] } });
    };
    await hub.rows("update till.register set retired_at = now()");
    const till = await testTill(hub);
    await till.open();
    await hub.rows("update till.shift set business_date = business_date - 2 where closed_at is null");
    const read = async (role: Role) => readNow(as(role), await scope());
    expect((await read("cashier")).lines).toContainEqual(expect.objectContaining({ what: "tills_left_open", count: 1, placeName: "Lyon" }));
    expect((await read("agent")).lines.map(({ what }) => what)).not.toContain("tills_left_open");
    const statements = async (role: Role): Promise<number> => {
      const asked = vi.spyOn(pg.Client.prototype, "query");
      await read(role);
      const { length } = asked.mock.calls;
      asked.mockRestore();
      return length;
    };
    expect([await statements("manager"), await statements("agent")]).toEqual([4, 2]);
  });
});

describe("the day as it moves", () => {
  it("[TDY-6] is followed by whoever works in that part of the chain, and moves with every sale there", async () => {
    expect(await todayLive.authorize(at(new Date()), "all", null)).toBe("staff");
    expect(await todayLive.authorize(at(new Date(), boss([PARIS])), LYON, null)).toBeNull();
    expect(await todayLive.authorize(at(new Date(), visitor()), "all", null)).toBeNull();
    await hub.published();
    await ordered(CARD, PARIS);
    const placed = (await hub.published()).find(({ type }) => type === "order.placed.v1");
    const event = { ...placed, id: "", source: "", time: "", position: 1 } as HubEvent; // what the log adds is not looked at
    const affected = todayLive.affectedBy.find(({ type }) => type === event.type);
    expect(await affected?.subject(event, at(new Date()))).toEqual(["today/all", `today/${PARIS}`]);
  });

  it("[PLA-7] a place where the caller's roles do not hold is refused", async () => {
    expect(await placesInScope(at(new Date(), boss([PARIS])), { placeId: LYON })).toMatchObject({ error: { code: "places.out_of_reach" } });
    expect(await placesInScope(at(new Date()), { groupId: testId("group", 9) })).toMatchObject({ error: { code: "places.group_unknown" } });
  });
});

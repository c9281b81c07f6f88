import type { StationQueueView, StationTicketView } from "@weft/contracts";
import { asId, ok, type FulfillmentId, type HubEvent, type LineId, type PlaceId } from "@weft/kernel";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { CAPPUCCINO, CROISSANT, LYON, PARIS, saleHub, tillActor, visitor, type SaleHub } from "../../../test/sale-hub.ts";
import { advance, noteArrival, readFulfillment, setPrepared, takeBackReady } from "../../modules/fulfillment/index.ts";
import { placesSnapshot } from "../../modules/places/index.ts";
import { promisesSubscribers, promisingNow } from "../../modules/promises/index.ts";
import { dbOn, type Actor, type ReadCtx } from "../../platform/index.ts";
import { stationsLive } from "./routes.ts";
import { stationQueueOf } from "./stations.ts";

let hub: SaleHub;
beforeAll(async () => {
  hub = await saleHub();
}, 30_000);
afterAll(() => hub.close());
beforeEach(async () => {
  await hub.stock(CROISSANT, LYON, 1000);
  await hub.rows("delete from promises.queue_item");
  await hub.rows("delete from promises.station_seen");
  await hub.rows("delete from platform.outbox");
  await hub.rows(
    "update fulfillment.fulfillment set placed_at = placed_at - interval '3 hours', done_at = coalesce(done_at, now()) - interval '3 hours'",
  );
  await hub.rows("update fulfillment.prepared set at = at - interval '3 hours'");
  await stations("Bar: coffee; Rest");
});

async function stations(text: string): Promise<void> {
  await hub.rows("update places.place set settings = $2 where id = $1", [LYON, JSON.stringify({ stations: text })]);
  hub.around.snapshots.invalidate();
}

const as = (actor: Actor): ReadCtx => ({ ...hub.around, db: dbOn(hub.pool), now: new Date(), actor });
const queue = (at = new Date()): Promise<StationQueueView> => stationQueueOf(as(tillActor()), LYON, at);
const linesOf = ({ items }: StationTicketView, only = items): LineId[] => only.map(({ orderLineId }) => asId<LineId>(orderLineId));

async function ordered(
  lines: Parameters<SaleHub["cart"]>[0],
  given: { readonly dueAt?: Date; readonly name?: string } = {},
): Promise<FulfillmentId> {
  const contact = { name: given.name ?? null, email: null, phone: null };
  const done = await hub.complete(await hub.cart(lines), [{ kind: "due_at_collection" }], {
    fulfillment: { kind: "collect", placeId: LYON, dining: "take_away", dueAt: given.dueAt ?? null },
    contact,
  });
  if (done.kind !== "placed") throw new Error(JSON.stringify(done));
  return asId<FulfillmentId>(done.view.fulfillments[0]?.id ?? "");
}

async function soldAtTill(lines: Parameters<SaleHub["cart"]>[0]): Promise<void> {
  const sold = await hub.sell(await hub.cart(lines, { actor: tillActor() }), [{ kind: "cash", received: 100_000 }], { mode: "recorded" });
  if (!sold.ok) throw new Error(JSON.stringify(sold));
}

const say = (ticket: Pick<StationTicketView, "id">, lines: readonly LineId[], isDone = true) =>
  hub.run((ctx) => setPrepared(ctx, asId<FulfillmentId>(ticket.id), lines, isDone), tillActor());

async function stateOf(id: string): Promise<string | undefined> {
  return (await readFulfillment(hub, asId<FulfillmentId>(id)))?.fulfillment.state;
}

function only(tickets: readonly StationTicketView[]): StationTicketView {
  const [ticket, ...more] = tickets;
  if (!ticket || more.length > 0) throw new Error(`${tickets.length} tickets`);
  return ticket;
}

describe("the stations of a place", () => {
  it("[FUL-61] have every line of what has something to make; what comes from the shelf alone is none of theirs", async () => {
    await ordered([[CROISSANT, 2]]);
    await ordered(
      [
        [CAPPUCCINO, 2],
        [CROISSANT, 1],
      ],
      { name: "Maria Puig" },
    );
    const { stations: names, tickets } = await queue();
    expect(names).toEqual(["Bar", "Rest"]);
    expect(only(tickets)).toMatchObject({ name: "Maria P.", isWalkIn: false, arrival: null, channelKind: "web" });
    expect(only(tickets).items.map(({ quantity, isMade, station, done }) => [quantity, isMade, station, done])).toEqual([
      [2, true, "Rest", false],
      [1, false, "Rest", false],
    ]);
    expect(JSON.stringify(tickets)).not.toContain("Puig");
  });

  it("[FUL-62] the first line begins an order, the last makes it ready, and one that is called back takes ready back", async () => {
    const id = await ordered([
      [CAPPUCCINO, 1],
      [CROISSANT, 1],
    ]);
    const ticket = only((await queue()).tickets);
    const [first, second] = linesOf(ticket);
    if (!first || !second) throw new Error("two lines");
    expect(await say(ticket, [first])).toMatchObject({ ok: true, value: { state: "in_preparation", doneLineIds: [first] } });
    expect(await say(ticket, [first])).toMatchObject({ ok: true, value: { state: "in_preparation" } });
    expect(await say(ticket, [second])).toMatchObject({ ok: true, value: { state: "ready" } });
    expect(await queue()).toMatchObject({ tickets: [], recent: [{ id }] });
    expect(await say(ticket, [second], false)).toMatchObject({ ok: true, value: { state: "in_preparation", doneLineIds: [first] } });
    expect(only((await queue()).tickets).items.map(({ done }) => done)).toEqual([true, false]);
    await say(ticket, [second]);
    // Pressed too early at the till: nothing of it counts as made any more.
    await hub.must((ctx) => takeBackReady(ctx, id), tillActor());
    expect(only((await queue()).tickets).items.map(({ done }) => done)).toEqual([false, false]);
    expect(await hub.broken()).toEqual([]);
  });

  it("[FUL-62] two stations that finish at once make it ready once, whichever comes last", async () => {
    const id = await ordered([
      [CAPPUCCINO, 1],
      [CROISSANT, 1],
    ]);
    const lines = linesOf(only((await queue()).tickets));
    const told = await Promise.all(lines.map((line) => say({ id }, [line])));
    expect(told.every(({ ok }) => ok)).toBe(true);
    expect(await stateOf(id)).toBe("ready");
    const steps = await hub.rows("select 1 from fulfillment.step where fulfillment_id = $1 and state = 'ready'", [id]);
    expect(steps).toHaveLength(1);
  });

  it("[FUL-63] what is said late is kept and moves nothing: ready at the till, handed over, or canceled meanwhile", async () => {
    const id = await ordered([[CAPPUCCINO, 1]]);
    const [line] = linesOf(only((await queue()).tickets));
    if (!line) throw new Error("a line");
    await hub.must((ctx) => advance(ctx, id, "ready"), tillActor());
    expect(await say({ id }, [line])).toMatchObject({ ok: true, value: { state: "ready" } });
    const other = await ordered([[CAPPUCCINO, 1]]);
    const [second] = linesOf(only((await queue()).tickets));
    await hub.must((ctx) => advance(ctx, other, "cancel"), tillActor());
    expect(await say({ id: other }, [second ?? line])).toMatchObject({ ok: true, value: { state: "canceled" } });
    expect(await say({ id: other }, [second ?? line], false)).toMatchObject({ ok: false, error: { code: "fulfillment.not_possible" } });
    expect(await say({ id }, [second ?? line])).toMatchObject({ ok: false, error: { code: "fulfillment.units_unknown" } });
  });

  it("[FUL-64] what a till sold over the counter is there too, only what is made of it, until that is made or an hour is over", async () => {
    await soldAtTill([
      [CAPPUCCINO, 2],
      [CROISSANT, 1],
    ]);
    await soldAtTill([[CROISSANT, 3]]);
    const ticket = only((await queue()).tickets);
    expect(ticket).toMatchObject({ isWalkIn: true, items: [{ quantity: 2, isMade: true }] });
    expect((await queue(new Date(Date.now() + 61 * 60_000))).tickets).toEqual([]);
    expect(await say(ticket, linesOf(ticket))).toMatchObject({ ok: true, value: { state: "collected" } });
    expect(await queue()).toMatchObject({ tickets: [], recent: [{ id: ticket.id }] });
    expect(await say(ticket, linesOf(ticket), false)).toMatchObject({ ok: true });
    expect(only((await queue()).tickets).id).toBe(ticket.id);
  });

  it("[BRD-3] what is wanted first stands first, and who is here before what is wanted later; what is for tomorrow is not there", async () => {
    const soon = await ordered([[CAPPUCCINO, 1]], { dueAt: new Date(Date.now() + 30 * 60_000) });
    const now = await ordered([[CAPPUCCINO, 1]]);
    await ordered([[CAPPUCCINO, 1]], { dueAt: new Date(Date.now() + 24 * 3_600_000) });
    expect((await queue()).tickets.map(({ id }) => id)).toEqual([now, soon]);
    const whole = await readFulfillment(hub, soon);
    if (!whole) throw new Error("it is there");
    await hub.must((ctx) => noteArrival(ctx, whole, "here"), visitor());
    expect((await queue()).tickets.map(({ id, arrival }) => [id, arrival])).toEqual([
      [soon, "here"],
      [now, null],
    ]);
  });

  it("has none where the place names none", async () => {
    await ordered([[CAPPUCCINO, 1]]);
    await stations("");
    expect(await queue()).toMatchObject({ stations: [], tickets: [], recent: [] });
  });

  it("is followed by who works at the place, and each fact about it is told there", async () => {
    expect(await stationsLive.authorize(as(tillActor()), LYON, null)).toBe("board");
    expect(await stationsLive.authorize(as(tillActor(PARIS)), LYON, null)).toBeNull();
    expect(await stationsLive.authorize(as(visitor()), LYON, null)).toBeNull();
    const id = await ordered([[CAPPUCCINO, 1]]);
    await say({ id }, linesOf(only((await queue()).tickets)));
    const facts = (await hub.published()).filter(({ type }) => stationsLive.affectedBy.some((affected) => affected.type === type));
    expect(new Set(facts.map(({ type }) => type))).toEqual(
      new Set(["order.placed.v1", "fulfillment.changed.v1", "fulfillment.items_prepared.v1"]),
    );
    for (const fact of facts) {
      const event: HubEvent = { ...fact, id: "", source: "", time: "", position: 1 };
      const affected = stationsLive.affectedBy.find(({ type }) => type === event.type);
      expect(await affected?.subject(event, as(tillActor()))).toBe(`stations/${LYON}`);
    }
  });
});

describe("[FUL-65] who says to be near, or here", () => {
  it("is known until the hand-over, once, and nothing but that is kept", async () => {
    const id = await ordered([[CAPPUCCINO, 1]]);
    const arrive = async (where: "near" | "here") => {
      const whole = await readFulfillment(hub, id);
      if (!whole) throw new Error("it is there");
      return hub.run((ctx) => noteArrival(ctx, whole, where), visitor());
    };
    await hub.published();
    expect(await arrive("near")).toMatchObject({ ok: true, value: { arrival: "near" } });
    expect(await arrive("here")).toMatchObject({ ok: true, value: { arrival: "here" } });
    expect(await arrive("near")).toMatchObject({ ok: true, value: { arrival: "here" } });
    expect((await hub.published()).filter(({ type }) => type === "fulfillment.customer_arriving.v1")).toHaveLength(2);
    await hub.must((ctx) => advance(ctx, id, "cancel"), tillActor());
    expect(await hub.rows("select 1 from fulfillment.arrival where fulfillment_id = $1", [id])).toEqual([]);
    expect(await arrive("here")).toMatchObject({ ok: false, error: { code: "fulfillment.not_possible" } });
  });
});

describe("[PRM-33] work that was sold over the counter", () => {
  async function tell(): Promise<number> {
    const facts = await hub.rows<Pick<HubEvent, "id" | "type" | "subject" | "data">>(
      "delete from platform.outbox where type in ('order.placed.v1', 'fulfillment.changed.v1', 'fulfillment.items_prepared.v1') returning id, type, subject, data",
    );
    const time = new Date().toISOString();
    const events = facts.map((fact, index): HubEvent => ({ ...fact, source: "hub", time, position: index }));
    await hub.must(async (ctx) => {
      for (const { handleSet } of promisesSubscribers) await handleSet?.(ctx, events);
      return ok(null);
    });
    hub.around.snapshots.invalidate();
    return queueAt(LYON);
  }
  async function queueAt(placeId: PlaceId): Promise<number> {
    const place = (await hub.around.snapshots.current(placesSnapshot)).places.get(placeId);
    if (!place) throw new Error("no place");
    return (await promisingNow(hub.around.snapshots, place, new Date())).queueSeconds ?? 0;
  }

  it("pushes what is promised next only where somebody says what is made, until they do", async () => {
    await soldAtTill([[CAPPUCCINO, 4]]);
    expect(await tell()).toBe(0);
    const quiet = only((await queue()).tickets);
    await say(quiet, linesOf(quiet));
    expect(await tell()).toBe(0);
    await soldAtTill([[CAPPUCCINO, 3]]);
    expect(await tell()).toBe(150);
    const ticket = only((await queue()).tickets);
    await say(ticket, linesOf(ticket));
    expect(await tell()).toBe(0);
  });

  it("counts for nothing where a place has no stations", async () => {
    await stations("");
    await hub.rows("insert into promises.station_seen (place_id, at) values ($1, now())", [LYON]);
    await soldAtTill([[CAPPUCCINO, 4]]);
    expect(await tell()).toBe(0);
  });
});

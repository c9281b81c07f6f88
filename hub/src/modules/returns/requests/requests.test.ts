import fc from "fast-check";
import { newId, type FulfillmentId, type LineId, type OrderId, type PlaceId } from "@weft/kernel";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { LYON, MUG, BEANS, PARIS, saleHub, tillActor, type Line, type SaleHub } from "../../../../test/sale-hub.ts";
import { handOver } from "../../fulfillment/index.ts";
import { inspect, mayMove, normalizeReturnCode, returnCode } from "../domain/index.ts";
import { takeReturn } from "../take-return.ts";
import type { ReturnId } from "../commands.ts";
import { announceReturn, returnCodeMac, type WantedRequest } from "./announce.ts";
import { cancelRequest, endRequest, inspectRequest, receiveRequest } from "./decide.ts";
import { listRequests, presentRequests, readRequest, requestByCode, type RequestId } from "./read.ts";
import { drawSlip } from "./slip.ts";

let hub: SaleHub;
beforeAll(async () => {
  hub = await saleHub();
}, 30_000);
afterAll(() => hub.close());
beforeEach(async () => {
  for (const place of [LYON, PARIS]) for (const goods of [MUG, BEANS]) await hub.stock(goods, place, 50);
});
afterEach(async () => expect(await hub.broken()).toEqual([]));

type Customer = Awaited<ReturnType<SaleHub["customer"]>>;
type Bought = { readonly orderId: OrderId; readonly lines: readonly LineId[]; readonly customer: Customer };

/** An order of the web shop, paid by card and collected in Lyon. */
async function bought(wanted: readonly Line[]): Promise<Bought> {
  const customer = await hub.customer();
  const done = await hub.complete(await hub.cart(wanted, { actor: customer }), [{ kind: "card", token: "inline" }]);
  if (done.kind !== "placed") throw new Error("not placed");
  const fulfillmentId = done.view.fulfillments[0]?.id as FulfillmentId; // of the order that was just placed
  await hub.must((ctx) => handOver(ctx, hub, { fulfillmentId, proof: "order_number", code: done.view.number, tenders: [] }), tillActor());
  const orderId = done.view.id as OrderId; // the same
  return { orderId, customer, lines: done.view.lines.map(({ id }) => id as LineId) }; // the same
}

const announce = ({ orderId, lines, customer }: Bought, quantity: number, given: Partial<WantedRequest> = {}) =>
  hub.run((ctx) => {
    const units = lines.slice(0, 1).map((orderLineId) => ({ orderLineId, quantity, reason: "changed_mind" as const }));
    return announceReturn(ctx, hub.vault, { orderId, way: "parcel", wish: "money", lines: units, ...given });
  }, customer);

const must = async <T>(result: Promise<{ readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown }>) => {
  const done = await result;
  if (!done.ok) throw new Error(JSON.stringify(done.error));
  return done.value;
};
const stateOf = async (id: RequestId) => {
  const found = await readRequest(hub, id);
  const [view] = found ? await presentRequests({ db: hub.db, snapshots: hub.around.snapshots }, hub.vault, [found]) : [];
  return view;
};
const receive = (id: RequestId, at: PlaceId = LYON) => hub.run((ctx) => receiveRequest(ctx, id, at), tillActor(at));
const decide = (id: RequestId, line: LineId | undefined, accepted: number, reason?: string, at: PlaceId = LYON) =>
  hub.run(
    (ctx) =>
      inspectRequest(ctx, id, {
        lines: [{ orderLineId: line ?? newId<LineId>(), accepted, disposition: "restock" }],
        reason,
      }),
    tillActor(at),
  );

describe("[RET-11] what is announced", () => {
  it("waits with a code until it is there; nothing of stock, money or points moves before it is decided about", async () => {
    const order = await bought([[MUG, 3]]);
    const before = await hub.level(MUG);
    const id = await must(announce(order, 2));
    const view = await stateOf(id);
    expect(view).toMatchObject({ state: "requested", way: "parcel", placeId: LYON, isParcelFree: false, refunded: null });
    expect((await requestByCode(hub, returnCodeMac(hub.vault, ` ${view?.code?.toLowerCase()} `)))?.id).toBe(id);
    await must(receive(id));
    expect(await stateOf(id)).toMatchObject({ state: "received" });
    expect(await hub.level(MUG)).toEqual(before);
    expect(await hub.rows("select 1 from payments.refund where order_id = $1", [order.orderId])).toEqual([]);
    expect((await hub.published()).map(({ type }) => type)).toContain("return.request_changed.v1");
  });

  it("is never announced twice: units on their way count as back, also for two requests at once", async () => {
    const order = await bought([[MUG, 2]]);
    const both = await Promise.all([announce(order, 2), announce(order, 2)]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both.find(({ ok }) => !ok)).toMatchObject({ error: { code: "return.units_gone", requested: 2, returnable: 0 } });
  });

  it("is taken back until something is there, and then no more", async () => {
    const order = await bought([[MUG, 1]]);
    const first = await must(announce(order, 1));
    await must(hub.run((ctx) => cancelRequest(ctx, first), order.customer));
    expect(await stateOf(first)).toMatchObject({ state: "canceled", code: null });
    const second = await must(announce(order, 1));
    await must(receive(second));
    expect(await hub.run((ctx) => cancelRequest(ctx, second), order.customer)).toMatchObject({
      error: { code: "return.request_closed", state: "received" },
    });
    expect(await decide(second, order.lines[0], 1)).toMatchObject({ ok: true });
  });

  it("is in time when it was announced in time, however long the parcel travels", async () => {
    const order = await bought([[MUG, 1]]);
    const id = await must(announce(order, 1));
    await hub.rows("update orders.orders set business_date = business_date - 60 where id = $1", [order.orderId]);
    await hub.rows("update returns.request set business_date = business_date - 40 where id = $1", [id]);
    await hub.rows(
      "update fulfillment.step set at = at - interval '60 days' where fulfillment_id in (select id from fulfillment.fulfillment where order_id = $1)",
      [order.orderId],
    );
    expect(await announce(order, 1)).toMatchObject({ error: { code: "return.not_possible", because: { kind: "too_late" } } });
    await must(receive(id));
    // Announced 20 days after it was received, and so in time.
    expect(await decide(id, order.lines[0], 1)).toMatchObject({ ok: true });
  });

  it("costs its sender nothing where something is wrong with the goods", async () => {
    const order = await bought([[MUG, 1]]);
    const lines = order.lines.map((orderLineId) => ({ orderLineId, quantity: 1, reason: "defective" as const }));
    expect(await stateOf(await must(announce(order, 1, { lines })))).toMatchObject({ isParcelFree: true });
  });
});

describe("[RET-12] what was received is decided about", () => {
  it("taken: stock, money and points move as at a counter, and it is refunded when all money went back", async () => {
    const order = await bought([[MUG, 2]]);
    const before = await hub.level(MUG, PARIS);
    const id = await must(announce(order, 2));
    await must(receive(id, PARIS));
    await must(decide(id, order.lines[0], 2, undefined, PARIS));
    expect(await stateOf(id)).toMatchObject({
      state: "inspected",
      refunded: { amount: 2800 },
      lines: [{ accepted: 2, disposition: "restock" }],
    });
    expect((await hub.level(MUG, PARIS)).on_hand).toBe(before.on_hand + 2);
    await hub.rows("update payments.refund set state = 'succeeded' where order_id = $1", [order.orderId]);
    expect(await stateOf(id)).toMatchObject({ state: "refunded" });
  });

  it("taken in part: the rest is said why, and can be announced again", async () => {
    const order = await bought([[MUG, 2]]);
    const id = await must(announce(order, 2));
    await must(receive(id));
    expect(await decide(id, order.lines[0], 1)).toMatchObject({ error: { code: "return.reason_missing" } });
    await must(decide(id, order.lines[0], 1, "One has a crack that was not there"));
    expect((await stateOf(id))?.steps.at(-1)).toMatchObject({ state: "inspected", reason: "One has a crack that was not there" });
    expect(await announce(order, 1)).toMatchObject({ ok: true });
  });

  it("refused: nothing moves, and its customer reads why", async () => {
    const order = await bought([[MUG, 1]]);
    const id = await must(announce(order, 1));
    expect(await decide(id, order.lines[0], 1)).toMatchObject({ error: { code: "return.not_received" } });
    await must(receive(id));
    await must(decide(id, order.lines[0], 0, "The parcel was empty"));
    expect(await stateOf(id)).toMatchObject({ state: "refused", returnId: null });
    expect(await hub.rows("select 1 from payments.refund where order_id = $1", [order.orderId])).toEqual([]);
  });

  it("of two who decide at once one does", async () => {
    const order = await bought([[MUG, 1]]);
    const id = await must(announce(order, 1));
    await must(receive(id));
    const both = await Promise.all([decide(id, order.lines[0], 1), decide(id, order.lines[0], 1)]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both.find(({ ok }) => !ok)).toMatchObject({ error: { code: "return.request_closed", state: "accepted" } });
  });

  it("brought to a counter it ends with the return that is taken there", async () => {
    const order = await bought([[MUG, 2]]);
    const id = await must(announce(order, 2, { way: "store", wish: "exchange" }));
    const returnId = newId<ReturnId>();
    const units = [
      { orderLineId: order.lines[0] ?? newId<LineId>(), quantity: 1, reason: "changed_mind", disposition: "restock" },
    ] as const;
    const wanted = {
      id: returnId,
      orderId: order.orderId,
      placeId: PARIS,
      channelId: tillActor(PARIS).channelId ?? newId(),
      units,
      hasDrawer: true,
    };
    await must(
      hub.run(async (ctx) => {
        const taken = await takeReturn(ctx, wanted);
        return taken.ok ? endRequest(ctx, id, { orderId: order.orderId, placeId: PARIS, returnId, units }) : taken;
      }, tillActor(PARIS)),
    );
    expect(await stateOf(id)).toMatchObject({ state: "inspected", returnId, placeId: PARIS, lines: [{ quantity: 2, accepted: 1 }] });
  });
});

it("the list holds what is open for a place, with what any store may receive", async () => {
  const filter = { state: "open", channelKind: "web", channelIds: null, way: null, before: null, limit: 100 } as const;
  const listed = async (placeIds: readonly PlaceId[] | null) =>
    (await listRequests({ db: hub.db, snapshots: hub.around.snapshots }, { ...filter, placeIds })).map(({ id }) => id);
  const sent = await must(announce(await bought([[MUG, 1]]), 1));
  const brought = await must(announce(await bought([[MUG, 1]]), 1, { way: "store" }));
  expect(await listed([PARIS])).toContain(brought);
  expect(await listed([PARIS])).not.toContain(sent);
  expect(await listed([LYON])).toEqual(expect.arrayContaining([brought, sent]));
});

it("the slip is a PDF with where it goes, the same each time", async () => {
  const id = await must(announce(await bought([[MUG, 1]]), 1));
  const view = await stateOf(id);
  if (!view) throw new Error("it was just announced");
  const address = { line1: "1 rue du Test", postcode: "69002", city: "Lyon", country: "FR" };
  const draw = () => drawSlip(view, { name: "Lyon", address }, { name: "Trama", accent: "#96391d" }, "fr-FR");
  const [first, again] = [await draw(), await draw()];
  expect(first.subarray(0, 5).toString()).toBe("%PDF-");
  expect(first.equals(again)).toBe(true);
});

describe("[RET-11] [RET-12] the rules alone", () => {
  it("a code has no letters that are mistaken for others, and is read with spaces, dashes and small letters", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 64, maxLength: 64, max: 249 }), (random) => {
        const code = returnCode(random);
        expect(code).toMatch(/^RT[34679ACDEFGHJKMNPQRTUVWXY]{8}$/);
        expect(normalizeReturnCode(code.toLowerCase().replace(/^(..)(....)/, "$1-$2 "))).toBe(code);
      }),
    );
  });

  it.each([
    ["requested", "cancel", true],
    ["requested", "receive", true],
    ["received", "inspect", true],
    ["received", "cancel", false],
    ["received", "receive", false],
    ["accepted", "inspect", false],
    ["refused", "inspect", false],
    ["canceled", "receive", false],
  ] as const)("%s: %s %s", (state, move, may) => expect(mayMove(state, move).ok).toBe(may));

  it("no more is taken than was announced, and no line that was not", () => {
    const line = newId<LineId>();
    const announced = [{ orderLineId: line, quantity: 2, reason: "defective" as const }];
    const found = (accepted: number, orderLineId = line) => [{ orderLineId, accepted, disposition: "quarantine" as const }];
    expect(inspect(announced, found(3), "x")).toMatchObject({ error: { code: "return.units_gone" } });
    expect(inspect(announced, found(1, newId<LineId>()), "x")).toMatchObject({ error: { code: "return.line_unknown" } });
    expect(inspect(announced, [], "x")).toMatchObject({ ok: true, value: [] });
    expect(inspect(announced, found(2), undefined)).toMatchObject({
      value: [{ quantity: 2, reason: "defective", disposition: "quarantine" }],
    });
  });
});

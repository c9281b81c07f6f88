import type { OrderView } from "@weft/contracts";
import { asId, ok, type FulfillmentId, type LineId, type OrderId } from "@weft/kernel";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { booked, NOTHING } from "../../../test/order-change.ts";
import { BEANS, CAPPUCCINO, LYON, MUG, saleHub, tillActor, visitor, type Line, type SaleHub } from "../../../test/sale-hub.ts";
import { advance } from "../fulfillment/index.ts";
import { cancelOrder } from "./cancel-order.ts";
import { changeOrder } from "./change-order.ts";
import { orderActions } from "./order-actions.ts";
import type { ChangeWish } from "./prepare-change.ts";
import { previewChange } from "./preview-change.ts";
import { OrderChanged } from "../orders/events.ts";
import { issueDocuments, readOrder } from "../orders/index.ts";

let hub: SaleHub;
beforeAll(async () => {
  hub = await saleHub();
}, 60_000);
afterAll(() => hub.close());
beforeEach(async () => {
  await hub.stock(MUG, LYON, 100);
  await hub.stock(BEANS, LYON, 100);
});

const CARD = [{ kind: "card", token: "inline" }] as const;
const DUE = [{ kind: "due_at_collection" }] as const;
const goods = (variant: number, quantity: number) => ({ sku: `SKU-${variant}`, quantity, options: [] });

type Buyer = Awaited<ReturnType<SaleHub["customer"]>>;
type Ordered = { readonly id: OrderId; readonly view: OrderView; readonly actor: Buyer; readonly part: FulfillmentId };

async function ordered(lines: readonly Line[], tenders: typeof CARD | typeof DUE = CARD): Promise<Ordered> {
  const actor = await hub.customer();
  const done = await hub.complete(await hub.cart(lines, { actor }), tenders);
  if (done.kind !== "placed") throw new Error(`not placed: ${JSON.stringify(done)}`);
  const [fulfillment] = done.view.fulfillments;
  return { id: asId<OrderId>(done.view.id), view: done.view, actor, part: asId<FulfillmentId>(fulfillment?.id ?? "") };
}

const lineOf = ({ view }: Ordered, at = 0): LineId => asId<LineId>(view.lines[at]?.id ?? "");
const change = (order: Ordered, wish: Partial<ChangeWish>, actor: Parameters<SaleHub["run"]>[1] = order.actor) =>
  hub.run((ctx) => changeOrder(ctx, hub.deps, order.id, { ...NOTHING, ...wish }), actor);
const book = ({ id }: Ordered) => booked(hub, id);
const balance = async ({ actor }: Ordered) =>
  (await hub.rows<{ balance: number }>("select balance::int from loyalty.read_member where record_id = $1", [actor.customer.recordId]))[0]
    ?.balance;

describe("[CHK-21] an order is changed until its place has begun", () => {
  it("goods come to it at today's price: paid, promised, allocated, and earning their points", async () => {
    const order = await ordered([[MUG, 1]]);
    const before = await hub.level(BEANS);
    expect(
      await change(order, { add: [goods(BEANS, 2)], tenders: CARD, expectedDifference: { amount: 1700, currency: "EUR" } }),
    ).toMatchObject({ ok: true });
    expect(await book(order)).toMatchObject({ state: "placed", payment_state: "paid", total: 3100, paid: 3100, due: 0, points: 31 });
    expect(await hub.level(BEANS)).toEqual({ ...before, allocated: before.allocated + 2 });
    expect(await balance(order)).toBe(31);
    expect(await hub.broken()).toEqual([]);
  });

  it("units leave it: their share goes back, as do stock and points", async () => {
    const order = await ordered([[MUG, 3]]);
    const before = await hub.level(MUG);
    expect(await change(order, { remove: [{ orderLineId: lineOf(order), quantity: 2 }] })).toMatchObject({ ok: true });
    expect(await book(order)).toMatchObject({ state: "placed", payment_state: "paid", canceled: 2800, refunded: 2800 });
    expect(await hub.level(MUG)).toEqual({ ...before, allocated: before.allocated - 2 });
    expect(await balance(order)).toBe(14);
    expect(await hub.broken()).toEqual([]);
  });

  it("what goes pays for what comes: only the difference moves", async () => {
    const order = await ordered([[MUG, 2]]);
    const wish = { remove: [{ orderLineId: lineOf(order), quantity: 1 }], add: [goods(BEANS, 1), goods(CAPPUCCINO, 1)] };
    const preview = await hub.run((ctx) => previewChange(ctx, order.id, { ...NOTHING, ...wish }), order.actor);
    expect(preview).toMatchObject({
      ok: true,
      value: {
        difference: { amount: -160 },
        added: { amount: 1240 },
        removed: { amount: 1400 },
        refunds: [{ kind: "card", amount: { amount: 160 } }],
        points: -2,
      },
    });
    expect(await change(order, wish)).toMatchObject({ ok: true });
    expect(await book(order)).toMatchObject({ payment_state: "paid", total: 4040, canceled: 1400, paid: 2800, refunded: 160 });
    expect(await balance(order)).toBe(26);
    expect(await hub.broken()).toEqual([]);
  });

  it("what is due at the counter grows and shrinks with it", async () => {
    const order = await ordered([[MUG, 1]], DUE);
    expect(await change(order, { add: [goods(BEANS, 1)], tenders: DUE })).toMatchObject({ ok: true });
    expect(await book(order)).toMatchObject({ payment_state: "due_at_collection", due: 2250 });
    expect(await change(order, { remove: [{ orderLineId: lineOf(order), quantity: 1 }] })).toMatchObject({ ok: true });
    expect(await book(order)).toMatchObject({ state: "placed", payment_state: "due_at_collection", due: 850 });
    expect(await hub.broken()).toEqual([]);
  });

  it("an order that is emptied is canceled with everything given back", async () => {
    const order = await ordered([[MUG, 2]]);
    expect(await change(order, { add: [goods(BEANS, 1)], tenders: CARD })).toMatchObject({ ok: true });
    const added = await hub.rows<{ id: LineId }>("select id from orders.order_line where order_id = $1 and change_id is not null", [
      order.id,
    ]);
    const remove = [
      { orderLineId: lineOf(order), quantity: 2 },
      { orderLineId: asId<LineId>(added[0]?.id ?? ""), quantity: 1 },
    ];
    expect(await change(order, { remove })).toMatchObject({ ok: true });
    expect(await book(order)).toMatchObject({ state: "canceled", payment_state: "refunded", refunded: 3650 });
    expect(await balance(order)).toBe(0);
    expect(await hub.broken()).toEqual([]);
  });

  it("is refused with the state and the time that closed it", async () => {
    const order = await ordered([[MUG, 1]]);
    await hub.must((ctx) => advance(ctx, order.part, "prepare"), tillActor());
    const closed = { code: "order.change_closed", state: "in_preparation", since: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) };
    expect(await change(order, { remove: [{ orderLineId: lineOf(order), quantity: 1 }] })).toMatchObject({ ok: false, error: closed });
    expect(await change(order, { add: [goods(BEANS, 1)], tenders: CARD })).toMatchObject({ ok: false, error: closed });
    const entry = await readOrder(hub, order.id);
    const actions = await hub.must(async (ctx) => ({ ok: true as const, value: entry && (await orderActions(ctx, entry)) }), order.actor);
    expect(actions?.actions.map(({ action, allowed }) => [action, allowed])).toEqual([
      ["cancel", false],
      ["remove_units", false],
      ["add_lines", false],
      ["collect_elsewhere", false],
      ["ship_instead", false],
      ["change_contact", true],
    ]);
    expect(actions?.actions[0]?.because).toMatchObject({ code: "order.change_closed", data: { state: "in_preparation" } });
  });

  it("is nobody else's to change, and another difference than the one shown is refused", async () => {
    const order = await ordered([[MUG, 1]]);
    for (const stranger of [visitor(), await hub.customer()])
      expect(await change(order, { add: [goods(BEANS, 1)], tenders: CARD }, stranger)).toEqual({
        ok: false,
        error: { code: "order.unknown" },
      });
    expect(await change(order, { add: [goods(BEANS, 1)], tenders: CARD, expectedDifference: { amount: 800, currency: "EUR" } })).toEqual({
      ok: false,
      error: { code: "order.difference_changed", expected: { amount: 800, currency: "EUR" }, difference: { amount: 850, currency: "EUR" } },
    });
    expect(await hub.broken()).toEqual([]);
  });
});

let position = 0;
const tellDocuments = (orderId: OrderId) =>
  hub.must(async (ctx) => {
    const data = { orderId, recordId: null, placeId: null };
    const fact = { id: orderId, type: OrderChanged.type, source: "test", subject: `order/${orderId}`, time: "2026-01-01T00:00:00Z" };
    return ok(await issueDocuments(ctx, [{ ...fact, data, position: ++position }]));
  });

it("[DOC-10] what comes after the invoice has one of its own, and what goes of it is credited against that one", async () => {
  const order = await ordered([[MUG, 2]]);
  await tellDocuments(order.id);
  await change(order, { add: [goods(BEANS, 2)], tenders: CARD });
  await tellDocuments(order.id);
  const added = await hub.rows<{ id: LineId }>("select id from orders.order_line where order_id = $1 and change_id is not null", [
    order.id,
  ]);
  const remove = [
    { orderLineId: lineOf(order), quantity: 1 },
    { orderLineId: asId<LineId>(added[0]?.id ?? ""), quantity: 1 },
  ];
  await change(order, { remove });
  await tellDocuments(order.id);
  await tellDocuments(order.id);
  const documents = await hub.rows<{ kind: string; total: number; reverses: number | null }>(
    `select d.kind, d.total::int, (select r.total::int from orders.document r where r.id = d.reverses) as reverses
       from orders.document d where d.order_id = $1 order by d.kind desc, d.total`,
    [order.id],
  );
  expect(documents).toEqual([
    { kind: "invoice", total: 1700, reverses: null },
    { kind: "invoice", total: 2800, reverses: null },
    { kind: "credit_note", total: 850, reverses: 1700 },
    { kind: "credit_note", total: 1400, reverses: 2800 },
  ]);
  expect(await hub.broken()).toEqual([]);
});

describe("[CHK-24] of two at a time one wins", () => {
  it.each(["change", "cancel", "prepare"] as const)("a change against another: %s", async (rival) => {
    const order = await ordered([[MUG, 3]]);
    const { version = 0 } = (await book(order)) ?? {};
    const remove = [{ orderLineId: lineOf(order), quantity: 1 }];
    const others = {
      change: () => change(order, { add: [goods(BEANS, 1)], tenders: CARD, version }),
      cancel: () => hub.run((ctx) => cancelOrder(ctx, order.id, "no"), order.actor),
      prepare: () => hub.run((ctx) => advance(ctx, order.part, "prepare"), tillActor()),
    };
    const [mine, other] = await Promise.all([change(order, { remove, version }), others[rival]()]);
    if (rival === "change") expect([mine.ok, other.ok].filter(Boolean)).toHaveLength(1);
    else expect(other.ok).toBe(true);
    const refused = [mine, other].find((result) => !result.ok);
    if (refused && !refused.ok)
      expect(["order.version_differs", "order.not_changeable", "order.change_closed"]).toContain(refused.error.code);
    expect(await hub.broken()).toEqual([]);
  });

  it("the last unit comes to one order only", async () => {
    await hub.stock(BEANS, LYON, (await hub.level(BEANS)).allocated + 1);
    const orders = [await ordered([[MUG, 1]]), await ordered([[MUG, 1]])];
    const done = await Promise.all(orders.map((order) => change(order, { add: [goods(BEANS, 1)], tenders: CARD })));
    expect(done.filter(({ ok }) => ok)).toHaveLength(1);
    const lost = done.find((result) => !result.ok);
    expect(lost).toMatchObject({ error: { code: "stock.insufficient", available: 0 } });
    expect(await hub.broken()).toEqual([]);
  });
});

import type { OrderView } from "@weft/contracts";
import { asId, ok, type FulfillmentId, type LineId, type OrderId } from "@weft/kernel";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { CARD, DUE, orderedToCollect } from "../../../test/collect.ts";
import { LYON, MUG, saleHub, tillActor, visitor, type SaleHub } from "../../../test/sale-hub.ts";
import { advance } from "./commands.ts";
import { eraseCollectors, nameCollector, withdrawCollector } from "./collector.ts";
import { handOver, type HandOver } from "./hand-over.ts";
import { fulfillmentsOf, readFulfillment } from "./queries.ts";

let hub: SaleHub;
beforeAll(async () => {
  hub = await saleHub();
}, 30_000);
afterAll(() => hub.close());
beforeEach(async () => {
  await hub.stock(MUG, LYON, 100);
  await hub.rows("delete from fulfillment.code_try");
});

const ordered = (tenders: typeof CARD | typeof DUE = CARD, actor = visitor()) => orderedToCollect(hub, { units: 3, tenders, actor });

const give = (id: FulfillmentId, given: Partial<HandOver>) =>
  hub.run((ctx) => handOver(ctx, hub, { fulfillmentId: id, proof: "code", tenders: [], ...given }), tillActor());
const whole = async (id: FulfillmentId) => {
  const found = await readFulfillment(hub, id);
  if (!found) throw new Error(`no fulfillment ${id}`);
  return found;
};
const send = async (id: FulfillmentId, name = "Nora Weber") => {
  const before = await whole(id);
  const { collector } = await hub.must((ctx) => nameCollector(ctx, hub.vault, before, name), visitor());
  return hub.vault.open(collector?.code_sealed ?? "") ?? "";
};

describe("[FUL-31] somebody else fetches it", () => {
  it("with a code of their own, and the order says who came", async () => {
    const { id } = await ordered();
    const code = await send(id);
    expect(code).toMatch(/^\d{7}$/);
    expect(await give(id, { code: `${code.slice(0, 3)} ${code.slice(3)}` })).toMatchObject({
      ok: true,
      value: { fulfillment: { state: "collected" }, collector: { name: "Nora Weber", code_sealed: null, collected_at: expect.any(Date) } },
    });
    expect(await hub.broken()).toEqual([]);
  });

  it("a code that was taken back, or given to another, opens nothing", async () => {
    const { id } = await ordered();
    const first = await send(id);
    const second = await send(id, "Aina Soler");
    expect(await give(id, { code: first })).toMatchObject({ value: { error: { code: "collection.code_wrong" } } });
    await hub.must(async (ctx) => withdrawCollector(ctx, await whole(id)), visitor());
    expect(await give(id, { code: second })).toMatchObject({ value: { error: { code: "collection.code_wrong" } } });
    expect((await whole(id)).collector).toBeNull();
  });

  it("the customer comes all the same: who was only named is forgotten", async () => {
    const { id, code } = await ordered();
    await send(id);
    expect(await give(id, { code })).toMatchObject({ ok: true, value: { collector: null } });
    expect(await hub.rows("select 1 from fulfillment.collector where fulfillment_id = $1", [id])).toEqual([]);
  });

  it("nobody is sent for what was handed over", async () => {
    const { id, code } = await ordered();
    await give(id, { code });
    const done = await whole(id);
    expect(await hub.run((ctx) => nameCollector(ctx, hub.vault, done, "Nora Weber"), visitor())).toEqual({
      ok: false,
      error: { code: "fulfillment.not_possible", state: "collected" },
    });
  });

  it("[IDN-11] the erasure of the customer takes the name and the code", async () => {
    const { id } = await ordered(CARD, await hub.customer());
    const code = await send(id);
    const { fulfillment } = await whole(id);
    await hub.must(async (ctx) => ok(await eraseCollectors(ctx, fulfillment.record_id ? [fulfillment.record_id] : [])));
    expect(await hub.rows("select name, code_mac, code_sealed from fulfillment.collector where fulfillment_id = $1", [id])).toEqual([
      { name: null, code_mac: null, code_sealed: null },
    ]);
    expect(await give(id, { code })).toMatchObject({ value: { error: { code: "collection.code_wrong" } } });
  });
});

it("[FUL-32] the name that staff wrote down stays with the hand-over", async () => {
  const { id, order } = await ordered();
  const given = { proof: "order_number", code: order.number, receivedBy: "Marc Ferrer" } as const;
  expect(await give(id, given)).toMatchObject({ ok: true, value: { collector: { name: "Marc Ferrer", collected_at: expect.any(Date) } } });
  expect(await hub.broken()).toEqual([]);
});

describe("[FUL-33] a part is collected now", () => {
  const one = (order: OrderView) => [{ orderLineId: asId<LineId>(order.lines[0]?.id ?? ""), quantity: 1 }];

  it("the rest waits on at its place, as long, on the same shelf, with another code", async () => {
    const { id, code, order } = await ordered();
    await hub.must((ctx) => advance(ctx, id, "ready", "B4"), tillActor());
    const before = await hub.level(MUG);
    const until = (await whole(id)).fulfillment.collect_until;
    expect(await give(id, { code, lines: one(order) })).toMatchObject({ ok: true, value: { fulfillment: { state: "collected" } } });
    expect(await hub.level(MUG)).toMatchObject({ on_hand: before.on_hand - 1, allocated: before.allocated - 1 });
    const [, rest] = await fulfillmentsOf(hub, asId<OrderId>(order.id));
    expect(rest).toMatchObject({
      fulfillment: { state: "ready", place_id: LYON, shelf: "B4", collect_until: until },
      lines: [{ quantity: 2 }],
    });
    expect(await hub.broken()).toEqual([]);
    const restCode = hub.vault.open(rest?.fulfillment.code_sealed ?? "") ?? "";
    expect(restCode).not.toBe(code);
    expect(await give(asId<FulfillmentId>(rest?.fulfillment.id ?? ""), { code: restCode })).toMatchObject({ ok: true });
    expect(await hub.rows("select state, fulfillment_state from orders.orders where id = $1", [order.id])).toEqual([
      { state: "closed", fulfillment_state: "fulfilled" },
    ]);
    expect(await hub.broken()).toEqual([]);
  });

  it("what is due is paid with the first part, and the rest has nothing to pay", async () => {
    const { id, code, order } = await ordered(DUE);
    expect(await give(id, { code, lines: one(order), tenders: [{ kind: "cash" }] })).toMatchObject({ ok: true });
    const [, rest] = await fulfillmentsOf(hub, asId<OrderId>(order.id));
    expect(rest).toMatchObject({ due: 0 });
    expect(await hub.broken()).toEqual([]);
  });

  it("more than there is, or units of another order, are refused and nothing moves", async () => {
    const [mine, other] = [await ordered(), await ordered()];
    const [line] = one(mine.order);
    for (const lines of [[{ orderLineId: line?.orderLineId ?? asId<LineId>(""), quantity: 4 }], one(other.order)])
      expect(await give(mine.id, { code: mine.code, lines })).toEqual({ ok: false, error: { code: "fulfillment.units_unknown" } });
    expect(await fulfillmentsOf(hub, asId<OrderId>(mine.order.id))).toHaveLength(1);
  });

  it("all of it named is all of it: no other part is made", async () => {
    const { id, code, order } = await ordered();
    await give(id, { code, lines: [{ orderLineId: asId<LineId>(order.lines[0]?.id ?? ""), quantity: 3 }] });
    expect(await fulfillmentsOf(hub, asId<OrderId>(order.id))).toHaveLength(1);
  });
});

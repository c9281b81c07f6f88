import { err } from "@weft/kernel";
import { afterAll, beforeAll, expect, it } from "vitest";
import { BEANS, LYON, MUG, PARIS, saleHub, tillActor, type SaleHub } from "../../../test/sale-hub.ts";
import { ordersInConflict, resolveConflict } from "./resolve-conflict.ts";

let hub: SaleHub;
beforeAll(async () => {
  hub = await saleHub();
}, 30_000);
afterAll(() => hub.close());

const CARD = [{ kind: "card", token: "inline" }] as const;

/** Two orders of the web wait for the only two units, and the till sells one of them. */
async function conflictOver(goods: number): Promise<string> {
  await hub.stock(goods, LYON, 2);
  for (let n = 0; n < 2; n++) expect((await hub.complete(await hub.cart([[goods, 1]]), CARD)).kind).toBe("placed");
  const ticket = await hub.cart([[goods, 1]], { actor: tillActor() });
  expect((await hub.sell(ticket, CARD, { mode: "recorded" })).ok).toBe(true);
  const [row] = await hub.rows<{ id: string }>("select id from stock.conflict where resolved_at is null");
  return row?.id ?? "";
}

const orders = async (id: string) => {
  const found = await ordersInConflict({ db: hub.db, actor: tillActor() }, id);
  return found.ok ? found.value : [];
};

it("[CHK-11] canceling one of the orders that wait gives everything back and ends the conflict; the other one keeps its goods", async () => {
  const id = await conflictOver(MUG);
  const [newest, oldest] = await orders(id);
  expect(newest && oldest && newest.placedAt >= oldest.placedAt && newest.isCancelable).toBe(true);
  const orderId = newest?.orderId ?? "";
  const resolved = await hub.must(
    (ctx) => resolveConflict(ctx, id, { outcome: "cancel_order", orderId, note: "sold at the counter" }),
    tillActor(),
  );
  expect(resolved).toEqual({ state: "resolved" });
  expect(await hub.rows("select state, paid::int - refunded::int as kept from orders.read_state where id = $1", [orderId])).toEqual([
    { state: "canceled", kept: 0 },
  ]);
  expect(await hub.level(MUG)).toEqual({ on_hand: 1, allocated: 1, held: 0 });
  expect(await hub.rows("select outcome, note from stock.conflict where id = $1", [id])).toEqual([
    { outcome: "canceled_order", note: "sold at the counter" },
  ]);
  const again = await hub.run((ctx) => resolveConflict(ctx, id, { outcome: "cancel_order", orderId, note: "again" }), tillActor());
  expect(again).toEqual(err({ code: "conflict.other_order" }));
  expect(await hub.broken()).toEqual([]);
});

it("[CHK-11] waiting leaves it open until goods come, and nobody decides for another place", async () => {
  const id = await conflictOver(BEANS);
  const wait = { outcome: "wait", note: "a delivery comes at noon" } as const;
  expect(await hub.run((ctx) => resolveConflict(ctx, id, wait), tillActor(PARIS))).toEqual(err({ code: "conflict.unknown" }));
  expect(await hub.must((ctx) => resolveConflict(ctx, id, wait), tillActor())).toEqual({ state: "open" });
  expect(await orders(id)).toHaveLength(2);
});

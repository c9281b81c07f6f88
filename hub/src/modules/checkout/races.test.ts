import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BEANS, CROISSANT, LYON, MUG, PARIS, saleHub, tillActor, type SaleHub } from "../../../test/sale-hub.ts";

let hub: SaleHub;
beforeAll(async () => {
  hub = await saleHub();
}, 30_000);
afterAll(() => hub.close());

const CARD = [{ kind: "card", token: "inline" }] as const;

describe("[STK-1] the database decides races", () => {
  it("200 shoppers for 10 units: 10 orders, and the others are told what is left", async () => {
    await hub.stock(MUG, LYON, 1000);
    const carts = await Promise.all(Array.from({ length: 200 }, () => hub.cart([[MUG, 1]])));
    // Nobody holds any more: as after the holds have run out.
    await hub.rows("delete from stock.hold");
    await hub.rows("update stock.level set held = 0, on_hand = 10");
    const done = await Promise.all(carts.map((cart) => hub.complete(cart, CARD)));
    const refused = done.flatMap((completion) => (completion.kind === "refused" ? [completion.error] : []));
    expect(done.filter(({ kind }) => kind === "placed")).toHaveLength(10);
    expect(refused).toHaveLength(190);
    for (const error of refused) expect(error).toMatchObject({ code: "stock.insufficient", requested: 1, available: 0 });
    expect(await hub.level(MUG)).toEqual({ on_hand: 10, allocated: 10, held: 0 });
    expect(await hub.broken()).toEqual([]);
  }, 60_000);

  it("carts with the same goods in opposite order never deadlock", async () => {
    await hub.stock(BEANS, LYON, 1000);
    await hub.stock(CROISSANT, LYON, 1000);
    const orders: (readonly [number, number])[][] = [
      [
        [BEANS, 1],
        [CROISSANT, 1],
      ],
      [
        [CROISSANT, 1],
        [BEANS, 1],
      ],
    ];
    for (let round = 0; round < 20; round++) {
      const carts = await Promise.all(Array.from({ length: 8 }, (_, index) => hub.cart(orders[index % 2] ?? [])));
      const done = await Promise.all(carts.map((cart) => hub.complete(cart, CARD)));
      expect(done.every(({ kind }) => kind === "placed")).toBe(true);
    }
    const [stats] = await hub.rows<{ deadlocks: string }>("select deadlocks from pg_stat_database where datname = current_database()");
    expect(Number(stats?.deadlocks)).toBe(0);
  }, 60_000);

  it("the till and the web want the last unit: whoever comes second live is refused, and a sale that happened makes a conflict", async () => {
    await hub.stock(MUG, LYON, 1000);
    await hub.stock(MUG, PARIS, 1);
    const elsewhere = { place: PARIS };
    const [web, live, happened] = [
      await hub.cart([[MUG, 1]], elsewhere),
      await hub.cart([[MUG, 1]], { actor: tillActor(PARIS), place: LYON }),
      await hub.cart([[MUG, 1]], { actor: tillActor(PARIS), place: LYON }),
    ];
    const atTill = { fulfillment: { kind: "take_away", placeId: PARIS, dining: "take_away", dueAt: null } } as const;
    expect(await hub.complete(web, CARD)).toMatchObject({ kind: "placed" });
    expect(await hub.sell(live, [{ kind: "cash" }], atTill)).toMatchObject({ error: { code: "stock.insufficient", available: 0 } });
    expect(await hub.sell(happened, [{ kind: "cash" }], { ...atTill, mode: "recorded" })).toMatchObject({ ok: true });
    expect(await hub.level(MUG, PARIS)).toEqual({ on_hand: 0, allocated: 1, held: 0 });
    expect(await hub.rows("select missing from stock.conflict where resolved_at is null")).toEqual([{ missing: 1 }]);
    expect(await hub.broken()).toEqual([]);
  });
});

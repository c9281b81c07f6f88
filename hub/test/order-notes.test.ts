import type { CartOperation } from "@weft/contracts";
import { asId, newId, type Id, type OrderId } from "@weft/kernel";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { BEANS, CAPPUCCINO, LYON, MUG, newStore, saleHub, type SaleHub, type TestCart } from "./sale-hub.ts";
import { testTill } from "./till-hub.ts";
import { eraseOrderContacts } from "../src/modules/orders/index.ts";
import { fulfillmentsOf, stationWork } from "../src/modules/fulfillment/index.ts";
import { upsertPlaces } from "../src/modules/places/index.ts";
import { eraseCarts, operate } from "../src/modules/carts/index.ts";
import { tidyLineNote, tidyNote } from "../src/modules/carts/domain/index.ts";

let hub: SaleHub;
beforeAll(async () => {
  hub = await saleHub();
}, 30_000);
afterAll(() => hub.close());
beforeEach(async () => {
  for (const goods of [MUG, BEANS]) await hub.stock(goods, LYON, 100);
});

type Wanted = CartOperation extends infer One ? (One extends unknown ? Omit<One, "id"> : never) : never;
const change = (cart: TestCart, ...wanted: readonly Wanted[]) =>
  hub.must(
    (ctx) => operate(ctx, { cartId: cart.id, operations: wanted.map((one) => ({ ...one, id: newId<Id<"operation">>() })) }),
    cart.actor,
  );
const drink = (note?: string) => ({
  kind: "add" as const,
  sku: `SKU-${CAPPUCCINO}`,
  quantity: 1,
  options: [],
  ...(note !== undefined && { note }),
});
const allowing = async (customerNotes: "made" | "all" | "none") => {
  await hub.must(async (ctx) => ({
    ok: true as const,
    value: await upsertPlaces(ctx, [{ ...newStore(LYON, "Lyon"), settings: { customerNotes } }]),
  }));
  hub.around.snapshots.invalidate();
};

describe("[CRT-34] what is said about a cart", () => {
  it("parts lines: the same drink with another note is another line, with the same it is one", async () => {
    const cart = await hub.cart([[CAPPUCCINO, 1]]);
    const { cart: view } = await change(cart, drink("extra hot"), drink("no sugar"), drink(" extra  hot "), drink());
    expect(view.lines.map(({ quantity, note }) => [quantity, note])).toEqual([
      [2, undefined],
      [2, "extra hot"],
      [1, "no sugar"],
    ]);
  });

  it("is changed and taken back, of a line and of the whole, and the operations keep no word of it", async () => {
    const cart = await hub.cart([[CAPPUCCINO, 1]]);
    const lineId = cart.view.lines[0]?.id ?? "";
    const said = await change(
      cart,
      { kind: "setNote", lineId, note: "for Léa" },
      { kind: "setNote", lineId: null, note: "birthday table" },
    );
    expect([said.cart.lines[0]?.note, said.cart.note]).toEqual(["for Léa", "birthday table"]);
    const kept = await hub.rows<{ body: string }>("select body::text from carts.cart_operation where cart_id = $1", [cart.id]);
    expect(kept.map(({ body }) => body).join()).not.toMatch(/Léa|birthday/);
    const silent = await change(cart, { kind: "setNote", lineId, note: "  " }, { kind: "setNote", lineId: null, note: null });
    expect([silent.cart.lines[0]?.note, silent.cart.note]).toEqual([undefined, undefined]);
  });

  it("is taken from who buys as their place has it: of what is made, of everything, of nothing; a till takes it of everything", async () => {
    const refusals = async (cart: TestCart) => {
      const { results } = await change(cart, drink("no sugar"), { ...drink("for Léa"), sku: `SKU-${MUG}` });
      return results.map(({ code }) => code);
    };
    expect(await refusals(await hub.cart([[CAPPUCCINO, 1]]))).toEqual([null, "cart.note_refused"]);
    await allowing("all");
    expect(await refusals(await hub.cart([[CAPPUCCINO, 1]]))).toEqual([null, null]);
    await allowing("none");
    expect(await refusals(await hub.cart([[CAPPUCCINO, 1]]))).toEqual(["cart.note_refused", "cart.note_refused"]);
    const till = await testTill(hub);
    expect(await refusals(await hub.cart([[CAPPUCCINO, 1]], { actor: till.actor }))).toEqual([null, null]);
    const { view } = await hub.cart([[CAPPUCCINO, 1]]);
    expect([view.takesNote, view.lines[0]?.takesNote]).toEqual([undefined, undefined]);
    await allowing("made");
    const made = (
      await hub.cart([
        [CAPPUCCINO, 1],
        [MUG, 1],
      ])
    ).view;
    expect([made.takesNote, ...made.lines.map(({ takesNote }) => takesNote)]).toEqual([true, true, undefined]);
  });

  it("goes over to the order, its fulfillment and its stations with the completion, and is on the cart no more", async () => {
    const cart = await hub.cart([[CAPPUCCINO, 1]]);
    const { cart: view } = await change(cart, drink("no sugar"), { kind: "setNote", lineId: null, note: "birthday table" });
    const done = await hub.complete({ ...cart, view }, [{ kind: "due_at_collection" }]);
    if (done.kind !== "placed") throw new Error("not placed");
    const { id, note, lines, fulfillments } = done.view;
    expect([note, lines]).toMatchObject(["birthday table", [{}, { note: "no sugar" }]]);
    expect(fulfillments).toMatchObject([{ note: "birthday table", lines: [{}, { note: "no sugar" }] }]);
    expect(await fulfillmentsOf({ db: hub.db }, asId<OrderId>(id))).toMatchObject([
      { note: "birthday table", lines: [{ note: null }, { note: "no sugar" }] },
    ]);
    expect(await stationWork({ db: hub.db }, LYON, new Date())).toContainEqual(
      expect.objectContaining({
        note: "birthday table",
        lines: [expect.objectContaining({ note: null }), expect.objectContaining({ note: "no sugar" })],
      }),
    );
    const left = await hub.rows(
      "select c.note, l.note as said from carts.cart c join carts.cart_line l on l.cart_id = c.id where c.id = $1",
      [cart.id],
    );
    expect(left).toEqual([
      { note: null, said: null },
      { note: null, said: null },
    ]);
    expect(await hub.broken()).toEqual([]);
  });

  it("[ORD-12] is forgotten with its customer, of open carts and of orders", async () => {
    const customer = await hub.customer();
    const { recordId } = customer.customer;
    const bought = await hub.cart([[CAPPUCCINO, 1]], { actor: customer });
    const { cart: view } = await change(bought, drink("for Léa"), { kind: "setNote", lineId: null, note: "for Léa" });
    await hub.complete({ ...bought, view }, [{ kind: "due_at_collection" }]);
    const open = await hub.cart([[CAPPUCCINO, 1]], { actor: customer });
    await change(open, drink("for Léa"), { kind: "setNote", lineId: null, note: "for Léa" });
    const notes = () =>
      hub.rows(
        `select count(*)::int as left from (
           select note from carts.cart where record_id = $1 union all
           select l.note from carts.cart_line l join carts.cart c on c.id = l.cart_id where c.record_id = $1 union all
           select note from orders.orders where record_id = $1 union all
           select l.note from orders.order_line l join orders.orders o on o.id = l.order_id where o.record_id = $1) n where note is not null`,
        [recordId],
      );
    expect(await notes()).toEqual([{ left: 4 }]);
    await hub.must(async (ctx) => {
      await eraseCarts(ctx, [recordId]);
      await eraseOrderContacts(ctx, [recordId]);
      return { ok: true as const, value: null };
    });
    expect(await notes()).toEqual([{ left: 0 }]);
  });
});

describe("[CRT-34] a hostile note is only text", () => {
  it("has no line ends, no commands for a printer, and nothing that turns the direction of what stands beside it", () => {
    expect(tidyLineNote("no\nsugar\u001b@\u202egnihton\u2028please")).toBe("no sugar @ gnihton please");
    expect(tidyLineNote(" \u0000\t ")).toBeUndefined();
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.integer({ min: 1, max: 300 }), (text, most) => {
        const tidy = tidyNote(text, most);
        if (tidy === undefined) return true;
        return (
          tidy.length <= most &&
          tidy === tidy.trim() &&
          !/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u.test(tidy) &&
          tidyNote(tidy, most) === tidy
        );
      }),
      { numRuns: 500 },
    );
  });
});

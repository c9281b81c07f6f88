import { ok } from "@weft/kernel";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { variantId } from "../../../test/goods-hub.ts";
import {
  countLines,
  discardDocument,
  dispatchTransfer,
  enterStock,
  postCount,
  receiveDelivery,
  receiveStock,
  receiveTransfer,
  setSafety,
  startCount,
  wasteGoods,
} from "./commands/index.ts";
import type { DocumentId } from "./domain/index.ts";
import { stockInvariants } from "./invariants.ts";
import { BERLIN, LYON, freshId, line, stockBench, type StockBench } from "../../../test/stock-bench.ts";

let stock: StockBench;
beforeAll(async () => {
  stock = await stockBench();
});
afterAll(() => stock.close());

const place = fc.constantFrom(LYON, BERLIN);
const level = fc.record({ variant: fc.integer({ min: 1, max: 3 }), place });
const cart = fc.integer({ min: 1, max: 3 });
const quantity = fc.integer({ min: 0, max: 6 });
const wanted = fc.array(fc.record({ line: fc.integer({ min: 1, max: 3 }), variant: fc.integer({ min: 1, max: 3 }), place, quantity }), {
  minLength: 1,
  maxLength: 3,
});

const command = fc.oneof(
  fc.record({ kind: fc.constant("hold" as const), cart, wanted }),
  fc.record({ kind: fc.constantFrom("allocate" as const, "sell_now" as const), cart, wanted, recorded: fc.boolean() }),
  fc.record({ kind: fc.constantFrom("release" as const, "expire" as const, "sweep" as const), cart }),
  fc.record({ kind: fc.constantFrom("fulfill" as const, "cancel" as const), order: fc.nat(8), quantity, place }),
  fc.record({
    kind: fc.constant("enter" as const),
    level,
    quantity,
    how: fc.constantFrom("receipt", "waste", "correction", "count", "safety"),
  }),
  fc.record({
    kind: fc.constant("document" as const),
    level,
    quantity,
    how: fc.constantFrom("deliver", "waste", "send", "arrive", "count", "note", "post", "discard"),
    nth: fc.nat(4),
  }),
);
type Command = typeof command extends fc.Arbitrary<infer T> ? T : never;

it("[STK-6] [STK-2] after any commands, refused ones too, levels are the fold of movements, holds and allocations", async () => {
  let fresh = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: 5, maxLength: 25 }), async (commands) => {
      const orders: { id: string; lines: string[] }[] = [];
      for (const one of commands) await play(one, orders, () => freshId(++fresh));
      expect(await stock.violations(stockInvariants)).toEqual([]);
    }),
    { numRuns: 40 },
  );
}, 60_000);

async function play(one: Command, orders: { id: string; lines: string[] }[], next: () => string): Promise<void> {
  switch (one.kind) {
    case "hold":
      await stock.hold(freshId(one.cart), linesOf(one.cart, one.wanted));
      return;
    case "allocate":
    case "sell_now": {
      const lines = one.wanted
        .filter((row) => row.quantity > 0)
        .map((row) => ({ line: next(), variant: variantId(row.variant), place: row.place, quantity: row.quantity }));
      const order = { id: next(), lines: lines.map((row) => row.line) };
      await stock.take(one.kind, order.id, freshId(one.cart), lines, one.recorded).then(() => orders.push(order), onlyShort);
      return;
    }
    case "release":
      await stock.rows("select stock.release_cart($1)", [freshId(one.cart)]);
      return;
    case "expire":
      return stock.expire(freshId(one.cart));
    case "sweep":
      await stock.rows("select stock.sweep(2)");
      return;
    case "fulfill": {
      const order = orders[one.order];
      if (order)
        await stock.rows("select stock.fulfill($1, $2, $3, $4)", [next(), one.place, order.lines, order.lines.map(() => one.quantity)]);
      return;
    }
    case "cancel": {
      const order = orders[one.order];
      if (order) await stock.rows("select stock.release_allocations($1)", [order.id]);
      return;
    }
    case "enter":
      return enter(one, next);
    case "document":
      return moveByDocument(one);
  }
}

/** Deliveries, waste, transfers and counts in any order, on documents that may have ended long ago. */
async function moveByDocument({ level: at, quantity: units, how, nth }: Extract<Command, { kind: "document" }>): Promise<void> {
  const [placeId, other] = at.place === LYON ? [LYON, BERLIN] : [BERLIN, LYON];
  const lines = [{ variantId: variantId(at.variant), quantity: units }];
  const kind = how === "arrive" || how === "discard" ? "transfer" : "count";
  const known = await stock.rows<{ id: DocumentId }>("select id from stock.document where kind = $1 order by id desc limit 5", [kind]);
  const document = known[nth]?.id;
  await stock.run<unknown, unknown>(async (ctx) => {
    if (how === "deliver" && units > 0) return receiveDelivery(ctx, { placeId, partner: null, note: null, lines });
    if (how === "waste" && units > 0) return wasteGoods(ctx, { placeId, reason: "broken", note: null, lines });
    if (how === "send" && units > 0) return dispatchTransfer(ctx, { fromPlaceId: placeId, placeId: other, note: null, lines });
    if (how === "count") return startCount(ctx, placeId, null);
    if (!document) return ok(undefined);
    if (how === "arrive") return receiveTransfer(ctx, document, nth % 2 ? lines : []);
    if (how === "note") return countLines(ctx, document, lines);
    if (how === "post") return postCount(ctx, document, null);
    return discardDocument(ctx, document);
  });
}

/** A line holds once: of two wishes for one line the later counts, as the cart would send it. */
function linesOf(cartNumber: number, rows: readonly { line: number; variant: number; place: typeof LYON; quantity: number }[]) {
  const byLine = new Map(rows.map((row) => [row.line, row]));
  return [...byLine.values()].map((row) => ({
    line: line(10 * cartNumber + row.line),
    variant: variantId(row.variant),
    place: row.place,
    quantity: row.quantity,
  }));
}

async function enter({ level: at, how, quantity: units }: Extract<Command, { kind: "enter" }>, next: () => string): Promise<void> {
  const key = { variantId: variantId(at.variant), placeId: at.place };
  await stock.run<unknown, unknown>(async (ctx) => {
    if (how === "safety") return setSafety(ctx, { ...key, safety: units });
    if (how === "receipt") return ok(await receiveStock(ctx, [{ ...key, entryId: next(), quantity: units, safety: 1 }], "delivery"));
    if (how === "count") return enterStock(ctx, { ...key, kind: "count", counted: units, changeFromQuantity: 2, reason: "count" });
    return enterStock(ctx, {
      ...key,
      kind: how === "waste" ? "waste" : "correction",
      quantity: how === "waste" ? units : units - 3,
      reason: "test",
    });
  });
}

function onlyShort(error: unknown): void {
  expect(error).toMatchObject({ code: "WF001" });
}

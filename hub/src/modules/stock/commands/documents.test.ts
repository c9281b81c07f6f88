import type { StaffId } from "@weft/kernel";
import { beforeEach, describe, expect, it } from "vitest";
import { SYSTEM, type Actor } from "../../../platform/index.ts";
import { BERLIN, LYON, MUG, OAT_MILK, WEB_CART, freshId, line, stockBench, type StockBench } from "../../../../test/stock-bench.ts";
import type { DocumentId } from "../domain/index.ts";
import { stockInvariants } from "../invariants.ts";
import {
  countLines,
  discardDocument,
  dispatchTransfer,
  postCount,
  receiveDelivery,
  receiveTransfer,
  startCount,
  wasteGoods,
} from "./index.ts";

let stock: StockBench;
beforeEach(async () => {
  stock = await stockBench();
  return async () => {
    expect(await stock.violations(stockInvariants)).toEqual([]);
    await stock.close();
  };
});

const ANNA: Actor = {
  ...SYSTEM,
  kind: "staff",
  staff: { id: freshId(7) as StaffId, name: "Anna Keller", roles: ["manager"], placeIds: [], sessionId: "s" }, // an id that tests make
};
const milk = (quantity: number) => ({ variantId: OAT_MILK, quantity });
const mugs = (quantity: number) => ({ variantId: MUG, quantity });
const conflicts = () => stock.rows("select missing, cause_type, resolved_at is null as open from stock.conflict");
const incoming = () => stock.rows("select variant_id, place_id, quantity from stock.read_incoming");
const movements = () => stock.rows("select kind, quantity from stock.movement where cause_type = 'document' order by id");

describe("a delivery", () => {
  it("makes the levels, is booked line by line with who, and told", async () => {
    const wish = { placeId: LYON, partner: "Mill & Sons", note: null, lines: [milk(4), mugs(2), milk(1)] };
    await stock.must((ctx) => receiveDelivery(ctx, wish), ANNA);
    expect([await stock.level(OAT_MILK), await stock.level(MUG)]).toMatchObject([{ on_hand: 5 }, { on_hand: 2 }]);
    expect(await stock.rows("select kind, quantity, actor_name, reason from stock.movement order by quantity desc")).toEqual([
      { kind: "receipt", quantity: 5, actor_name: "Anna Keller", reason: "Mill & Sons" },
      { kind: "receipt", quantity: 2, actor_name: "Anna Keller", reason: "Mill & Sons" },
    ]);
    expect(await stock.rows("select action from access.audit_entry")).toEqual([{ action: "stock.delivery.done" }]);
    expect((await stock.published()).map(({ type }) => type)).toContain("stock.document_changed.v1");
  });
});

describe("waste", () => {
  const waste = (quantity: number) =>
    stock.run((ctx) => wasteGoods(ctx, { placeId: LYON, reason: "broken", note: null, lines: [milk(quantity)] }), ANNA);

  it("[STK-3] is gone although it was promised, and what is missing is a conflict until goods come", async () => {
    await stock.stocked(OAT_MILK, 5);
    await stock.take("allocate", freshId(1), null, [{ line: freshId(2), variant: OAT_MILK, quantity: 4 }]);
    expect(await waste(3)).toMatchObject({ ok: true });
    expect(await conflicts()).toEqual([{ missing: 2, cause_type: "document", open: true }]);
    await stock.must((ctx) => receiveDelivery(ctx, { placeId: LYON, partner: null, note: null, lines: [milk(2)] }));
    expect(await conflicts()).toMatchObject([{ open: false }]);
  });

  it("needs a level", async () => {
    expect(await waste(1)).toEqual({ ok: false, error: { code: "stock.level_unknown", variantId: OAT_MILK, placeId: LYON } });
  });
});

describe("a transfer", () => {
  const send = (quantity: number) =>
    stock.run((ctx) => dispatchTransfer(ctx, { fromPlaceId: LYON, placeId: BERLIN, note: null, lines: [milk(quantity)] }), ANNA);
  const sent = async (quantity: number): Promise<DocumentId> => {
    const done = await send(quantity);
    if (!done.ok) throw new Error(done.error.code);
    return done.value;
  };

  it("[STK-11] is on nobody's shelf while it travels, and arrives with its difference", async () => {
    await stock.stocked(OAT_MILK, 10);
    const id = await sent(6);
    expect([await stock.level(OAT_MILK), await stock.level(OAT_MILK, BERLIN)]).toMatchObject([{ on_hand: 4 }, undefined]);
    expect(await incoming()).toEqual([{ variant_id: OAT_MILK, place_id: BERLIN, quantity: 6 }]);
    await stock.must((ctx) => receiveTransfer(ctx, id, [milk(5)]), ANNA);
    expect(await stock.level(OAT_MILK, BERLIN)).toMatchObject({ on_hand: 5 });
    expect(await incoming()).toEqual([]);
    expect(await stock.rows("select quantity, received from stock.document_line")).toEqual([{ quantity: 6, received: 5 }]);
  });

  it("[STK-10] takes nothing that is promised, safety stock it may take", async () => {
    await stock.stocked(OAT_MILK, 10, LYON, 3);
    await stock.hold(WEB_CART, [{ line: line(1), variant: OAT_MILK, quantity: 4 }]);
    expect(await send(7)).toEqual({
      ok: false,
      error: { code: "stock.short_to_send", variantId: OAT_MILK, placeId: LYON, requested: 7, available: 6 },
    });
    expect(await send(6)).toMatchObject({ ok: true });
    expect(await conflicts()).toEqual([]);
  });

  it("goes to another place, with goods that are counted at its own", async () => {
    const here = { fromPlaceId: LYON, placeId: LYON, note: null, lines: [milk(1)] };
    expect(await stock.run((ctx) => dispatchTransfer(ctx, here))).toMatchObject({ error: { code: "stock.same_place" } });
    expect(await send(1)).toMatchObject({ error: { code: "stock.level_unknown" } });
  });

  it("[STK-6] is received once, by two tills at the same moment too", async () => {
    await stock.stocked(OAT_MILK, 10);
    const id = await sent(6);
    const both = await Promise.all([1, 2].map(() => stock.run((ctx) => receiveTransfer(ctx, id, []), ANNA)));
    expect(both.map((one) => (one.ok ? "received" : one.error.code)).sort()).toEqual(["received", "stock.document_ended"]);
    expect(await stock.level(OAT_MILK, BERLIN)).toMatchObject({ on_hand: 6 });
    expect(await stock.run((ctx) => receiveTransfer(ctx, id, [mugs(1)]))).toMatchObject({ error: { code: "stock.document_ended" } });
  });

  it("arrives with nothing that was not sent", async () => {
    await stock.stocked(OAT_MILK, 10);
    const id = await sent(6);
    expect(await stock.run((ctx) => receiveTransfer(ctx, id, [mugs(1)]))).toMatchObject({ error: { code: "stock.line_unknown" } });
  });

  it("is taken back as long as it travels: everything is where it came from", async () => {
    await stock.stocked(OAT_MILK, 10);
    const id = await sent(6);
    await stock.must((ctx) => discardDocument(ctx, id), ANNA);
    expect(await stock.level(OAT_MILK)).toMatchObject({ on_hand: 10 });
    expect(await incoming()).toEqual([]);
    expect(await stock.run((ctx) => receiveTransfer(ctx, id, []))).toMatchObject({ error: { code: "stock.document_ended" } });
  });

  it("[STK-1] and sales want the last units at once: each unit goes one way", async () => {
    await stock.stocked(OAT_MILK, 10);
    const wishes = Array.from({ length: 10 }, async (_, n) =>
      n % 2
        ? (await send(2)).ok
        : stock.take("sell_now", freshId(100 + n), null, [{ line: freshId(200 + n), variant: OAT_MILK, quantity: 2 }]).then(
            () => true,
            () => false,
          ),
    );
    expect((await Promise.all(wishes)).filter(Boolean).length).toBe(5);
    expect(await stock.level(OAT_MILK)).toMatchObject({ on_hand: 0 });
    expect(await conflicts()).toEqual([]);
  });
});

describe("a count", () => {
  const begun = () => stock.must((ctx) => startCount(ctx, LYON, "back room"), ANNA);
  const sell = (n: number) => stock.take("sell_now", freshId(n), null, [{ line: freshId(n + 50), variant: OAT_MILK, quantity: 1 }]);
  const lines = () =>
    stock.rows("select variant_id, quantity, started_from, booked_at is not null as booked from stock.document_line order by id");

  it("[STK-7] books what still stands; a line with a sale between is left, counted again, and ends it", async () => {
    await stock.stocked(OAT_MILK, 5);
    await stock.stocked(MUG, 2);
    const id = await begun();
    await stock.must((ctx) => countLines(ctx, id, [milk(4), mugs(3)]), ANNA);
    await sell(1);
    await stock.must((ctx) => postCount(ctx, id, null), ANNA);
    expect([await stock.level(OAT_MILK), await stock.level(MUG)]).toMatchObject([{ on_hand: 4 }, { on_hand: 3 }]);
    expect(await lines()).toMatchObject([
      { started_from: 5, booked: false },
      { started_from: 2, booked: true },
    ]);
    await stock.must((ctx) => countLines(ctx, id, [milk(3)]), ANNA);
    await stock.must((ctx) => postCount(ctx, id, null), ANNA);
    expect(await stock.level(OAT_MILK)).toMatchObject({ on_hand: 3 });
    expect(await stock.rows("select state, done_by_name from stock.document")).toEqual([{ state: "done", done_by_name: "Anna Keller" }]);
    expect(await movements()).toEqual([
      { kind: "count", quantity: 1 },
      { kind: "count", quantity: -1 },
    ]);
  });

  it("is booked line by line, and a booked line is not counted again", async () => {
    await stock.stocked(OAT_MILK, 5);
    const id = await begun();
    await stock.must((ctx) => countLines(ctx, id, [milk(5), mugs(1)]));
    await stock.must((ctx) => postCount(ctx, id, [MUG]));
    expect(await stock.level(MUG)).toMatchObject({ on_hand: 1 });
    expect(await lines()).toMatchObject([{ booked: false }, { booked: true }]);
    expect(await stock.run((ctx) => countLines(ctx, id, [mugs(2)]))).toMatchObject({ error: { code: "stock.line_booked" } });
  });

  it("that is discarded keeps what is booked, and books nothing more", async () => {
    const id = await begun();
    await stock.must((ctx) => countLines(ctx, id, [milk(5)]));
    await stock.must((ctx) => discardDocument(ctx, id));
    expect(await stock.run((ctx) => postCount(ctx, id, null))).toMatchObject({ error: { code: "stock.document_ended" } });
    expect(await stock.level(OAT_MILK)).toBeUndefined();
  });
});

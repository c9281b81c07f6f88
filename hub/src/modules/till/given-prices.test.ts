import type { CartOperation } from "@weft/contracts";
import { newId, type Id, type LineId, type StaffId } from "@weft/kernel";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ownRegister } from "../../../test/own-register.ts";
import { LYON, MUG, saleHub, type SaleHub, type TestCart } from "../../../test/sale-hub.ts";
import { testTill, type TestTill } from "../../../test/till-hub.ts";
import { upsertStaff } from "../access/index.ts";
import { operate } from "../carts/index.ts";
import { Committed } from "../../platform/index.ts";
import { approvePrices } from "./commands/approve-prices.ts";
import { lessPercent, mayGive } from "./domain/index.ts";
import { tillInvariants } from "./invariants.ts";
import { verifyJournal } from "./journal.ts";

const MANAGER = newId<StaffId>();
const PIN = "7319";

let hub: SaleHub;
let till: TestTill;
beforeAll(async () => {
  hub = await saleHub();
  const manager = { id: MANAGER, name: "Núria Vidal", email: "nuria@example.com", roles: ["manager" as const], placeIds: [LYON] };
  await hub.must((ctx) => upsertStaff(ctx, hub.deps.vault, [{ ...manager, passwordHash: "none", pin: PIN, locale: "ca" }]));
}, 60_000);
afterAll(() => hub.close());
beforeEach(async () => {
  await hub.stock(MUG, LYON, 100);
  till = await testTill(hub);
});
afterEach(async () => {
  expect(await hub.broken()).toEqual([]);
  expect(await hub.violations(tillInvariants)).toEqual([]);
  const registerId = till.actor.device?.registerId;
  if (registerId) expect(await verifyJournal(hub, registerId)).toEqual([]);
});

const price = (amount: number) => ({ amount, scale: 0, currency: "EUR", per: { quantity: 1, unit: "piece" as const } });
const lineOf = ({ view }: TestCart) => view.lines[0]?.id ?? "";

type Wanted = { kind: "setPrice"; unitAmount: number; reason: string } | { kind: "setQuantity"; quantity: number };

async function change(cart: TestCart, wanted: Wanted) {
  const operation: CartOperation = { id: newId<Id<"operation">>(), lineId: lineOf(cart), ...wanted };
  const done = await hub.must((ctx) => operate(ctx, { cartId: cart.id, operations: [operation] }), till.actor);
  return { code: done.results[0]?.code ?? null, line: done.cart.lines[0] };
}

const give = (cart: TestCart, unitAmount: number) => change(cart, { kind: "setPrice", unitAmount, reason: "a scratch" });

const approve = (pin: string, prices: readonly { lineId: string; unitAmount: number; units: number }[]) =>
  hub.run((ctx) => approvePrices(ctx, hub.deps.vault, { pin, prices: [...prices] }), till.actor);

describe("[TIL-50] a price by hand at a till", () => {
  it("is given by whoever may, or once by a manager's PIN: for this line, this price and so many units", async () => {
    const cart = await hub.cart([[MUG, 2]], { actor: till.actor });
    const lineId = lineOf(cart);
    expect((await give(cart, 1000)).code).toBe("price.below_limit");
    const wrong = await approve("0000", [{ lineId, unitAmount: 1000, units: 2 }]);
    expect(wrong.ok && wrong.value instanceof Committed && wrong.value.error.code).toBe("till.approval_refused");
    expect((await give(cart, 1000)).code).toBe("price.below_limit");
    expect(await approve(PIN, [{ lineId, unitAmount: 1000, units: 2 }])).toMatchObject({
      ok: true,
      value: { approvedBy: MANAGER, most: 30 },
    });
    expect((await give(cart, 999)).code).toBe("price.below_limit"); // another price than the one that was approved
    const given = await give(cart, 1000);
    expect(given).toMatchObject({ code: null, line: { total: { amount: 2000 }, override: { reason: "a scratch", units: 2 } } });
    // Fewer keep it; one more than was approved, and the list counts again.
    expect((await change(cart, { kind: "setQuantity", quantity: 1 })).line?.total.amount).toBe(1000);
    expect((await change(cart, { kind: "setQuantity", quantity: 3 })).line).toMatchObject({ total: { amount: 4200 }, override: null });
    expect((await give(cart, 1000)).code).toBe("price.below_limit"); // it was for one act
  });

  it("of an approval that two acts would use at once, one is done", async () => {
    const [first, second] = await Promise.all([hub.cart([[MUG, 1]], { actor: till.actor }), hub.cart([[MUG, 1]], { actor: till.actor })]);
    const lineId = lineOf(first);
    await approve(PIN, [{ lineId, unitAmount: 1100, units: 1 }]);
    expect((await give(second, 1100)).code).toBe("price.below_limit");
    const done = await Promise.all([give(first, 1100), give(first, 1100)]);
    expect(new Set(done.map(({ code }) => code))).toEqual(new Set([null, "price.below_limit"]));
  });

  it("a manager may not stand behind more than their own role allows", async () => {
    const cart = await hub.cart([[MUG, 1]], { actor: till.actor });
    await approve(PIN, [{ lineId: lineOf(cart), unitAmount: 900, units: 1 }]);
    expect((await give(cart, 900)).code).toBe("price.below_limit"); // 14.00 less 30 percent is 9.80
  });

  it("stands in the journal and in the audit with before, after, why and who; nobody who may is said so, and never refused", async () => {
    const act = (approvedBy: object | null) =>
      till.act("price.give", {
        shiftId: newId(),
        lines: [{ lineId: newId(), sku: `SKU-${MUG}`, quantity: 1, from: price(1400), to: price(1000) }],
        reason: "a scratch",
        approvedBy,
      });
    expect(await act({ staffId: MANAGER, at: "register" })).toMatchObject({ outcome: "done" });
    expect(await act(null)).toMatchObject({ outcome: "done" });
    const entries = await hub.rows<{ chain: string; kind: string; covered: string }>(
      "select chain, kind, body -> 'document' ->> 'isCovered' as covered from till.fiscal_entry where register_id = $1 order by seq",
      [till.actor.device?.registerId],
    );
    expect(entries).toEqual([
      { chain: "L", kind: "price.give", covered: "true" },
      { chain: "L", kind: "price.give", covered: "false" },
    ]);
    const audited = await hub.rows<{ reason: string }>("select reason from access.audit_entry where subject = $1 order by at", [
      `register/${till.actor.device?.registerId}`,
    ]);
    expect(audited.map(({ reason }) => reason.includes("who may not"))).toEqual([false, true]);
  });

  it("is given without the hub by the same rule, and booked to the cent as it was sold", async () => {
    const register = await ownRegister(hub, till);
    const shiftId = await till.open();
    const lineId = newId<LineId>();
    const add: CartOperation = { id: newId<Id<"operation">>(), kind: "add", sku: `SKU-${MUG}`, quantity: 2, options: [], lineId };
    const lower = { id: newId<Id<"operation">>(), kind: "setPrice", lineId, unitAmount: 1050, reason: "a scratch" } as const;
    const dear = { ...lower, id: newId<Id<"operation">>(), unitAmount: 1400 };
    const priced = register.priceOf([add, lower, dear]);
    expect(priced.refused).toEqual(["price.not_lower"]);
    expect(priced.view.lines[0]).toMatchObject({ total: { amount: 2100 }, override: { insteadOf: { amount: 1400 }, units: 2 } });
    const more = { id: newId<Id<"operation">>(), kind: "setQuantity", lineId, quantity: 3 } as const;
    expect(register.priceOf([add, lower, more]).view.lines[0]).toMatchObject({ total: { amount: 4200 }, override: null });
    const sale = register.sellAs(shiftId, priced);
    await till.send(sale);
    const [line] = await hub.rows<{ total: number; because: { kind: string; data: { reason?: string } }[] }>(
      "select total::int, because from orders.order_line where order_id = $1",
      [sale.body.orderId],
    );
    expect(line).toMatchObject({ total: 2100 });
    expect(line?.because.find(({ kind }) => kind === "price.overridden")?.data.reason).toBe("a scratch");
  });
});

describe("[TIL-57] a price by hand in a sale that a register made by itself", () => {
  const uncovered = () =>
    hub.rows(
      "select data ->> 'what' as what, (data ->> 'amount')::int as amount from platform.outbox where type = 'till.act_uncovered.v1' and data ->> 'registerId' = $1",
      [till.actor.device?.registerId],
    );
  const soldAt = async (unitAmount: number) => {
    const [register, shiftId] = [await ownRegister(hub, till), await till.open()];
    const lineId = newId<LineId>();
    const add: CartOperation = { id: newId<Id<"operation">>(), kind: "add", sku: `SKU-${MUG}`, quantity: 2, options: [], lineId };
    const lower = { id: newId<Id<"operation">>(), kind: "setPrice", lineId, unitAmount, reason: "a scratch" } as const;
    const lines = [{ lineId, sku: add.sku, quantity: 2, from: price(1400), to: price(unitAmount) }];
    return { sale: register.sellAs(shiftId, register.priceOf([add, lower])), lines, shiftId };
  };

  it("that no act of the till covers is booked as it was sold, and told with what was given off", async () => {
    const { sale } = await soldAt(1050);
    expect(await till.send(sale, sale)).toMatchObject([{ outcome: "done" }, { outcome: "done" }]);
    expect(await hub.rows("select total::int from orders.orders where id = $1", [sale.body.orderId])).toEqual([{ total: 2100 }]);
    expect(await uncovered()).toEqual([{ what: "price", amount: 700 }]);
  });

  it("that somebody covered who may is told to nobody", async () => {
    const { sale, lines, shiftId } = await soldAt(1050);
    const given = { shiftId, lines, reason: "a scratch", approvedBy: { staffId: MANAGER, at: "register" } };
    // The act comes first, as the till writes it.
    const act = till.write("price.give", given, { seq: sale["seq"] });
    const after = { ...sale, seq: act["seq"] === sale["seq"] ? Number(sale["seq"]) + 1 : sale["seq"] };
    expect(await till.send(act, after)).toMatchObject([{ outcome: "done" }, { outcome: "done" }]);
    expect(await uncovered()).toEqual([]);
  });

  it("that the hub itself gave the ticket is covered", async () => {
    const cart = await hub.cart([[MUG, 2]], { actor: till.actor });
    const lineId = lineOf(cart);
    await approve(PIN, [{ lineId, unitAmount: 1000, units: 2 }]);
    await give(cart, 1000);
    const [register, shiftId] = [await ownRegister(hub, till), await till.open()];
    const read = await change(cart, { kind: "setQuantity", quantity: 2 });
    expect(read.line?.total.amount).toBe(2000);
    const base = { ...cart.view, lines: read.line ? [read.line] : [] };
    const sale = register.sellAs(shiftId, register.priceOf([], { base }));
    expect(sale.body.total.amount).toBe(2000);
    expect(await till.send(sale)).toMatchObject([{ outcome: "done" }]);
    expect(await uncovered()).toEqual([]);
  });
});

describe("[TIL-50] percent off", () => {
  it("is rounded so that what may be given at most can be given", () => {
    expect(lessPercent({ amount: 455, scale: 0 }, 30)).toBe(319);
    expect(lessPercent({ amount: 14_0000, scale: 2 }, 30)).toBe(980);
    for (const amount of [1, 99, 333, 455, 1999])
      for (const percent of [5, 10, 20, 30]) {
        const to = lessPercent({ amount, scale: 0 }, percent);
        if (to < amount) expect(mayGive({ from: price(amount), to: price(to) }, percent)).toBe(true);
      }
    expect(mayGive({ from: price(1000), to: price(699) }, 30)).toBe(false);
  });
});

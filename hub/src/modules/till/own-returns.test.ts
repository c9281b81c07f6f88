import { newId, type StaffId } from "@weft/kernel";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ownRegister, type OwnRegister } from "../../../test/own-register.ts";
import { ownReturn, someOf } from "../../../test/own-return.ts";
import { expectWhole, pricedHub, registerIdOf, stockedTill } from "../../../test/own-till.ts";
import { BEANS, CROISSANT, LYON, MUG, type SaleHub } from "../../../test/sale-hub.ts";
import { testTill, type TestTill } from "../../../test/till-hub.ts";
import { upsertStaff } from "../access/index.ts";
import { changePlace } from "../places/index.ts";
import { refundHere, type SaleBody } from "./domain/index.ts";

let hub: SaleHub;
let till: TestTill;
let register: OwnRegister;
beforeAll(async () => {
  hub = await pricedHub();
  const manager = { id: MANAGER, name: "Núria Vidal", email: "nuria@example.com", roles: ["manager" as const], placeIds: [LYON] };
  await hub.must((ctx) => upsertStaff(ctx, hub.deps.vault, [{ ...manager, passwordHash: "none", pin: "7319", locale: "ca" }]));
}, 60_000);
afterAll(() => hub.close());
beforeEach(async () => {
  till = await stockedTill(hub);
  register = await ownRegister(hub, till);
});
afterEach(() => expectWhole(hub, till));

const who = (at?: string) => ({ staffId: till.actor.staff?.id ?? null, ...(at !== undefined && { at }) });

const booked = (orderId: string) =>
  hub
    .rows<{ returned: number; total: number; returns: number }>(
      `select (select sum(returned)::int from orders.order_line where order_id = $1) as returned,
              coalesce(sum(total), 0)::int as total, count(*)::int as returns from returns.return_order where order_id = $1`,
      [orderId],
    )
    .then(([row]) => row);

const tickets = () =>
  hub.rows<{ total: number; cash: number; lost: number }>(
    "select total::int, cash::int, lost::int from till.sale where register_id = $1 and kind = 'return' order by seq",
    [registerIdOf(till)],
  );

const lostFacts = async () =>
  (await hub.rows<{ data: { amount: number } }>("select data from platform.outbox where type = 'till.return_lost.v1'")).map(
    ({ data }) => data.amount,
  );

const MANAGER = newId<StaffId>();

const uncovered = () =>
  hub.rows<{ what: string; amount: number; commandId: string }>(
    `select data ->> 'what' as what, (data ->> 'amount')::int as amount, data ->> 'commandId' as "commandId"
       from platform.outbox where type = 'till.act_uncovered.v1' and data ->> 'registerId' = $1`,
    [registerIdOf(till)],
  );

describe("[TIL-51] goods that come back without the hub", () => {
  it("are booked to the cent as the register gave for them, once, however a line comes back", async () => {
    const shiftId = await till.open();
    const sale = register.sell(shiftId, [
      [CROISSANT, 4],
      [MUG, 1],
    ]);
    const first = till.write("return.take", ownReturn(shiftId, sale.body, { lines: someOf(sale.body, 0, 1) }), who());
    const before = new Map([[sale.body.lines[0]?.id ?? "", 1]]);
    const second = till.write("return.take", ownReturn(shiftId, sale.body, { lines: someOf(sale.body, 0, 3), before }), who());
    const answers = await till.send(sale, first, second);
    expect(answers.map(({ outcome }) => outcome)).toEqual(["done", "done", "done"]);
    expect(await till.send(first, second)).toEqual(answers.slice(1));
    const line = sale.body.lines[0];
    expect(await booked(sale.body.orderId)).toEqual({ returned: 4, total: line?.total, returns: 2 });
    expect((await tickets()).map(({ lost }) => lost)).toEqual([0, 0]);
    const left = 10_000 + sale.body.total.amount - (line?.total ?? 0);
    const closed = await till.act("shift.close", { shiftId, count: { lines: [{ denomination: 1, count: left }] } });
    expect(closed.shift).toMatchObject({ difference: { amount: 0 }, returns: { count: 2 } });
  });

  it("and had come back at another counter before are a loss that is named: the drawer and the ticket say what was given", async () => {
    const shiftId = await till.open();
    const sale = register.sell(shiftId, [[MUG, 2]]); // 14.00 each
    await till.send(sale);
    const away = ownReturn(shiftId, sale.body, { lines: someOf(sale.body, 0, 2) });
    const other = await testTill(hub);
    const theirs = {
      shiftId: await other.open(),
      returnId: crypto.randomUUID(),
      orderId: sale.body.orderId,
      lines: someOf(sale.body, 0, 1),
    };
    expect(await other.act("return.take", theirs, who())).toMatchObject({ outcome: "done" });
    const mine = till.write("return.take", away, who());
    expect(await till.send(mine, mine)).toMatchObject([{ outcome: "done" }, { outcome: "done" }]);
    expect(await tickets()).toEqual([{ total: -2800, cash: -2800, lost: 1400 }]);
    expect(await booked(sale.body.orderId)).toEqual({ returned: 2, total: 2800, returns: 2 });
    const again = till.write("return.take", ownReturn(shiftId, sale.body, { lines: someOf(sale.body, 0, 1) }), who());
    expect(await till.send(again)).toMatchObject([{ outcome: "done" }]);
    expect((await tickets()).at(-1)).toEqual({ total: -1400, cash: -1400, lost: 1400 });
    expect(await booked(sale.body.orderId)).toEqual({ returned: 2, total: 2800, returns: 2 });
    expect(await lostFacts()).toEqual([1400, 1400]);
  });

  it("are booked although another counter had taken the first unit, whose share is a cent more: the ticket names the cent, and nobody has to look", async () => {
    const before = (await lostFacts()).length;
    const shiftId = await till.open();
    const sale = register.sell(shiftId, [[CROISSANT, 4]], { codes: ["TENTH"] }); // 4.86: 1.22, 1.21, 1.22, 1.21
    await till.send(sale);
    const other = await testTill(hub);
    const lines = someOf(sale.body, 0, 1);
    const theirs = { shiftId: await other.open(), returnId: crypto.randomUUID(), orderId: sale.body.orderId, lines };
    expect(await other.act("return.take", theirs, who())).toMatchObject({ outcome: "done" });
    const mine = (sold: number, gone: number) => {
      const known = new Map([[sale.body.lines[0]?.id ?? "", gone]]);
      return till.write("return.take", ownReturn(shiftId, sale.body, { lines: someOf(sale.body, 0, sold), before: known }), who());
    };
    expect(await till.send(mine(1, 0), mine(1, 1))).toMatchObject([{ outcome: "done" }, { outcome: "done" }]);
    expect((await tickets()).map(({ lost }) => lost)).toEqual([1, -1]);
    expect(await booked(sale.body.orderId)).toMatchObject({ returned: 3, returns: 3 });
    expect(await lostFacts()).toHaveLength(before);
  });

  it("[TIL-56] too late are not refused, and dated by when they came back; where no manager stood behind it, that is told", async () => {
    await hub.must(async (ctx) => changePlace(ctx, LYON, { settings: { returnDays: 0 } }));
    hub.around.snapshots.invalidate();
    const at = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
    const shiftId = await till.open();
    const sale = register.sell(shiftId, [[BEANS, 1]], {}, { at: at(9) });
    const back = till.write("return.take", ownReturn(shiftId, sale.body, { lines: someOf(sale.body, 0, 1) }), who(at(2)));
    const second = register.sell(shiftId, [[BEANS, 1]], {}, { at: at(9) });
    const plain = ownReturn(shiftId, second.body, { lines: someOf(second.body, 0, 1) });
    const late = { reason: "was in hospital", approvedBy: MANAGER };
    const covered = till.write("return.take", { ...plain, happened: { ...plain.happened, late } }, who(at(2)));
    expect((await till.send(sale, back, second, covered)).map(({ outcome }) => outcome)).toEqual(["done", "done", "done", "done"]);
    expect(await uncovered()).toEqual([{ what: "return", amount: sale.body.total.amount, commandId: back["id"] }]);
    const audited = await hub.rows<{ reason: string }>(
      "select reason from access.audit_entry where action = 'till.returnOutside' order by at, id",
    );
    expect(audited.map(({ reason }) => reason.includes("who may not"))).toEqual([true, false]);
    const [entry] = await hub.rows<{ late: unknown }>(
      "select body -> 'document' -> 'late' as late from till.fiscal_entry where body -> 'document' ->> 'returnId' = $1",
      [plain.returnId],
    );
    expect(entry?.late).toEqual(late);
    const [row] = await hub.rows<{ days: number }>(
      "select (current_date - at::date)::int as days from returns.return_order where order_id = $1",
      [sale.body.orderId],
    );
    expect(row?.days).toBe(2);
    await hub.must(async (ctx) => changePlace(ctx, LYON, { settings: { returnDays: 30 } }));
    hub.around.snapshots.invalidate();
  });

  it("whose sale waits in quarantine wait there too, and block nothing", async () => {
    const shiftId = await till.open();
    const sale = register.sell(shiftId, [[MUG, 1]]);
    const unknown = { ...sale.body, orderId: crypto.randomUUID() };
    const back = till.write("return.take", ownReturn(shiftId, unknown, { lines: someOf(sale.body, 0, 1) }), who());
    const next = till.write("drawer.open", { shiftId, reason: "change" });
    expect((await till.send(sale, back, next)).map(({ outcome }) => outcome)).toEqual(["done", "quarantined", "done"]);
    expect(till.quarantined).toMatchObject([{ reason: "order.unknown" }]);
  });
});

describe("[TIL-51] where the money goes without the hub", () => {
  const paid = (kinds: readonly string[], customer: SaleBody["customer"]) =>
    refundHere({ tenders: kinds.map((kind) => ({ kind, amount: 100 })), customer });
  const known = { kind: "known", customerId: "01900000-0000-7000-8000-000000000001" } as const;

  it("is cash for cash, store credit of a known customer for a card, and nothing for what only the hub can give back", () => {
    expect(paid(["cash"], null)).toBe("cash");
    expect(paid(["card"], known)).toBe("store_credit");
    expect(paid(["cash", "card"], known)).toBe("store_credit");
    expect(paid(["card"], null)).toBe("not_cash");
    expect(paid(["points", "cash"], known)).toBe("not_cash");
    expect(paid(["gift_card"], known)).toBe("not_cash");
  });
});

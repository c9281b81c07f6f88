import { newId, ok, type Id } from "@weft/kernel";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { giftCardHub, soldCard } from "../../../test/gift-card-hub.ts";
import { ownRegister } from "../../../test/own-register.ts";
import { LYON, MUG, tillActor, type SaleHub } from "../../../test/sale-hub.ts";
import { testTill, type TestTill } from "../../../test/till-hub.ts";
import { randomFrom } from "../../../../scripts/random.ts";
import { currentRule, enroll, NO_TERMS, setProgram, setTerms, shownCard } from "../loyalty/index.ts";
import { checkRight, giftCardRight, MEMBER_RIGHT, mostHere, rightOfMemberCard, type PublicKey } from "../payments/index.ts";
import type { AnyCommand } from "./domain/index.ts";
import { tillInvariants } from "./invariants.ts";
import { verifyJournal } from "./journal.ts";

let hub: SaleHub;
let till: TestTill;
beforeAll(async () => {
  hub = await giftCardHub();
}, 60_000);
afterAll(() => hub.close());
beforeEach(async () => {
  await hub.stock(MUG, LYON, 1000);
  till = await testTill(hub);
});
afterEach(async () => {
  expect(await hub.broken()).toEqual([]);
  expect(await hub.violations(tillInvariants)).toEqual([]);
  expect(await verifyJournal(hub, registerOf(till))).toEqual([]);
});

const registerOf = (of: TestTill) => of.actor.device?.registerId ?? unreachable();
function unreachable(): never {
  throw new Error("the test has made it");
}

const keys = (): readonly PublicKey[] => hub.signer.publicKeys.keys;
const tendersOfOrder = (orderId: string) =>
  hub.rows("select kind, state, amount::int, tip::int from payments.tender where order_id = $1 order by kind", [orderId]);
const leftOn = async (cardId: string): Promise<number> => {
  const [row] = await hub.rows<{ balance: string }>("select balance from ledger.read_value where card_id = $1", [cardId]);
  return Number(row?.balance);
};
async function rightOf(cardId: string, now = new Date()): Promise<string> {
  const left = { amount: await leftOn(cardId), currency: "EUR" };
  return (await giftCardRight(hub.signer, { cardId, left, expiresAt: null }, now)) ?? unreachable();
}

describe("[TIL-40] a card that was shown while the hub was away", () => {
  it("is read as it was when it was shown, long before it was paid and weeks before it is sent: the sale is its owner's and earns", async () => {
    const register = await ownRegister(hub, till);
    const shiftId = await till.open();
    const { recordId } = (await hub.customer()).customer;
    await hub.must(async (ctx) => ok(await enroll(ctx, [recordId])));
    // Shown when the ticket was begun, paid ten minutes later: the code in it is that of its half minute.
    const begun = new Date(Date.now() - 600_000);
    const { cardToken: shown } = await shownCard(hub, recordId, begun);
    const shownAt = begun.toISOString();
    const [number] = await hub.rows<{ card: string }>("select card_number as card from loyalty.membership where record_id = $1", [
      recordId,
    ]);
    const sales = [shown, number?.card ?? "", "29 no card", `${shown.slice(0, -8)}AAAAAAAA`].map((text) =>
      register.sell(shiftId, [[MUG, 1]], { customer: { kind: "card", shown: text, at: shownAt } }),
    );
    expect((await till.send(...sales)).map(({ outcome }) => outcome)).toEqual(["done", "done", "done", "done"]);
    const orders = await hub.rows<{ record: string; points: number }>(
      "select o.record_id as record, o.points_earned::int as points from unnest($1::uuid[]) with ordinality as s(id, n) join orders.orders o on o.id = s.id order by n",
      [sales.map(({ body }) => body.orderId)],
    );
    expect(orders.map(({ record, points }) => [record === recordId, points])).toEqual([
      [true, 14],
      [true, 14],
      [false, 0],
      [false, 0],
    ]);
    // A token of half a day, sent after a month: what counts is when it was shown.
    const month = 30 * 86_400_000;
    expect(await hub.signer.verify("card", shown.slice(0, -9), new Date())).toBe(recordId);
    expect(await hub.signer.verify("card", shown.slice(0, -9), new Date(Date.now() + month))).toBeNull();
  });
});

describe("points at a register without the hub", () => {
  const member = async () => {
    const { recordId } = (await hub.customer()).customer;
    await hub.must(async (ctx) => ok(await enroll(ctx, [recordId])));
    return recordId;
  };
  const balanceOf = async (recordId: string): Promise<number> => {
    const [row] = await hub.rows<{ balance: number }>("select loyalty.usable($1, now())::int as balance", [recordId]);
    return row?.balance ?? 0;
  };

  it("[LOY-40] pay up to what the signed card says; what was not there is the loss of the house, and a card of somebody else pays nothing", async () => {
    const version = (await currentRule(hub))?.version ?? 0;
    const paying = { points: 10, minorUnits: 100, minimum: 1, maxPercent: 100 };
    await hub.must((ctx) => setTerms(ctx, version, { ...NO_TERMS, paying }));
    hub.around.snapshots.invalidate();
    const register = await ownRegister(hub, till);
    const shiftId = await till.open();
    const recordId = await member();
    // 200 points for 20 mugs.
    const earned = register.sell(shiftId, [[MUG, 20]], { customer: { kind: "known", customerId: recordId } });
    expect((await till.send(earned))[0]).toMatchObject({ outcome: "done" });
    const had = await balanceOf(recordId);
    expect(had).toBe(280);
    const { cardToken: shown } = await shownCard(hub, recordId, new Date(), { most: had * 10, currency: "EUR", percent: 50 });
    const right = rightOfMemberCard(shown) ?? unreachable();
    expect(await checkRight(right, keys(), new Date(), MEMBER_RIGHT)).toMatchObject({ subject: recordId, most: 2800, percent: 50 });
    expect(await checkRight(right, keys(), new Date())).toBeNull();
    const others = [{ kind: "points", amount: 1400, right }] as const;
    const customer = { kind: "card", shown, at: new Date().toISOString() } as const;
    const sales = [1, 2, 3].map(() => register.sell(shiftId, [[MUG, 2]], { others, customer }));
    expect((await till.send(...sales, ...sales)).map(({ outcome }) => outcome)).toEqual(Array.from({ length: 6 }, () => "done"));
    // 420 were spent, 28 earned with the money of each sale but the last, whose 14 the third sale could still burn.
    const lost = await hub.rows<{ lost: number }>(
      "select ledger.lost_by('tender', id)::int as lost from payments.tender where kind = 'points' and order_id = any($1) order by 1",
      [sales.map(({ body }) => body.orderId)],
    );
    expect(lost.map((row) => row.lost)).toEqual([0, 0, 420 - had - 28]);
    const stranger = register.sell(shiftId, [[MUG, 2]], { others, customer: { kind: "known", customerId: await member() } });
    expect((await till.send(stranger))[0]).toMatchObject({ outcome: "quarantined" });
  });

  it("[LOY-40] that paid nothing yet when it was sold wait for staff with their sale, and stop nothing", async () => {
    const register = await ownRegister(hub, till);
    const shiftId = await till.open();
    const recordId = await member();
    const { cardToken } = await shownCard(hub, recordId, new Date(), { most: 800, currency: "EUR", percent: 100 });
    const others = [{ kind: "points", amount: 100, right: rightOfMemberCard(cardToken) ?? unreachable() }] as const;
    const [begun] = await hub.rows<{ at: Date }>("select min(valid_from) as at from loyalty.rule_set");
    const at = new Date((begun ?? unreachable()).at.getTime() + 1).toISOString();
    const customer = { kind: "known", customerId: recordId } as const;
    const answers = await till.send(
      register.sell(shiftId, [[MUG, 1]], { others, customer }, { at }),
      register.sell(shiftId, [[MUG, 1]], { customer }),
    );
    expect(answers.map(({ outcome }) => outcome)).toEqual(["quarantined", "done"]);
    expect(till.quarantined).toMatchObject([{ reason: "loyalty.no_rate" }]);
  });

  it("[LOY-41] are earned by the rule that was in force when it was sold, whatever was decided since", async () => {
    const register = await ownRegister(hub, till);
    const shiftId = await till.open();
    const customer = { kind: "known", customerId: await member() } as const;
    const before = register.sell(shiftId, [[MUG, 1]], { customer }, { at: new Date(Date.now() - 60_000).toISOString() });
    const rule = (await currentRule(hub)) ?? unreachable();
    await hub.rows("update loyalty.rule_set set valid_from = valid_from - interval '1 hour'");
    const { programName, points: each, perMinorUnits, currency } = rule;
    await hub.must(async (ctx) => ok(await setProgram(ctx, { programName, points: each * 3, perMinorUnits, currency })));
    hub.around.snapshots.invalidate();
    const since = register.sell(shiftId, [[MUG, 1]], { customer }, { at: new Date(Date.now() + 1000).toISOString() });
    expect((await till.send(before, since)).map(({ outcome }) => outcome)).toEqual(["done", "done"]);
    const points = await hub.rows<{ points: number }>(
      "select o.points_earned::int as points from unnest($1::uuid[]) with ordinality as s(id, n) join orders.orders o on o.id = s.id order by n",
      [[before, since].map(({ body }) => body.orderId)],
    );
    expect(points.map((row) => row.points)).toEqual([14, 42]);
  });
});

describe("[TIL-41] a card that the terminal took while the hub was away", () => {
  it("pays its sale when the hub hears of it, with its tip, beside cash, and once", async () => {
    const register = await ownRegister(hub, till);
    const shiftId = await till.open();
    const others = [{ kind: "card", amount: 900, token: `terminal:${newId<Id<"payment">>()}:950`, tip: 50 }] as const;
    const sale = register.sell(shiftId, [[MUG, 1]], { others });
    const [first] = await till.send(sale);
    expect(first).toMatchObject({ outcome: "done" });
    expect(await till.send(sale, sale)).toEqual([first, first]);
    expect(await tendersOfOrder(sale.body.orderId)).toEqual([
      { kind: "card", state: "captured", amount: 900, tip: 50 },
      { kind: "cash", state: "captured", amount: 500, tip: 0 },
    ]);
    // The same approval under another sale is no payment: it waits for staff, and stops nothing.
    const answers = await till.send(register.sell(shiftId, [[MUG, 1]], { others }), register.sell(shiftId, [[MUG, 1]]));
    expect(answers.map(({ outcome }) => outcome)).toEqual(["quarantined", "done"]);
    const closed = await till.act("shift.close", { shiftId, count: { lines: [{ denomination: 1, count: 10_000 + 500 + 1400 }] } });
    expect(closed.shift).toMatchObject({ difference: { amount: 0 }, sales: { count: 2, card: { amount: 900 } } });
  });
});

describe("[PAY-52] a gift card that a register took by itself", () => {
  it("is known by the hub's signature alone, for as much as stood on it, until it ends", async () => {
    const card = await soldCard(hub);
    const now = new Date();
    const right = await rightOf(card.id, now);
    const known = await checkRight(right, keys(), now);
    expect(known).toMatchObject({ subject: card.id, most: 5000, currency: "EUR" });
    expect(await checkRight(right, keys(), new Date(now.getTime() + 367 * 86_400_000))).toBeNull();
    expect(await checkRight(right, [], now)).toBeNull();
    expect(await checkRight(await hub.signer.sign("card", card.id, 60), keys(), now)).toBeNull();
    const [head, body, signature] = right.split(".");
    const more = Buffer.from(JSON.stringify({ ...JSON.parse(Buffer.from(body ?? "", "base64url").toString()), most: 9999 })).toString(
      "base64url",
    );
    expect(await checkRight([head, more, signature].join("."), keys(), now)).toBeNull();
    expect([mostHere({ most: 5000 }, 2000, 0), mostHere({ most: 5000 }, 2000, 1500), mostHere({ most: 100 }, 2000, 300)]).toEqual([
      2000, 500, 0,
    ]);
  });

  it("pays what is on it; what was not there is the loss of the house, told once, and the card pays nothing more until somebody has looked", async () => {
    const register = await ownRegister(hub, till);
    const shiftId = await till.open();
    const card = await soldCard(hub);
    const right = await rightOf(card.id);
    const others = [{ kind: "gift_card", amount: 1400, right }] as const;
    const sales = [1, 2, 3, 4].map(() => register.sell(shiftId, [[MUG, 1]], { others }));
    expect((await till.send(...sales)).map(({ outcome }) => outcome)).toEqual(["done", "done", "done", "done"]);
    expect(await leftOn(card.id)).toBe(0);
    const overspent = await hub.rows("select order_id, amount::int from payments.overspent where card_id = $1", [card.id]);
    expect(overspent).toEqual([{ order_id: sales[3]?.body.orderId, amount: 600 }]);
    expect(await hub.rows("select block_reason from payments.gift_card where id = $1", [card.id])).toEqual([{ block_reason: "overspent" }]);
    expect(await hub.rows("select lost::int, place_id from payments.read_overspent_card where card_id = $1", [card.id])).toEqual([
      { lost: 600, place_id: LYON },
    ]);
    // Another register was away, too: it is never refused, and costs the house what the place allows.
    const last = register.sell(shiftId, [[MUG, 1]], { others });
    expect((await till.send(last))[0]).toMatchObject({ outcome: "done" });
    const online = await hub.cart([[MUG, 1]], { actor: tillActor() });
    expect(await hub.sell(online, [{ kind: "gift_card", cardId: card.id }])).toMatchObject({
      ok: false,
      error: { code: "gift_card.blocked" },
    });
  });

  it("without the hub's signature is kept for staff, and stops nothing", async () => {
    const register = await ownRegister(hub, till);
    const shiftId = await till.open();
    const others = [{ kind: "gift_card", amount: 1400, right: "nobody.signed.this-at-all" }] as const;
    const answers = await till.send(register.sell(shiftId, [[MUG, 1]], { others }), register.sell(shiftId, [[MUG, 1]]));
    expect(answers.map(({ outcome }) => outcome)).toEqual(["quarantined", "done"]);
  });

  it("costs at most what the place allows, times the registers that were away, whatever they do and in whatever order they come back", async () => {
    const chance = randomFrom(20261123);
    const most = 2000;
    for (let round = 0; round < 2; round++) {
      const card = await soldCard(hub);
      const right = await rightOf(card.id);
      const sent: (() => Promise<unknown>)[] = [];
      let taken = 0;
      for (let n = 0; n < 3; n++) {
        const away = await testTill(hub);
        const register = await ownRegister(hub, away);
        const shiftId = await away.open();
        let here = 0;
        const commands: AnyCommand[] = [];
        for (let sale = 0; sale < 3; sale++) {
          const amount = Math.min(mostHere({ most: 5000 }, most, here), 100 + Math.floor(chance() * 1300));
          if (amount === 0) continue;
          here += amount;
          commands.push(register.sell(shiftId, [[MUG, 1]], { others: [{ kind: "gift_card", amount, right }] }));
        }
        taken += here;
        for (let times = 0; times <= chance() * 2; times++) sent.push(() => away.send(...commands));
      }
      const order = sent.map((send) => ({ send, key: chance() })).toSorted((a, b) => a.key - b.key);
      await Promise.all(order.map(({ send }) => send()));
      const [lost] = await hub.rows<{ lost: number }>(
        "select coalesce(sum(amount), 0)::int as lost from payments.overspent where card_id = $1",
        [card.id],
      );
      expect(await leftOn(card.id)).toBe(Math.max(0, 5000 - taken));
      expect(lost?.lost).toBe(Math.max(0, taken - 5000));
      expect(lost?.lost).toBeLessThanOrEqual(3 * most - 5000);
    }
  }, 60_000);
});

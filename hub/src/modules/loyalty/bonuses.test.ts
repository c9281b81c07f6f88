import { ok, type CustomerId, type OrderId, type RecordId } from "@weft/kernel";
import type { BonusTermsView, TierTermsView } from "@weft/contracts";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { bonusTerms } from "../../../test/bonus-terms.ts";
import { BEANS, LYON, MUG, saleHub, tillActor, type Line, type SaleHub } from "../../../test/sale-hub.ts";
import { statementsOf } from "../../../test/statements-of.ts";
import { customerOf, recordsOf } from "../customers/index.ts";
import { lotsOf, waitingOf } from "../ledger/index.ts";
import { pricingSubscribers } from "../pricing/index.ts";
import { reviewTier, setBonuses, setProgram, setTiers, takeBack } from "./commands/index.ts";
import { NOTHING_LEFT } from "./domain/index.ts";
import { currentRule, pointsOf, pointsUnit, reachedBy, tierOf } from "./queries/index.ts";
import { loyaltySubscribers } from "./subscribers.ts";

let hub: SaleHub;
beforeAll(async () => {
  hub = await saleHub();
}, 30_000);
afterAll(async () => {
  const broken = await hub.broken();
  await hub.close();
  expect(broken).toEqual([]);
});
beforeEach(async () => {
  for (const goods of [MUG, BEANS]) await hub.stock(goods, LYON, 500);
});

type Customer = Awaited<ReturnType<SaleHub["customer"]>>;
const CARD = [{ kind: "card", token: "inline" }] as const;
const BASE = { programName: "Threads", points: 1, perMinorUnits: 100, currency: "EUR" };

/** The program as one test wants it: one point for each euro, and this. */
async function setUp({
  bonuses = [],
  tiers = null,
  pendingDays = 0,
}: {
  bonuses?: readonly BonusTermsView[];
  tiers?: TierTermsView | null;
  pendingDays?: number;
}) {
  const base = await hub.must(async (ctx) => ok(await setProgram(ctx, { ...BASE, pendingDays })));
  const withBonuses = await hub.must((ctx) => setBonuses(ctx, base.version, bonuses));
  const rule = await hub.must((ctx) => setTiers(ctx, withBonuses.version, tiers));
  hub.around.snapshots.invalidate();
  return rule;
}

/** Buys it and answers what the cart said that it would earn beside what it earned. */
async function buy(actor: Customer, lines: readonly Line[]) {
  const cart = await hub.cart(lines, { actor });
  const done = await hub.complete(cart, CARD);
  if (done.kind !== "placed") throw new Error(`not placed: ${JSON.stringify(done)}`);
  return { id: done.view.id as OrderId, said: cart.view.totals.points, earned: done.view.pointsEarned }; // of the order that was just placed
}

async function balance({ customer }: Customer): Promise<number> {
  const rule = await currentRule(hub);
  if (!rule) throw new Error("the hub has a program");
  return (await pointsOf(hub, await recordsOf(hub, await customerOf(hub, customer.recordId)), rule.programId)).balance;
}

/** A ticket of a till for a customer, who may stand at several. */
async function ticketFor({ customer }: Customer, lines: readonly Line[]) {
  const ticket = await hub.cart(lines, { actor: { ...tillActor(), customer } });
  await hub.rows("update carts.cart set record_id = $2 where id = $1", [ticket.id, customer.recordId]);
  return ticket;
}

describe("[LOY-13] a bonus", () => {
  it("is booked as the cart said, with its rule and version, and a lot says which", async () => {
    const pieces = bonusTerms({ gives: { kind: "per_piece", points: 3, every: 1, carries: false }, minimum: 2000 });
    const rule = await setUp({ bonuses: [pieces, bonusTerms({ gives: { kind: "multiply", percent: 300 } })] });
    const ada = await hub.customer();
    expect(
      await buy(ada, [
        [MUG, 2],
        [BEANS, 1],
      ]),
    ).toMatchObject({ said: 36 + 9 + 72, earned: 117 });
    expect(await balance(ada)).toBe(117);
    const lots = await lotsOf(hub, [ada.customer.recordId], pointsUnit(rule.programId));
    expect(lots).toMatchObject([
      {
        quantity: 117,
        remaining: 117,
        because: { data: { version: rule.version, bonuses: [{ id: pieces.id, points: 9 }, { points: 72 }] } },
      },
    ]);
  });
});

describe("[LOY-14] a limited bonus", () => {
  const first = bonusTerms({ gives: { kind: "points", points: 50 }, limit: { times: 1, per: "life" } });

  it("is had as often as it may, also by sales at the same moment, and each says before what it earns", async () => {
    await setUp({ bonuses: [first] });
    const ada = await hub.customer();
    const tickets = [await ticketFor(ada, [[MUG, 1]]), await ticketFor(ada, [[BEANS, 2]])];
    const done = await Promise.all(tickets.map((ticket) => hub.complete(ticket, CARD)));
    expect(done.map(({ kind }) => kind)).toEqual(["placed", "placed"]);
    expect(await balance(ada)).toBe(14 + 17 + 50);
    expect(await buy(ada, [[MUG, 1]])).toMatchObject({ said: 14, earned: 14 });
  });

  it("costs a cart a statement more, and a program whose bonuses ask nothing of a member none", async () => {
    const ada = await hub.customer();
    const statements = () => statementsOf(() => hub.cart([[MUG, 1]], { actor: ada }));
    await setUp({});
    const before = await statements();
    await setUp({ bonuses: [bonusTerms({ gives: { kind: "points", points: 5 } })] });
    expect(await statements()).toBe(before);
    await setUp({ bonuses: [first] });
    expect(await statements()).toBeGreaterThan(before);
  });
});

describe("[LOY-14] a stamp card", () => {
  it("counts from sale to sale, also of sales at the same moment, and what comes back counts no more", async () => {
    await setUp({ bonuses: [bonusTerms({ gives: { kind: "per_piece", points: 100, every: 3, carries: true } })] });
    const ada = await hub.customer();
    const first = await buy(ada, [[MUG, 2]]);
    expect(first).toMatchObject({ said: 28, earned: 28 });
    const tickets = [await ticketFor(ada, [[MUG, 1]]), await ticketFor(ada, [[MUG, 1]])];
    await Promise.all(tickets.map((ticket) => hub.complete(ticket, CARD)));
    expect(await balance(ada)).toBe(28 + 28 + 100);
    const stamps = () =>
      hub.rows("select sum(pieces)::int as pieces, sum(times)::int as times from loyalty.bonus_use where record_id = $1", [
        ada.customer.recordId,
      ]);
    expect(await stamps()).toEqual([{ pieces: 4, times: 1 }]);
    const because = { kind: "order_canceled", data: {} };
    const back = { orderId: first.id, changes: [], part: 0, left: NOTHING_LEFT, businessDate: "2026-03-02", because };
    await hub.must(async (ctx) => ok(await takeBack(ctx, back)));
    expect([await stamps(), await balance(ada)]).toEqual([[{ pieces: 2, times: 1 }], 128]);
    expect(await buy(ada, [[MUG, 3]])).toMatchObject({ said: 42, earned: 42 });
    expect(await buy(ada, [[MUG, 1]])).toMatchObject({ said: 114, earned: 114 });
  });
});

describe("[LOY-16] points that wait", () => {
  it("are neither balance nor spent until their day comes, by the clock and not by a job", async () => {
    const rule = await setUp({ pendingDays: 14 });
    const ada = await hub.customer();
    await buy(ada, [[MUG, 1]]);
    const { recordId } = ada.customer;
    const unit = pointsUnit(rule.programId);
    expect([await balance(ada), (await waitingOf(hub, [recordId], unit))?.amount]).toEqual([0, 14]);
    const usable = (days: number) =>
      hub.rows<{ points: number }>("select loyalty.usable($1, now() + make_interval(days => $2)) as points", [recordId, days]);
    expect([await usable(13), await usable(14)]).toEqual([[{ points: 0 }], [{ points: 14 }]]);
    await setUp({});
    await buy(ada, [[BEANS, 1]]);
    expect(await balance(ada)).toBe(8);
    await hub.rows("update ledger.lot set usable_at = earned_at where usable_at is not null");
    expect([await balance(ada), await waitingOf(hub, [recordId], unit)]).toEqual([22, null]);
  });
});

const TIERS: TierTermsView = {
  basis: "points",
  window: { kind: "days", days: 365 },
  downgrade: { kind: "after", days: 0 },
  softLanding: false,
  tiers: [
    { code: "silver", name: { en: "Silver" }, from: 14 },
    { code: "gold", name: { en: "Gold" }, from: 28 },
  ],
};
const review = (of: Customer) => hub.must(async (ctx) => ok(await reviewTier(ctx, of.customer.recordId)));
/** What happened goes to those who react to it, and what they made of it, too; answers all of it. */
async function deliver() {
  const reactions = [...loyaltySubscribers, ...pricingSubscribers].map((one) => one.reactions);
  const told: Awaited<ReturnType<SaleHub["published"]>> = [];
  for (let events = await hub.published(); events.length > 0; events = await hub.published()) {
    told.push(...events);
    for (const event of events)
      for (const reaction of reactions) {
        const handle = reaction.get(event.type);
        if (handle) await hub.must(async (ctx) => ok(await handle(ctx, event as never))); // reactions read the data alone
      }
  }
  return told;
}
const tier = async (of: Customer) => (await tierOf(hub, [of.customer.recordId]))?.code ?? null;

describe("[LOY-15] the tier of a member", () => {
  it("follows what they bought, is told, and multiplies what they earn from then on", async () => {
    await setUp({ tiers: TIERS, bonuses: [bonusTerms({ gives: { kind: "multiply", percent: 200 }, customerGroups: ["tier:silver"] })] });
    const ada = await hub.customer();
    await deliver();
    expect(await tier(ada)).toBeNull();
    await buy(ada, [[MUG, 1]]);
    const told = await deliver();
    await review(ada);
    expect([await tier(ada), told.filter(({ type }) => type === "loyalty.tier_changed.v1").map(({ data }) => data)]).toEqual([
      "silver",
      [{ recordId: ada.customer.recordId, before: null, after: "silver" }],
    ]);
    expect(await buy(ada, [[BEANS, 1]])).toMatchObject({ said: 16, earned: 16 });
    await deliver();
    expect(await tier(ada)).toBe("gold");
    expect(await buy(ada, [[BEANS, 1]])).toMatchObject({ said: 8, earned: 8 });
  });

  it("counts linked records together, and apart again as before when the link is withdrawn", async () => {
    await setUp({ tiers: TIERS });
    const [ada, bea] = [await hub.customer(), await hub.customer()];
    for (const one of [ada, bea]) {
      await buy(one, [[MUG, 1]]);
      await review(one);
    }
    const link = (recordId: RecordId, customerId: CustomerId) =>
      hub.rows("update customers.record_customer set customer_id = $2 where record_id = $1", [recordId, customerId]);
    await link(bea.customer.recordId, await customerOf(hub, ada.customer.recordId));
    await review(bea);
    expect([await tier(ada), await tier(bea)]).toEqual(["gold", "gold"]);
    await link(bea.customer.recordId, bea.customer.recordId as string as CustomerId); // its own again
    for (const one of [ada, bea]) await review(one);
    expect([await tier(ada), await tier(bea)]).toEqual(["silver", "silver"]);
  });

  it("is measured in points, money or days with a purchase", async () => {
    await setUp({});
    const ada = await hub.customer();
    await buy(ada, [[MUG, 1]]);
    await buy(ada, [[BEANS, 1]]);
    const reached = async (basis: TierTermsView["basis"]) =>
      (await reachedBy(hub, [ada.customer.recordId], { basis, window: TIERS.window }, new Date().toISOString().slice(0, 10))).now;
    expect([await reached("points"), await reached("spend"), await reached("visits")]).toEqual([22, 2250, 1]);
  });
});

import { newId, ok } from "@weft/kernel";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  createReward,
  eraseMemberships,
  inviteToPool,
  joinPool,
  loyaltySnapshotOf,
  leavePool,
  membershipsOf,
  openPool,
  pointsInPool,
  type PointsTransferId,
  poolOf,
  purseOf,
  type Reward,
  setPoolMember,
  transferPoints,
} from "../src/modules/loyalty/index.ts";
import { variantId } from "./goods-hub.ts";
import { idOf, memberHub, type Member, type MemberHub } from "./member-hub.ts";
import { CAPPUCCINO, LYON, MUG } from "./sale-hub.ts";
import { operate } from "../src/modules/carts/index.ts";

let hub: MemberHub;
let drink: Reward;
beforeAll(async () => {
  hub = await memberHub({ transfers: { minimum: 5, perMonth: 30 }, pools: { members: 3 } });
  const free = { name: { en: "A free cappuccino" }, cost: 20, benefit: { kind: "product" as const, variantIds: [variantId(CAPPUCCINO)] } };
  drink = await hub.must((ctx) => createReward(ctx, { ...free, validFrom: null, validTo: null, placeIds: [], channelIds: [] }));
  hub.around.snapshots.invalidate();
}, 30_000);
afterAll(() => hub.close());
beforeEach(() => hub.stock(MUG, LYON, 500));
afterEach(async () => expect(await hub.broken()).toEqual([]));

const cardOf = async (of: Member) => (await membershipsOf(hub, [idOf(of)]))[0]?.cardNumber ?? "";
describe("[LOY-28] members give points to each other", () => {
  const give = (from: Member, cardNumber: string, points: number, id = newId<PointsTransferId>()) =>
    hub.run((ctx) => transferPoints(ctx, { id, from: idOf(from), cardNumber, points }), from);

  it("at once, with their expiry as it was, and the same transfer again is one", async () => {
    const [ada, bea] = [await hub.member(2), await hub.member(1)];
    await hub.rows(
      "update ledger.lot set expires_at = '2099-01-01' where account_id in (select account_id from loyalty.membership where record_id = $1)",
      [idOf(ada)],
    );
    const id = newId<PointsTransferId>();
    await hub.published();
    for (let again = 0; again < 2; again++) expect(await give(ada, await cardOf(bea), 10, id)).toMatchObject({ ok: true });
    expect([await hub.balance(ada), await hub.balance(bea)]).toEqual([18, 24]);
    expect(
      await hub.rows(
        "select lot.remaining::int, lot.expires_at is not null as ends from ledger.lot join loyalty.membership m using (account_id) where m.record_id = $1 order by lot.id",
        [idOf(bea)],
      ),
    ).toEqual([
      { remaining: 14, ends: false },
      { remaining: 10, ends: true },
    ]);
    const told = (await hub.published()).filter(({ type }) => type === "loyalty.points_transferred.v1");
    expect(told.map(({ data }) => data)).toMatchObject([{ points: -10 }, { points: 10 }]);
    expect(await give(ada, await cardOf(bea), 11, id)).toEqual({ ok: false, error: { code: "loyalty.transfer_differs" } });
  });

  it("not to oneself, not a few, not more than there are or than a month takes, and to a card that is one", async () => {
    const [ada, bea] = [await hub.member(3), await hub.member(0)];
    await hub.link(bea, ada);
    await hub.must((ctx) => openPool(ctx, { recordId: idOf(bea), kind: "family", name: "Home" }));
    expect(await give(ada, await cardOf(bea), 10)).toMatchObject({ error: { code: "loyalty.own_card" } });
    await hub.link(bea, bea);
    expect(await give(ada, "2900000000000000", 10)).toMatchObject({ error: { code: "loyalty.card_unknown" } });
    const card = await cardOf(bea);
    expect(await give(ada, card, 4)).toMatchObject({ error: { code: "loyalty.transfer_too_small", minimum: 5 } });
    expect(await give(ada, card, 31)).toMatchObject({ error: { code: "loyalty.transfer_over_limit", left: 30 } });
    expect(await give(ada, card, 20)).toMatchObject({ ok: true });
    expect(await give(ada, card, 11)).toMatchObject({ error: { code: "loyalty.transfer_over_limit", left: 10 } });
    expect(await give(bea, await cardOf(ada), 21)).toMatchObject({ error: { code: "loyalty.not_enough_points", missing: 1 } });
    expect([await hub.balance(ada), await hub.balance(bea)]).toEqual([22, 20]);
  });

  it("50 at the same moment to several cards: no point arrives twice, and the month keeps its limit", async () => {
    const [ada, bea, cid] = [await hub.member(3), await hub.member(1), await hub.member(1)];
    const cards = [await cardOf(bea), await cardOf(cid)];
    const done = await Promise.all(Array.from({ length: 50 }, (_, n) => give(ada, cards[n % 2] ?? "", 7)));
    expect(done.filter((one) => one.ok)).toHaveLength(4);
    expect(await hub.balance(ada)).toBe(42 - 28);
    expect((await hub.balance(bea)) + (await hub.balance(cid))).toBe(28 + 28);
  });
});

describe("[LOY-29] people share one purse", () => {
  async function family(...mugs: readonly number[]) {
    const people: Member[] = [];
    for (const bought of mugs) people.push(await hub.member(bought));
    const [owner, ...others] = people;
    if (!owner) throw new Error("somebody opens it");
    await hub.must((ctx) => openPool(ctx, { recordId: idOf(owner), kind: "family", name: "Home" }));
    for (const other of others) await comeIn(owner, other);
    return [owner, ...others] as const;
  }
  async function comeIn(owner: Member, other: Member, maySpend = true) {
    const { code } = await hub.must((ctx) => inviteToPool(ctx, idOf(owner), maySpend));
    await hub.must((ctx) => joinPool(ctx, idOf(other), code));
  }
  const poolFor = async (one: Member) => {
    const pool = await poolOf(hub, idOf(one));
    if (!pool) throw new Error("not in a pool");
    return pool;
  };
  const purse = async (one: Member) => (await purseOf({ ...hub.around, db: hub.db }, idOf(one)))?.points;
  /** A free cappuccino at the till. */
  async function drinkOne(one: Member) {
    const cart = await hub.ticket(one, [[CAPPUCCINO, 1]]);
    const applied = await hub.must(
      (ctx) => operate(ctx, { cartId: cart.id, operations: [{ id: crypto.randomUUID(), kind: "applyReward", rewardId: drink.id }] }),
      cart.actor,
    );
    return applied.results[0]?.outcome === "applied" ? hub.sell({ ...cart, view: applied.cart }, []) : applied.results[0];
  }

  it("burn from all of it, and each leaves with what is left of their own", async () => {
    const [ada, bea = ada] = await family(1, 1);
    expect(pointsInPool(await poolFor(bea))).toBe(28);
    expect(await drinkOne(bea)).toMatchObject({ ok: true });
    expect([await hub.balance(ada), await hub.balance(bea)]).toEqual([0, 8]); // the older lot goes first
    expect([await purse(ada), await purse(bea)]).toEqual([8, 8]);
    const { own } = await poolFor(bea);
    await hub.must((ctx) => leavePool(ctx, idOf(bea), own.id));
    expect([await purse(ada), await purse(bea)]).toEqual([0, 8]);
    expect(await poolOf(hub, idOf(bea))).toBeNull();
    expect(await loyaltySnapshotOf(hub, [idOf(bea)])).toMatchObject([
      { purses: [{ purse: "Home", owner: false }], transfers: [], paid: [], referrals: [] },
    ]);
  });

  it("only who may spend does, and who opened it says who may", async () => {
    const [ada] = await family(2);
    const kid = await hub.member(1);
    await comeIn(ada, kid, false);
    expect(await purse(kid)).toBe(0);
    expect(await drinkOne(kid)).toMatchObject({ outcome: "refused", code: "reward.not_enough_points" });
    const member1 = (await poolFor(ada)).members.find(({ recordId }) => recordId === idOf(kid));
    expect(await hub.run((ctx) => setPoolMember(ctx, idOf(kid), member1?.id ?? "", true))).toMatchObject({
      error: { code: "loyalty.not_pool_owner" },
    });
    await hub.must((ctx) => setPoolMember(ctx, idOf(ada), member1?.id ?? "", true));
    expect(await drinkOne(kid)).toMatchObject({ ok: true });
    expect(await purse(ada)).toBe(42 - 20);
  });

  it("an invitation serves one person once, a purse has room for so many, and nobody is in two", async () => {
    const [ada, bea = ada] = await family(1, 1);
    const [cid, dan] = [await hub.member(0), await hub.member(0)];
    const { code } = await hub.must((ctx) => inviteToPool(ctx, idOf(ada), true));
    const came = await Promise.all([cid, dan].map((one) => hub.run((ctx) => joinPool(ctx, idOf(one), code))));
    expect(came.filter((one) => one.ok)).toHaveLength(1);
    expect(came.find((one) => !one.ok)).toMatchObject({ error: { code: "loyalty.invitation_ended" } });
    expect(await hub.run((ctx) => inviteToPool(ctx, idOf(ada), true))).toMatchObject({ error: { code: "loyalty.pool_full", room: 3 } });
    expect(await hub.run((ctx) => openPool(ctx, { recordId: idOf(bea), kind: "business", name: "Shop" }))).toMatchObject({
      error: { code: "loyalty.in_pool" },
    });
  });

  it("50 burns of its members at the same moment take each point once", async () => {
    const [ada, bea = ada, cid = ada] = await family(2, 2, 1);
    const people = [ada, bea, cid];
    const done = await Promise.all(Array.from({ length: 50 }, (_, n) => drinkOne(people[n % 3] ?? ada)));
    expect(done.filter((one) => one && "ok" in one && one.ok)).toHaveLength(3);
    expect(await purse(ada)).toBe(70 - 60);
  });

  it("linked and parted again, everything is as it was; an erased owner leaves it to who is in it longest", async () => {
    const [ada, bea = ada] = await family(1, 1);
    const other = await hub.member(1);
    await hub.link(other, ada);
    expect(await purse(bea)).toBe(42);
    await hub.link(other, other);
    expect([await purse(bea), await purse(other)]).toEqual([28, 14]);
    await hub.must(async (ctx) => ok(await eraseMemberships(ctx, [idOf(ada)])));
    expect(await poolFor(bea)).toMatchObject({ members: [{ isOwner: true, maySpend: true }] });
    expect(await purse(bea)).toBe(14);
  });
});

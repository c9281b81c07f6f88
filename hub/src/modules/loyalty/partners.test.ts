import type { PartnerTermsView } from "@weft/contracts";
import { newId, ok, wallClock, type Id } from "@weft/kernel";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { ANONYMOUS, openEdge, serveRoutes } from "../../platform/index.ts";
import { tokenHash } from "../access/index.ts";
import {
  addPartner,
  bookPartnerPayment,
  earnAtPartner,
  endPartner,
  giveBackAtPartner,
  payAtPartner,
  renewPartnerKey,
  setPartnerTerms,
  takeBackAtPartner,
} from "./commands/index.ts";
import { shownCard } from "./card.ts";
import type { PartnerId } from "./domain/index.ts";
import { eraseMemberships } from "./erase.ts";
import { partnerRoutes } from "./partner-routes.ts";
import { membershipsOf, partnerBy, partnersOf, reachedBy, statementOf } from "./queries/index.ts";
import { readLiability } from "./read-liability.ts";
import { loyaltySnapshotOf } from "./snapshot-of.ts";
import { idOf, memberHub, type Member, type MemberHub } from "../../../test/member-hub.ts";
import { FRANCE } from "../../../test/sale-hub.ts";

let hub: MemberHub;
/** A point for each euro, at 90 cents for a hundred of them. */
const TERMS = { points: 1, perMinorUnits: 100, currency: "EUR", charge: 90, most: 500, countsForTiers: false, burn: null };
/** There a hundred points pay 80 cents, and a member uses so many on a day at most. */
const PAYS = { ...TERMS, burn: { pays: 80, most: 60 } };
const MONTH = wallClock(new Date(), "Europe/Paris").date.slice(0, 7);

beforeAll(async () => {
  hub = await memberHub();
}, 30_000);
afterAll(() => hub.close());
afterEach(async () => expect(await hub.broken()).toEqual([]));

const partnerOf = async (name: string, terms: PartnerTermsView = TERMS) =>
  hub.must((ctx) => addPartner(ctx, { name, entityId: FRANCE, terms }));
const inForce = async (id: PartnerId) => {
  const partner = await partnerBy(hub, { id });
  if (!partner) throw new Error("there is this partner");
  return partner;
};
const cardOf = async (of: Member) => (await membershipsOf(hub, [idOf(of)]))[0]?.cardNumber ?? "";
const earn = async (id: PartnerId, ...items: { reference: string; card: string; amount: number }[]) => {
  const partner = await inForce(id);
  return hub.run((ctx) => earnAtPartner(ctx, hub, partner, items));
};
const takeBack = async (id: PartnerId, reference: string, leftAmount: number) => {
  const partner = await inForce(id);
  return hub.must((ctx) => takeBackAtPartner(ctx, partner, { reference, leftAmount }));
};
const dueTo = async (id: PartnerId) => (await partnersOf({ ...hub.around, db: hub.db }, id))[0]?.due.amount;

describe("[LOY-42] members earn with a partner", () => {
  it("by its terms, by card number or by what a phone shows; each purchase once, however often and by whomever it is sent", async () => {
    const { id } = await partnerOf("Vélo Lyon");
    const ada = await hub.member(1);
    await hub.published();
    const shown = (await shownCard(hub, idOf(ada), new Date())).cardToken;
    const items = [
      { reference: "T-1", card: await cardOf(ada), amount: 3790 },
      { reference: "T-2", card: shown, amount: 90_000 },
      { reference: "T-3", card: "2900000000000000", amount: 500 },
    ];
    const first = await Promise.all(Array.from({ length: 5 }, () => earn(id, ...items)));
    const outcomes = first.flatMap((one) => (one.ok ? one.value : []));
    expect(
      outcomes
        .filter(({ outcome }) => outcome === "earned")
        .map(({ reference, points }) => `${reference} ${points}`)
        .toSorted(),
    ).toEqual(["T-1 37", "T-2 500"]);
    expect(outcomes.filter(({ because }) => because === "card_unknown")).toHaveLength(5);
    expect(await hub.balance(ada)).toBe(14 + 537);
    const told = (await hub.published()).filter(({ type }) => type === "loyalty.partner_points.v1");
    expect(told.map(({ data }) => data)).toMatchObject([{ recordId: idOf(ada), points: 37 }, { points: 500 }]);
    expect(await earn(id, { reference: "T-1", card: await cardOf(ada), amount: 3791 })).toMatchObject({
      value: [{ outcome: "refused", because: "differs" }],
    });
    // The reference is the partner's own: with another one it is another purchase.
    const other = await partnerOf("Librairie");
    expect(await earn(other.id, { reference: "T-1", card: await cardOf(ada), amount: 100 })).toMatchObject({ value: [{ points: 1 }] });
  });

  it("what comes back takes its points by what stays and by the terms that it earned by, in any split to the same end", async () => {
    const { id } = await partnerOf("Cinéma");
    const [ada, bea] = [await hub.member(1), await hub.member(1)];
    await earn(id, { reference: "A", card: await cardOf(ada), amount: 5050 }, { reference: "B", card: await cardOf(bea), amount: 5050 });
    await hub.must((ctx) => setPartnerTerms(ctx, id, { version: 1, terms: { ...TERMS, points: 5, charge: 300 } }));
    await takeBack(id, "A", 1020);
    for (const left of [4000, 1990, 1990, 3000, 1020]) await takeBack(id, "B", left);
    expect([await hub.balance(ada), await hub.balance(bea)]).toEqual([24, 24]);
    expect(await dueTo(id)).toBe(9 + 9);
    expect(await takeBack(id, "B", 0)).toEqual({ points: 0, taken: 10 });
    expect(await hub.balance(bea)).toBe(14);
    const partner = await inForce(id);
    const unknown = await hub.run((ctx) => takeBackAtPartner(ctx, partner, { reference: "C", leftAmount: 0 }));
    expect(unknown).toMatchObject({ error: { code: "loyalty.purchase_unknown" } });
  });

  it("is known by its key, of which another ends the one before; and when it has ended, nothing more is earned with it", async () => {
    const { id, key } = await partnerOf("Hôtel");
    expect((await partnerBy(hub, { keyHash: tokenHash(key) }))?.id).toBe(id);
    const next = await hub.must((ctx) => renewPartnerKey(ctx, id));
    expect(await partnerBy(hub, { keyHash: tokenHash(key) })).toBeNull();
    expect((await partnerBy(hub, { keyHash: tokenHash(next) }))?.id).toBe(id);
    const ada = await hub.member(1);
    await earn(id, { reference: "A", card: await cardOf(ada), amount: 1000 });
    for (let again = 0; again < 2; again++) await hub.must((ctx) => endPartner(ctx, id));
    expect(await earn(id, { reference: "B", card: await cardOf(ada), amount: 1000 })).toMatchObject({
      error: { code: "loyalty.partner_ended" },
    });
    expect(await hub.run((ctx) => renewPartnerKey(ctx, id))).toMatchObject({ error: { code: "loyalty.partner_ended" } });
    expect(await takeBack(id, "A", 500)).toEqual({ points: 5, taken: 5 });
  });

  it("linked and parted, the points are where they came; an erased member is named by no purchase, and the partner still owes", async () => {
    const { id } = await partnerOf("Musée");
    const [ada, bea] = [await hub.member(1), await hub.member(1)];
    await earn(id, { reference: "A", card: await cardOf(ada), amount: 2000 });
    await hub.link(ada, bea);
    expect(await loyaltySnapshotOf(hub, [idOf(ada)])).toMatchObject([
      { partnerPurchases: [{ partner: "Musée", reference: "A", points: 20 }] },
    ]);
    await hub.link(ada, ada);
    expect([await hub.balance(ada), await hub.balance(bea)]).toEqual([34, 14]);
    await hub.must(async (ctx) => ok(await eraseMemberships(ctx, [idOf(ada)])));
    expect(await hub.rows("select record_id from loyalty.partner_earning where partner_id = $1", [id])).toEqual([{ record_id: null }]);
    expect(await dueTo(id)).toBe(18);
    expect(await takeBack(id, "A", 0)).toEqual({ points: 0, taken: 20 });
    expect(await dueTo(id)).toBe(0);
  });
});

it("[LOY-42] a partner's system is known by the key that it shows, and by nothing else", async () => {
  const { pool, log, snapshots } = hub.around;
  const ports = {
    authenticate: async () => ANONYMOUS,
    mayCall: () => ({ allowed: true as const }),
    audit: async () => undefined,
    shown: () => undefined,
    allowsOrigin: async () => true,
  };
  const edge = await openEdge(ports, { log, publicUrl: undefined, rateLimit: 0, trustProxy: false });
  serveRoutes(edge, { pool, snapshots, log, ports, vault: hub.vault, checksAnswers: true, secureCookies: false }, partnerRoutes(hub));
  await edge.ready();
  const { id, key } = await partnerOf("Fleuriste");
  const card = await cardOf(await hub.member(1));
  const send = (url: string, payload: object, shown: string) =>
    edge.inject({ method: "POST", url, payload, headers: { authorization: `Bearer ${shown}`, "idempotency-key": newId() } });
  const purchase = { items: [{ reference: "A", card, amount: 1000 }] };
  const [wrong, right] = [await send("/v1/partner/purchases", purchase, "wp_nobody"), await send("/v1/partner/purchases", purchase, key)];
  expect([wrong.statusCode, wrong.json().code]).toEqual([401, "partner.key_unknown"]);
  expect([right.statusCode, right.json()]).toEqual([200, { items: [{ reference: "A", outcome: "earned", points: 10, because: null }] }]);
  const back = await send("/v1/partner/returns", { reference: "A", leftAmount: 400 }, key);
  expect(back.json()).toEqual({ reference: "A", points: 4, taken: 6 });
  // Keys of requests are each partner's own: two may choose the same, and each gets its own answer again.
  const again = { authorization: `Bearer ${key}`, "idempotency-key": "till-1-0001" };
  const post = (headers: Record<string, string>) =>
    edge.inject({ method: "POST", url: "/v1/partner/purchases", payload: purchase, headers });
  const other = await partnerOf("Opticien");
  const theirs = await post({ ...again, authorization: `Bearer ${other.key}` });
  const [own, replayed] = [await post(again), await post(again)];
  expect([theirs.json().items[0].outcome, own.json().items[0].outcome]).toEqual(["earned", "known"]);
  expect([replayed.headers["idempotent-replayed"], replayed.json()]).toEqual(["true", own.json()]);
  await hub.must((ctx) => endPartner(ctx, id));
  expect((await send("/v1/partner/purchases", purchase, key)).json()).toMatchObject({ code: "loyalty.partner_ended" });
  await edge.close();
});

describe("[LOY-43] what a partner owes", () => {
  it("is charged with the points, credited with what comes back, and settled by what it paid, each once; a month says so", async () => {
    const { id } = await partnerOf("Épicerie");
    const ada = await hub.member(1);
    await earn(id, { reference: "A", card: await cardOf(ada), amount: 10_000 }, { reference: "B", card: await cardOf(ada), amount: 5000 });
    await takeBack(id, "B", 1000);
    const payment = { id: newId<Id<"partner payment">>(), amount: 50, note: "Transfer 17" };
    const pay = (amount = 50) => hub.run((ctx) => bookPartnerPayment(ctx, id, { ...payment, amount }));
    expect((await Promise.all([pay(), pay(), pay()])).every((one) => one.ok)).toBe(true);
    expect(await pay(51)).toMatchObject({ error: { code: "loyalty.payment_differs" } });
    expect(await statementOf(hub, await inForce(id), MONTH)).toMatchObject({
      opening: 0,
      purchases: 2,
      points: 150,
      charged: 135,
      pointsTaken: 40,
      credited: 36,
      paid: 50,
      closing: 49,
      payments: [{ amount: { amount: 50, currency: "EUR" }, note: "Transfer 17" }],
    });
    expect(await statementOf(hub, await inForce(id), "2099-01")).toMatchObject({ opening: 49, charged: 0, closing: 49, payments: [] });
    expect(await dueTo(id)).toBe(49);
  });

  it("[LOY-19] is what is deferred for its points: the liability report has them apart from those of sales", async () => {
    const before = await liability();
    const { id } = await partnerOf("Théâtre");
    await earn(id, { reference: "A", card: await cardOf(await hub.member(1)), amount: 20_000 });
    const after = await liability();
    expect(after.given - before.given).toBe(200);
    expect(after.deferred - before.deferred).toBe(180);
  });
});

async function liability(): Promise<{ given: number; deferred: number }> {
  const report = await readLiability({ ...hub.around, db: hub.db, now: new Date() });
  if (!report.ok) throw new Error("there is a program");
  const partners = report.value.items.find(({ ofPartners }) => ofPartners);
  return { given: partners?.given ?? 0, deferred: partners?.deferred.amount ?? 0 };
}

describe("[LOY-46] points pay at a partner", () => {
  const shownBy = async (of: Member) => (await shownCard(hub, idOf(of), new Date())).cardToken;
  const pay = async (id: PartnerId, reference: string, card: string, points: number) => {
    const partner = await inForce(id);
    return hub.run((ctx) => payAtPartner(ctx, hub, partner, { reference, card, points }));
  };
  const giveBack = async (id: PartnerId, reference: string, leftPoints: number) => {
    const partner = await inForce(id);
    return hub.must((ctx) => giveBackAtPartner(ctx, partner, { reference, leftPoints }));
  };
  /** A member with 114 points, of which the first 14 are of a sale. */
  const saver = async (partner: PartnerId) => {
    const member = await hub.member(1);
    await earn(partner, { reference: newId(), card: await cardOf(member), amount: 10_000 });
    return member;
  };

  it("by what the phone shows, each reference once however often it is sent; the house owes the partner what they pay", async () => {
    const { id } = await partnerOf("Coiffeur", PAYS);
    const ada = await saver(id);
    await hub.published();
    const card = await shownBy(ada);
    const five = await Promise.all(Array.from({ length: 5 }, () => pay(id, "A", card, 37)));
    expect(new Set(five.map((one) => JSON.stringify(one)))).toEqual(
      new Set([JSON.stringify(ok({ reference: "A", points: 37, amount: { amount: 29, currency: "EUR" } }))]),
    );
    expect(await hub.balance(ada)).toBe(114 - 37);
    expect(await dueTo(id)).toBe(90 - 29);
    const told = (await hub.published()).filter(({ type }) => type === "loyalty.partner_points.v1");
    expect(told.map(({ data }) => data)).toMatchObject([{ recordId: idOf(ada), points: -37 }]);
    expect(await pay(id, "A", card, 36)).toMatchObject({ error: { code: "partner.payment_differs" } });
    expect(await statementOf(hub, await inForce(id), MONTH)).toMatchObject({ pointsUsed: 37, redeemed: 29, charged: 90, closing: 61 });
    expect((await partnersOf({ ...hub.around, db: hub.db }, id))[0]).toMatchObject({ points: 100, pointsUsed: 37 });
  });

  it("no more than the terms allow on a day, than there is, or than a card that is really shown; refused, nothing moves", async () => {
    const { id } = await partnerOf("Traiteur", PAYS);
    const [ada, poor] = [await saver(id), await hub.member(1)];
    const codes = async (...tries: ReturnType<typeof pay>[]) =>
      (await Promise.all(tries)).map((one) => (one.ok ? `paid ${one.value.points}` : one.error.code)).toSorted();
    const card = await shownBy(ada);
    expect(await codes(pay(id, "A", card, 40), pay(id, "B", card, 40))).toEqual(["paid 40", "partner.over_limit"]);
    expect(await codes(pay(id, "C", await cardOf(ada), 1))).toEqual(["partner.card_not_shown"]);
    expect(await codes(pay(id, "D", `${card}x`, 1))).toEqual(["loyalty.card_unknown"]);
    const [other, plain] = [await partnerOf("Tailleur", PAYS), await partnerOf("Fromager")];
    expect(await codes(pay(other.id, "E", card, 1))).toEqual(["customer.card_copied"]);
    expect(await codes(pay(plain.id, "F", await shownBy(poor), 1))).toEqual(["loyalty.not_offered"]);
    expect(await pay(id, "G", await shownBy(poor), 15)).toMatchObject({ error: { code: "loyalty.not_enough_points", missing: 1 } });
    expect([await hub.balance(ada), await hub.balance(poor)]).toEqual([74, 14]);
    await hub.must((ctx) => endPartner(ctx, id));
    expect(await codes(pay(id, "H", card, 1))).toEqual(["loyalty.partner_ended"]);
  });

  it("what goes back returns to its own points, by the terms that it paid by, in any split to the same end; its money, too", async () => {
    const { id } = await partnerOf("Libraire", PAYS);
    const [ada, bea] = [await saver(id), await saver(id)];
    const lots = (of: Member) => hub.rows("select remaining from ledger.read_lot where record_id = $1 order by earned_at, id", [idOf(of)]);
    const before = await lots(ada);
    await pay(id, "A", await shownBy(ada), 60);
    await pay(id, "B", await shownBy(bea), 60);
    await hub.must((ctx) => setPartnerTerms(ctx, id, { version: 1, terms: { ...PAYS, burn: { pays: 500, most: 9 } } }));
    await giveBack(id, "A", 7);
    for (const left of [51, 33, 33, 40, 8, 7]) await giveBack(id, "B", left);
    expect([await hub.balance(ada), await hub.balance(bea)]).toEqual([107, 107]);
    expect(await dueTo(id)).toBe(180 - 5 - 5);
    expect(await giveBack(id, "A", 0)).toMatchObject({ points: 0, amount: { amount: 0 } });
    expect(await lots(ada)).toEqual(before);
    const partner = await inForce(id);
    const unknown = await hub.run((ctx) => giveBackAtPartner(ctx, partner, { reference: "C", leftPoints: 0 }));
    expect(unknown).toMatchObject({ error: { code: "partner.payment_unknown" } });
  });

  it("an erased member is named by no payment, and what goes back still settles with the partner; so does a payment to it", async () => {
    const { id } = await partnerOf("Antiquaire", PAYS);
    const ada = await saver(id);
    await pay(id, "A", await shownBy(ada), 50);
    expect(await loyaltySnapshotOf(hub, [idOf(ada)])).toMatchObject([
      { partnerPayments: [{ partner: "Antiquaire", reference: "A", points: 50 }] },
    ]);
    await hub.must(async (ctx) => ok(await eraseMemberships(ctx, [idOf(ada)])));
    expect(await hub.rows("select record_id from loyalty.partner_burning where partner_id = $1", [id])).toEqual([{ record_id: null }]);
    expect(await dueTo(id)).toBe(90 - 40);
    await giveBack(id, "A", 0);
    expect(await dueTo(id)).toBe(90);
    await hub.must((ctx) => bookPartnerPayment(ctx, id, { id: newId(), amount: -10, note: null }));
    expect(await dueTo(id)).toBe(100);
  });
});

it("[LOY-15] points earned with a partner count for tiers where its terms say so, as points, and are no visit and no money", async () => {
  const [counts, not] = [await partnerOf("Piscine", { ...TERMS, countsForTiers: true }), await partnerOf("Patinoire")];
  const ada = await hub.member(1);
  const reached = async (basis: "points" | "spend" | "visits") =>
    (await reachedBy(hub, [idOf(ada)], { basis, window: { kind: "days", days: 30 } }, wallClock(new Date(), "Europe/Paris").date)).now;
  const before = await Promise.all([reached("points"), reached("spend"), reached("visits")]);
  await earn(not.id, { reference: "A", card: await cardOf(ada), amount: 5000 });
  await earn(counts.id, { reference: "A", card: await cardOf(ada), amount: 7000 });
  await takeBack(counts.id, "A", 3000);
  expect(await Promise.all([reached("points"), reached("spend"), reached("visits")])).toEqual([
    (before[0] ?? 0) + 30,
    before[1],
    before[2],
  ]);
});

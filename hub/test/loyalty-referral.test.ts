import { ok, type OrderId } from "@weft/kernel";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { claimReferral, friendsBrought, referralCodeOf } from "../src/modules/loyalty/index.ts";
import { idOf, memberHub, type Member, type MemberHub } from "./member-hub.ts";
import { LYON, MUG, WEB } from "./sale-hub.ts";
import { cancelOrder } from "../src/modules/checkout/index.ts";
import { writeRecord } from "../src/modules/customers/index.ts";

let hub: MemberHub;
beforeAll(async () => {
  hub = await memberHub({ referral: { referrerPoints: 20, friendPoints: 10, minimum: 1000, perYear: 2 } });
}, 30_000);
afterAll(() => hub.close());
beforeEach(() => hub.stock(MUG, LYON, 500));
afterEach(async () => expect(await hub.broken()).toEqual([]));

const codeOf = (of: Member) => hub.must(async (ctx) => ok(await referralCodeOf(ctx, idOf(of))), of);
const claim = (friend: Member, code: string) => hub.run((ctx) => claimReferral(ctx, idOf(friend), code), friend);

async function friendOf(referrer: Member): Promise<Member> {
  const friend = await hub.customer();
  expect(await claim(friend, await codeOf(referrer))).toEqual({ ok: true, value: "waiting" });
  return friend;
}

describe("[LOY-27] who brings somebody is thanked with their first order, and so are they", () => {
  it("once, in the transaction of the order, and not at all when that comes back", async () => {
    const ada = await hub.customer();
    const bea = await friendOf(ada);
    expect(await codeOf(ada)).toBe(await codeOf(ada));
    await hub.published();
    const first = (await hub.buy(bea)).id as OrderId; // an order's own id
    expect([await hub.balance(ada), await hub.balance(bea)]).toEqual([20, 14 + 10]);
    const told = (await hub.published()).filter(({ type }) => type === "loyalty.referral_thanked.v1");
    expect(told.map(({ data }) => data)).toMatchObject([
      { recordId: idOf(bea), points: 10 },
      { recordId: idOf(ada), points: 20 },
    ]);
    await hub.buy(bea);
    expect([await hub.balance(ada), await friendsBrought(hub, idOf(ada))]).toEqual([20, 1]);
    for (let again = 0; again < 2; again++) await hub.must((ctx) => cancelOrder(ctx, first, "no"), bea);
    expect([await hub.balance(ada), await hub.balance(bea)]).toEqual([0, 14]);
  });

  it("two first orders at the same moment thank once", async () => {
    const ada = await hub.customer();
    const bea = await friendOf(ada);
    const tickets = [];
    for (let n = 0; n < 3; n++) tickets.push(await hub.ticket(bea, [[MUG, 1]]));
    const sold = await Promise.all(tickets.map((ticket) => hub.sell(ticket, [{ kind: "cash" }])));
    expect(sold.every((one) => one.ok)).toBe(true);
    expect([await hub.balance(ada), await hub.balance(bea)]).toEqual([20, 3 * 14 + 10]);
  });

  it("so often a year: the next friends get theirs all the same", async () => {
    const ada = await hub.customer();
    const friends = [await friendOf(ada), await friendOf(ada), await friendOf(ada)];
    for (const friend of friends) await hub.buy(friend);
    expect(await hub.balance(ada)).toBe(40);
    expect(await Promise.all(friends.map((friend) => hub.balance(friend)))).toEqual([24, 24, 24]);
  });

  it("nobody brings themselves or who brought them, nobody is brought twice or after they bought, and a code is somebody's", async () => {
    const ada = await hub.customer();
    const bea = await friendOf(ada);
    expect(await claim(ada, await codeOf(ada))).toMatchObject({ error: { code: "loyalty.referral_own" } });
    expect(await claim(ada, await codeOf(bea))).toMatchObject({ error: { code: "loyalty.referral_own" } });
    expect(await claim(bea, await codeOf(ada))).toMatchObject({ error: { code: "loyalty.referral_late" } });
    const old = await hub.customer();
    await hub.buy(old);
    expect(await claim(old, await codeOf(ada))).toMatchObject({ error: { code: "loyalty.referral_late" } });
    expect(await claim(await hub.customer(), "AAAAAAA2")).toMatchObject({ error: { code: "loyalty.referral_unknown" } });
  });

  it("two who look like one person are refused, with the reason, at the claim or at the order", async () => {
    const person = async (name: string, phone: string) => {
      const write = {
        channelId: WEB,
        input: { givenName: name, externalId: name, phone },
        verified: [],
        verifiedBy: "code" as const,
        cause: "test",
      };
      const { recordId } = await hub.must((ctx) => writeRecord(ctx, write));
      const actor = await hub.customer();
      return { ...actor, customer: { ...actor.customer, recordId } };
    };
    const [ada, twin] = [await person("Ada", "+33612345678"), await person("Twin", "+33612345678")];
    await hub.published();
    expect(await claim(twin, await codeOf(ada))).toEqual({ ok: true, value: "refused" });
    const told = (await hub.published()).filter(({ type }) => type === "loyalty.referral_refused.v1");
    expect(told).toMatchObject([{ data: { because: "shared_phone" } }]);
    await hub.buy(twin);
    expect([await hub.balance(ada), await hub.balance(twin)]).toEqual([0, 14]);
  });
});

import type { BonusTermsView } from "@weft/contracts";
import type { OrderId } from "@weft/kernel";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { cancelOrder } from "../src/modules/checkout/index.ts";
import { currentRule, setBonuses } from "../src/modules/loyalty/index.ts";
import { bonusTerms } from "./bonus-terms.ts";
import { memberHub, type Member, type MemberHub } from "./member-hub.ts";
import { LYON, MUG } from "./sale-hub.ts";

let hub: MemberHub;
beforeAll(async () => {
  hub = await memberHub();
}, 30_000);
afterAll(() => hub.close());
beforeEach(() => hub.stock(MUG, LYON, 500));
afterEach(async () => expect(await hub.broken()).toEqual([]));

async function offer(terms: Partial<BonusTermsView>): Promise<void> {
  const version = (await currentRule(hub))?.version ?? 0;
  await hub.must((ctx) => setBonuses(ctx, version, [bonusTerms({ gives: { kind: "points", points: 50 }, ...terms })]));
  hub.around.snapshots.invalidate();
}
/** A mug, bought so many days ago. */
async function bought(member: Member, daysAgo: number): Promise<OrderId> {
  const { id } = await hub.buy(member);
  await moveBack(id, daysAgo);
  return id as OrderId; // an order's own id
}
async function moveBack(id: string, daysAgo: number): Promise<void> {
  const days = [id, daysAgo];
  await hub.rows("update ledger.txn set business_date = business_date - $2::integer where source_type = 'order' and source_id = $1", days);
  await hub.rows("update loyalty.bonus_use set business_date = business_date - $2::integer where order_id = $1", days);
}
const comesBack = (member: Member, order: OrderId) => hub.must((ctx) => cancelOrder(ctx, order, "no"), member);

describe("[LOY-45] a bonus for several visits is had for as many as stay", () => {
  it("one of them comes back whole: the bonus goes, once, and the others keep what they earned", async () => {
    await offer({ visits: { count: 3, days: 10 } });
    const ada = await hub.customer();
    const [first, second] = [await bought(ada, 4), await bought(ada, 2)];
    const third = await bought(ada, 0);
    expect(await hub.balance(ada)).toBe(3 * 14 + 50);
    await comesBack(ada, first);
    expect(await hub.balance(ada)).toBe(2 * 14);
    await comesBack(ada, third);
    expect(await hub.balance(ada)).toBe(14);
    await comesBack(ada, second);
    expect(await hub.balance(ada)).toBe(0);
  });

  it("is had again with the visit that makes them enough, and stays where more than enough were there", async () => {
    await offer({ visits: { count: 2, days: 10 } });
    const ada = await hub.customer();
    const [first, spare] = [await bought(ada, 0), await bought(ada, 0)];
    for (const order of [first, spare]) await moveBack(order, 5);
    await bought(ada, 3);
    expect(await hub.balance(ada)).toBe(3 * 14 + 50);
    await comesBack(ada, spare);
    expect(await hub.balance(ada)).toBe(2 * 14 + 50);
    await comesBack(ada, first);
    expect(await hub.balance(ada)).toBe(14);
    await bought(ada, 0);
    expect(await hub.balance(ada)).toBe(2 * 14 + 50);
  });

  it("a streak counts weeks in a row in the store's calendar, and breaks when its week comes back", async () => {
    await offer({ streak: { count: 3, per: "week" } });
    const ada = await hub.customer();
    await bought(ada, 14);
    const week = await bought(ada, 7);
    await bought(ada, 0);
    expect(await hub.balance(ada)).toBe(3 * 14 + 50);
    await comesBack(ada, week);
    expect(await hub.balance(ada)).toBe(2 * 14);
  });
});

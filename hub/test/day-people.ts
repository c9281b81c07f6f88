import { ok, type RecordId } from "@weft/kernel";
import { createCode, type CodeId } from "../src/modules/pricing/index.ts";
import { currentRule, enroll, NO_TERMS, setTerms, shownCard } from "../src/modules/loyalty/index.ts";
import { giftCardRight, rightOfMemberCard } from "../src/modules/payments/index.ts";
import type { AnyCommand } from "../src/modules/till/domain/index.ts";
import { giftCardHub, soldCard } from "./gift-card-hub.ts";
import { testId } from "./goods-hub.ts";
import { ownRegister } from "./own-register.ts";
import { LYON, MUG, type SaleHub } from "./sale-hub.ts";
import { testTill } from "./till-hub.ts";

/** What a member has before the day begins, in minor units that it pays. */
export const STARTS_WITH = 2800;
/** What is on each gift card. */
export const ON_CARD = 5000;
/** A code that may be used once: no till has it. */
export const ONCE = "ONCE";

/** What customers hold in their hands, by the words with which a day names it: `member 1`, `right 1`, `gift 0`. Every hub signs its own. */
export type Holdings = {
  readonly shown: ReadonlyMap<string, string>;
  readonly members: readonly RecordId[];
  readonly gifts: readonly string[];
};

/** A retailer with members who have points, and gift cards that were sold. */
export async function dayHub(members: number, gifts: number): Promise<{ readonly hub: SaleHub; readonly holdings: Holdings }> {
  const hub = await giftCardHub();
  const version = (await currentRule(hub))?.version ?? 0;
  const paying = { points: 10, minorUnits: 100, minimum: 1, maxPercent: 100 };
  await hub.must((ctx) => setTerms(ctx, version, { ...NO_TERMS, paying }));
  // In force since before the day that tills were alone.
  await hub.rows("update loyalty.rule_set set valid_from = valid_from - interval '2 days'");
  const once = {
    code: ONCE,
    benefit: { kind: "percentage" as const, rate: { numerator: 1, denominator: 2 } },
    scope: {},
    combinable: true,
  };
  await hub.must((ctx) => createCode(ctx, { id: testId<CodeId>("code", 9), ...once, maximumUses: 1 }));
  hub.around.snapshots.invalidate();
  await hub.stock(MUG, LYON, 100_000);
  const shown = new Map<string, string>();
  const people: RecordId[] = [];
  const till = await testTill(hub);
  const register = await ownRegister(hub, till);
  const shiftId = await till.open();
  for (let n = 0; n < members; n++) {
    const { recordId } = (await hub.customer()).customer;
    await hub.must(async (ctx) => ok(await enroll(ctx, [recordId])));
    await till.send(register.sell(shiftId, [[MUG, 20]], { customer: { kind: "known", customerId: recordId } })); // 280 points
    const right = { most: STARTS_WITH, currency: "EUR", percent: 100 };
    const { cardToken } = await shownCard(hub, recordId, new Date(), right);
    shown.set(`member ${n}`, recordId).set(`right ${n}`, rightOfMemberCard(cardToken) ?? "");
    people.push(recordId);
  }
  const cards: string[] = [];
  for (let n = 0; n < gifts; n++) {
    const { id } = await soldCard(hub);
    const right = await giftCardRight(hub.signer, { cardId: id, left: { amount: ON_CARD, currency: "EUR" }, expiresAt: null }, new Date());
    shown.set(`gift ${n}`, right ?? "");
    cards.push(id);
  }
  return { hub, holdings: { shown, members: people, gifts: cards } };
}

/** The words in a day's commands, as the customers of one hub show what they mean. */
export function forHub(commands: readonly AnyCommand[], { shown }: Holdings): AnyCommand[] {
  return JSON.parse(JSON.stringify(commands).replaceAll(/«([^»]+)»/g, (_, word: string) => shown.get(word) ?? "")) as AnyCommand[]; // as they were, with other texts
}

import type { BonusTermsView } from "@weft/contracts";
import { ok } from "@weft/kernel";
import { afterAll, beforeAll, expect, it } from "vitest";
import { bonusTerms } from "../../../test/bonus-terms.ts";
import { BEANS, LYON, MUG, saleHub, type SaleHub } from "../../../test/sale-hub.ts";
import { booksOf } from "../../modules/ledger/index.ts";
import { currentRule, pointsUnit, readLiability, setBonuses } from "../../modules/loyalty/index.ts";
import { simulateDraft } from "./simulation.ts";

let hub: SaleHub;
beforeAll(async () => {
  hub = await saleHub();
  for (const goods of [MUG, BEANS]) await hub.stock(goods, LYON, 100);
}, 30_000);
afterAll(() => hub.close());

const CARD = [{ kind: "card", token: "inline" }] as const;
const bonus = (given: Partial<BonusTermsView>) => bonusTerms({ gives: { kind: "points", points: 20 }, ...given });
const asked = () => ({ ...hub.around, db: hub.db, now: new Date() });

it("[LOY-17] what the version in force would have given is what was booked, and a draft says what it would give besides, by store and bonus", async () => {
  const rule = await currentRule(hub);
  const minimum = bonus({ minimum: 2000 });
  await hub.must((ctx) => setBonuses(ctx, rule?.version ?? 0, [minimum]));
  hub.around.snapshots.invalidate();
  const [ada, bea] = [await hub.customer(), await hub.customer()];
  let booked = 0;
  for (const [actor, goods, units] of [
    [ada, MUG, 1],
    [ada, MUG, 2],
    [bea, BEANS, 3],
  ] as const) {
    const done = await hub.complete(await hub.cart([[goods, units]], { actor }), CARD);
    booked += done.kind === "placed" ? done.view.pointsEarned : Number.NaN;
  }
  expect(booked).toBe(14 + 28 + 20 + 25 + 20);
  await hub.complete(await hub.cart([[MUG, 1]]), CARD); // a visitor earns nothing
  const once = bonus({ gives: { kind: "multiply", percent: 200 }, limit: { times: 1, per: "life" } });
  const tried = await simulateDraft(asked(), { days: 31, points: 1, perMinorUnits: 100, bonuses: [once] });
  expect(tried).toEqual(
    ok({
      days: 31,
      sales: 3,
      members: 2,
      isAll: true,
      now: { points: booked, cost: null },
      draft: { points: 14 + 14 + 28 + 25 + 25, cost: null },
      byPlace: [{ placeId: LYON, name: "Lyon", sales: 3, now: booked, draft: 106 }],
      byTier: [{ tier: null, sales: 3, now: booked, draft: 106 }],
      byBonus: [{ id: once.id, name: once.name, sales: 2, points: 39 }],
    }),
  );
});

it("[LOY-19] what is open by store and month adds up to the books of each legal entity", async () => {
  const liability = await readLiability(asked());
  const rule = await currentRule(hub);
  if (!liability.ok || !rule) throw new Error("the hub has a program");
  const books = await booksOf(hub, pointsUnit(rule.programId), 90);
  const open = (entityId: string) =>
    liability.value.items.filter((item) => item.entityId === entityId).reduce((sum, item) => sum + item.open, 0);
  expect(books.map(({ entityId }) => open(entityId))).toEqual(books.map((one) => one.open));
  expect(liability.value.items.reduce((sum, { given }) => sum + given, 0)).toBe(107);
});

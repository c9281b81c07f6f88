import { ok } from "@weft/kernel";
import { afterAll, beforeAll, expect, it } from "vitest";
import { LYON, MUG, newKey, PRICES, saleHub, type SaleHub } from "../../../../test/sale-hub.ts";
import { completeCart } from "../../checkout/index.ts";
import { reconcile } from "../domain/reconcile.ts";
import { createSandboxProvider } from "../sandbox-provider.ts";
import { keepLines } from "./keep-lines.ts";
import { accountsOf, linesOf, movementsOf } from "./movements.ts";

let hub: SaleHub;
beforeAll(async () => {
  hub = await saleHub();
  await hub.stock(MUG, LYON, 100);
}, 60_000);
afterAll(() => hub.close());

const PRICE = PRICES[MUG] ?? 0;
const day = (offset: number): string => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
const period = { account: "sandbox", from: day(-2), to: day(2) };

async function bought(): Promise<void> {
  const cart = await hub.cart([[MUG, 1]]);
  const wish = { kind: "take_away", placeId: LYON, dining: "take_away", dueAt: null } as const;
  const done = await completeCart(
    { ...hub.around, actor: cart.actor },
    { ...hub.deps, provider: createSandboxProvider(hub.pool) },
    {
      cartId: cart.id,
      fulfillment: wish,
      tenders: [{ kind: "card", token: "sandbox_approve" }],
      expectedTotal: cart.view.totals.total,
      contact: null,
    },
    newKey(),
  );
  expect(done.kind).toBe("placed");
}

it("[PAY-40] what the sandbox says it settled agrees with the books, is kept once, and what is wrong with a line is told", async () => {
  await bought();
  await bought();
  const said = (await createSandboxProvider(hub.pool).settlements?.(period)) ?? [];
  expect(said.map(({ kind, amount, fee }) => [kind, amount, fee > 0])).toEqual([
    ["payment", PRICE, true],
    ["payment", PRICE, true],
  ]);
  const [first, second] = said;
  if (!first || !second) throw new Error("it says both");
  const wrong = [
    { ...first, amount: PRICE - 100 },
    { ...second, lineKey: "again" },
    { ...second, lineKey: "unknown", reference: "somebody else's" },
  ];
  const keep = (lines: typeof said) => hub.must(async (ctx) => ok(await keepLines(ctx, "sandbox", "file", lines)));
  expect(await keep([...wrong, second])).toEqual({ lines: 4, known: 0 });
  // Said again, also in another way, a line is known by the provider's own key.
  expect(await keep([second, first])).toEqual({ lines: 2, known: 2 });
  const ours = await movementsOf({ db: hub.db }, period, []);
  const theirs = await linesOf({ db: hub.db }, period, []);
  expect(
    reconcile(ours, theirs, day(0))
      .map(({ kind }) => kind)
      .toSorted(),
  ).toEqual(["amount_differs", "doubled", "matched", "missing_here"]);
  expect(await accountsOf({ db: hub.db })).toEqual([{ account: "sandbox", saidUntil: day(1) }]);
});

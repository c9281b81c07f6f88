import type { IntentId } from "@weft/kernel";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { LYON, MUG, newKey, saleHub, tillActor, type SaleHub, type TestCart } from "../../../test/sale-hub.ts";
import type { AttemptId } from "./attempt.ts";
import { deskOn, takeProviderAnswer } from "./late-answers.ts";
import { settleAttempt } from "./settle.ts";

let hub: SaleHub;
beforeAll(async () => {
  hub = await saleHub();
}, 30_000);
afterAll(() => hub.close());
beforeEach(async () => {
  await hub.stock(MUG, LYON, 100);
  hub.provider.asked.splice(0);
  hub.provider.script = "capture";
});
afterEach(async () => expect(await hub.broken()).toEqual([]));

const card = (amount: number, token = "outside") => ({ kind: "card", amount, token }) as const;
const charged = () => hub.provider.asked.filter((asked) => asked.startsWith("charge"));
const intentsOf = (cart: TestCart) =>
  hub.rows<{ id: IntentId; state: string; amount: number }>(
    "select id, state, amount::int from payments.intent where cart_id = $1 order by id",
    [cart.id],
  );
async function attemptOf(cart: TestCart): Promise<AttemptId> {
  const [attempt] = await hub.rows<{ id: AttemptId }>("select id from checkout.attempt where cart_id = $1", [cart.id]);
  if (!attempt) throw new Error("no attempt");
  return attempt.id;
}

describe("[PAY-47] several cards are charged one after the other", () => {
  it("all of them pay: one order with every card", async () => {
    const cart = await hub.cart([[MUG, 2]]);
    expect(await hub.complete(cart, [card(900), card(1000), card(900)])).toMatchObject({
      kind: "placed",
      view: { paymentState: "paid", tenders: [{ amount: { amount: 900 } }, { amount: { amount: 1000 } }, { amount: { amount: 900 } }] },
    });
    expect(charged()).toHaveLength(3);
  });

  it("one is declined: it is named, nothing is asked of those after it, and what was charged before goes back", async () => {
    const cart = await hub.cart([[MUG, 2]]);
    const tenders = [card(800), card(1100, "tok_decline"), card(900)];
    expect(await hub.complete(cart, tenders)).toEqual({
      kind: "refused",
      error: { code: "payment.declined", reason: "card_declined", amount: { amount: 1100, currency: "EUR" } },
    });
    expect(charged()).toHaveLength(2);
    expect((await intentsOf(cart)).map(({ state }) => state)).toEqual(["voided", "failed", "voided"]);
    expect(await hub.complete(cart, [card(800), { kind: "cash", amount: 2000 }])).toMatchObject({ kind: "refused" });
    expect(await hub.complete(cart, [card(800), card(2000)])).toMatchObject({ kind: "placed" });
  });

  it("the next one waits for a slow one, and is charged by whoever hears of its answer: a retry, a webhook and the clock at once", async () => {
    hub.provider.script = "pending";
    const cart = await hub.cart([[MUG, 2]]);
    const key = newKey();
    const tenders = [card(1500), card(1300)];
    expect(await hub.complete(cart, tenders, { key })).toMatchObject({ kind: "pending" });
    expect(charged()).toHaveLength(1);
    const [first] = await intentsOf(cart);
    const desk = deskOn(hub.around);
    hub.provider.script = "capture";
    const answer = hub.provider.settle(first?.id as IntentId, "captured"); // there is one
    const attemptId = await attemptOf(cart);
    await Promise.all([
      takeProviderAnswer(desk, hub.deps, first?.id as IntentId, answer), // as above
      hub.complete(cart, tenders, { key }),
      settleAttempt(desk, hub.deps, attemptId, "find"),
      settleAttempt(desk, hub.deps, attemptId, "find"),
    ]);
    await settleAttempt(desk, hub.deps, attemptId, "find");
    expect(charged()).toHaveLength(2);
    expect(await hub.rows("select count(*)::int as orders from orders.orders where cart_id = $1", [cart.id])).toEqual([{ orders: 1 }]);
    expect((await intentsOf(cart)).map(({ state }) => state)).toEqual(["captured", "captured"]);
  });

  it("an answer of the second that was lost is asked for and never charged again", async () => {
    const cart = await hub.cart([[MUG, 2]]);
    hub.provider.script = "pending";
    const key = newKey();
    await hub.complete(cart, [card(1500), card(1300)], { key });
    const [first, second] = await intentsOf(cart);
    hub.provider.settle(first?.id as IntentId, "captured"); // there are two
    // It answers neither this call nor the one that asks what became of it; it has charged all the same.
    hub.provider.script = "lose";
    const again = await hub.complete(cart, [card(1500), card(1300)], { key });
    if (again.kind === "pending") await hub.complete(cart, [card(1500), card(1300)], { key });
    expect(hub.provider.asked.filter((asked) => asked === `charge ${second?.id}`)).toHaveLength(1);
    expect((await intentsOf(cart)).map(({ state }) => state)).toEqual(["captured", "captured"]);
  });

  it("on the spot, too: the declined one is named, and none is charged", async () => {
    const cart = await hub.cart([[MUG, 1]], { actor: tillActor() });
    expect(await hub.sell(cart, [card(500, "inline"), card(900, "inline_decline")])).toMatchObject({
      ok: false,
      error: { code: "payment.declined", amount: { amount: 900 } },
    });
    expect(charged()).toEqual([]);
  });
});

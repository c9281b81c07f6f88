import { asId, ok } from "@weft/kernel";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { giftCardHub, soldCard, VOUCHER } from "../../../test/gift-card-hub.ts";
import { LYON, MUG, newStore, tillActor, visitor, type SaleHub } from "../../../test/sale-hub.ts";
import { Committed } from "../../platform/index.ts";
import { giftCardsEnd } from "../../modules/checkout/domain/index.ts";
import {
  expireGiftCards,
  giftCardCode,
  guesserOf,
  replaceCard,
  setBlocked,
  tryCode,
  type GiftCardId,
} from "../../modules/payments/index.ts";
import { upsertPlaces } from "../../modules/places/index.ts";
import { giftCardFile, giftCardList } from "./query.ts";

let hub: SaleHub;
beforeAll(async () => {
  hub = await giftCardHub();
  await hub.stock(MUG, LYON, 100);
}, 30_000);
afterAll(() => hub.close());

const manager = () => tillActor();
const replaced = (id: string) => hub.must((ctx) => replaceCard(ctx, hub.vault, asId<GiftCardId>(id), "lost on the tram"), manager());
const paidWith = async (code: string) => hub.complete(await hub.cart([[MUG, 1]]), [{ kind: "gift_card", code }]);
const fileOf = (id: string) => hub.must(async (ctx) => ok(await giftCardFile(ctx, asId<GiftCardId>(id))));
/** A code that could be one, made from a number. */
const madeUp = (seed: number) => giftCardCode(Uint8Array.from({ length: 64 }, (_, index) => (index * 37 + seed * 11) % 250));

describe("[PAY-17] a lost gift card gets another code", () => {
  it("the old one pays nothing and says why, the new one pays what was left, and a block ends", async () => {
    const { code, id } = await soldCard(hub);
    expect(await paidWith(code)).toMatchObject({ kind: "placed" });
    await hub.must((ctx) => setBlocked(ctx, asId<GiftCardId>(id), "lost"), manager());
    const { code: next, card } = await replaced(id);
    expect(card).toMatchObject({ cardId: id, isBlocked: false, left: { amount: 3600 } });
    expect(await paidWith(code)).toMatchObject({ error: { code: "gift_card.unknown" } });
    expect(await hub.run((ctx) => tryCode(ctx, hub.vault, code, null))).toMatchObject({ error: { code: "gift_card.replaced" } });
    expect(await paidWith(next)).toMatchObject({ kind: "placed" });
    expect(await fileOf(id)).toMatchObject({
      left: { amount: 2200 },
      state: "open",
      replaced: [{ last4: code.slice(-4), reason: "lost on the tram" }],
      entries: [{ amount: { amount: -1400 } }, { amount: { amount: -1400 } }, { amount: { amount: 5000 }, because: { kind: "card_sold" } }],
    });
    expect(await hub.broken()).toEqual([]);
  });

  it("is found by the end of the code that it had, too, and by the whole of it", async () => {
    const { code, id } = await soldCard(hub);
    await replaced(id);
    const found = async (query: string) =>
      (await hub.must(async (ctx) => ok(await giftCardList(ctx, hub.vault, { query, state: null, after: null, limit: 50 })))).map(
        ({ view }) => view.cardId,
      );
    expect(await found(code.slice(-4).toLowerCase())).toContain(id);
    expect(await found(code)).toEqual([id]);
    expect(await found(madeUp(77))).toEqual([]);
  });
});

describe("[PAY-16] who guesses codes is kept waiting", () => {
  const guess = (code: string, address: string) =>
    hub.run((ctx) => tryCode(ctx, hub.vault, code, guesserOf(ctx.actor, hub.vault, address)), visitor());

  it("five codes that could be one close the door, for a right one too; somebody else's stays open", async () => {
    const { code } = await soldCard(hub);
    for (let wrong = 0; wrong < 5; wrong++) {
      const tried = await guess(madeUp(wrong), "192.0.2.1");
      expect(tried.ok && tried.value instanceof Committed && tried.value.error.code).toBe("gift_card.unknown");
    }
    expect(await guess(code, "192.0.2.1")).toMatchObject({ ok: false, error: { code: "access.too_many_tries" } });
    expect(await guess(code, "192.0.2.2")).toMatchObject({ ok: true, value: { left: 5000 } });
  });

  it("a slip of the hand is not counted", async () => {
    const { code } = await soldCard(hub);
    const slip = code.slice(0, 5) + (code[5] === "A" ? "C" : "A") + code.slice(6);
    for (let times = 0; times < 8; times++)
      expect(await guess(slip, "192.0.2.3")).toMatchObject({ ok: false, error: { code: "gift_card.unknown" } });
    expect(await guess(code, "192.0.2.3")).toMatchObject({ ok: true });
  });

  it("twenty wrong ones at once are counted one by one", async () => {
    const tries = await Promise.all(Array.from({ length: 20 }, (_, n) => guess(madeUp(100 + n), "192.0.2.4")));
    expect(tries.filter((tried) => !tried.ok && tried.error.code === "access.too_many_tries")).toHaveLength(15);
  });
});

describe("[CHK-18] gift cards end when the place that sells them says", () => {
  it("at the end of the same day so many months later, in its time zone; 0 is never", () => {
    expect(giftCardsEnd(24, "2026-03-02", "Europe/Paris")).toEqual(new Date("2028-03-02T23:00:00Z"));
    expect(giftCardsEnd(1, "2026-01-31", "Europe/Paris")).toEqual(new Date("2026-02-28T23:00:00Z"));
    expect(giftCardsEnd(0, "2026-03-02", "Europe/Paris")).toBeNull();
  });

  it("is written with the card, and what is left then is nobody's any more [PAY-18]", async () => {
    const settings = { giftCardMonths: 12 };
    await hub.must(async (ctx) => ok(await upsertPlaces(ctx, [{ ...newStore(LYON, "Lyon"), settings }])));
    hub.around.snapshots.invalidate();
    const { id, code } = await soldCard(hub);
    const [card] = await hub.rows<{ ends: Date }>("select expires_at as ends from payments.gift_card where id = $1", [id]);
    const ends = card?.ends ?? new Date(0);
    expect(ends.getTime() - Date.now()).toBeGreaterThan(364 * 86_400_000);
    await hub.rows("update payments.gift_card set expires_at = now() - interval '1 hour' where id = $1", [id]);
    await hub.rows(
      "update ledger.lot set expires_at = now() - interval '1 hour' where account_id = (select account_id from payments.gift_card where id = $1)",
      [id],
    );
    expect(await fileOf(id)).toMatchObject({ state: "expired", left: { amount: 0 } });
    expect(await paidWith(code)).toMatchObject({ error: { code: "payment.value_short" } });
    await hub.must(async (ctx) => ok(await expireGiftCards(ctx, ctx.now)));
    expect((await fileOf(id))?.entries[0]).toMatchObject({ amount: { amount: -5000 }, because: { kind: "expired" } });
    expect(await hub.broken()).toEqual([]);
  });
});

it("[PAY-14] an order with gift cards says so, and one without asks nobody for their codes", async () => {
  const cart = await hub.cart([[VOUCHER, 1]]);
  const sold = await hub.complete(cart, [{ kind: "card", token: "inline" }]);
  expect(sold.kind === "placed" && sold.view.lines.map(({ isGiftCard }) => isGiftCard)).toEqual([true]);
  const goods = await hub.complete(await hub.cart([[MUG, 1]]), [{ kind: "card", token: "inline" }]);
  expect(goods.kind === "placed" && goods.view.lines.map(({ isGiftCard }) => isGiftCard)).toEqual([false]);
});

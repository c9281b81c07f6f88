import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ownRegister } from "../../../../test/own-register.ts";
import { CROISSANT, LYON, MUG, saleHub, type SaleHub } from "../../../../test/sale-hub.ts";
import { testTill, type TestTill } from "../../../../test/till-hub.ts";
import { ANONYMOUS, type Actor } from "../../../platform/index.ts";
import { takeShown } from "../commands/take-shown.ts";
import { tillInvariants } from "../invariants.ts";
import { claimReceipt } from "./claim.ts";
import { missingPage, receiptPage } from "./page.ts";
import { readEReceipt } from "./read.ts";

let hub: SaleHub;
let till: TestTill;
beforeAll(async () => {
  hub = await saleHub();
}, 60_000);
afterAll(() => hub.close());
beforeEach(async () => {
  for (const goods of [MUG, CROISSANT]) await hub.stock(goods, LYON, 100);
  till = await testTill(hub);
});

const newToken = () => randomBytes(16).toString("base64url");
const readCtx = (actor: Actor = ANONYMOUS) => ({ ...hub.around, db: hub.db, now: new Date(), actor });
const opened = (token: string) => readEReceipt(readCtx(), hub.vault, token, "en");
const claim = (token: string, actor: Actor) => hub.run((ctx) => claimReceipt({ ...ctx, actor }, token));

/** A mug of 14.00 that nobody is known to have bought, sold by the register itself. */
async function soldMug(token = newToken()): Promise<{ token: string; orderId: string; sale: ReturnType<TestTill["write"]> }> {
  const register = await ownRegister(hub, till);
  const made = register.sell(await till.open(), [[MUG, 1]]);
  const sale = { ...made, body: { ...made.body, receiptToken: token } };
  return { token, orderId: made.body.orderId, sale };
}

async function sent(): Promise<{ token: string; orderId: string }> {
  const { sale, ...sold } = await soldMug();
  expect(await till.send(sale)).toMatchObject([{ outcome: "done" }]);
  return sold;
}

describe("[TIL-23] the till makes the address of a receipt", () => {
  it("so it is known before the sale is here, opens it from then on, and is kept as a hash only", async () => {
    const { token, orderId, sale } = await soldMug();
    expect(await opened(token)).toEqual({ ok: false, error: { code: "till.no_receipt" } });
    await till.send(sale);
    await till.send(sale);
    expect(await opened(token)).toMatchObject({ ok: true, value: { orderId, total: { amount: 1400 } } });
    const kept = await hub.rows<{ row: string }>("select to_jsonb(s)::text as row from till.sale s where order_id = $1", [orderId]);
    expect(kept).toHaveLength(1);
    expect(kept[0]?.row).not.toContain(token);
  });

  it("and a sale that the hub completes has one too; without a token it has none", async () => {
    const shiftId = await till.open();
    const cart = await hub.cart([[CROISSANT, 1]], { actor: till.actor });
    const token = newToken();
    const completion = {
      fulfillment: { kind: "take_away", placeId: LYON },
      tenders: [{ kind: "cash" }],
      expectedTotal: cart.view.totals.total,
    };
    await till.act("sale.complete", { shiftId, cartId: cart.id, completion, receiptToken: token });
    expect(await opened(token)).toMatchObject({ ok: true, value: { total: { amount: 180 } } });
    const other = await hub.cart([[CROISSANT, 1]], { actor: till.actor });
    const { orderId } = await till.sale(other, shiftId, [{ kind: "cash" }]);
    expect(await hub.rows("select receipt_hash from till.sale where order_id = $1", [orderId])).toEqual([{ receipt_hash: null }]);
  });

  it("a token that is used twice refuses no sale: it opens the first", async () => {
    const first = await sent();
    till = await testTill(hub);
    const { sale } = await soldMug(first.token);
    expect(await till.send(sale)).toMatchObject([{ outcome: "done" }]);
    expect(await opened(first.token)).toMatchObject({ ok: true, value: { orderId: first.orderId } });
  });

  it.each(["", "../../etc/passwd", "' or 1=1 --", "%00", "<script>alert(1)</script>", "A".repeat(21), "A".repeat(23), "ü".repeat(22)])(
    "what no till can have made opens nothing: %j",
    async (hostile) => {
      expect(await opened(hostile)).toEqual({ ok: false, error: { code: "till.no_receipt" } });
      const page = missingPage({ locale: "en", brand: "Trama", address: "https://shop.example/r/x", token: hostile, path: "/r" }, false);
      expect(page).not.toContain("<script");
      expect(page).not.toContain('http-equiv="refresh"');
    },
  );

  it("opens for three years", async () => {
    const { token, orderId } = await sent();
    await hub.rows("update till.sale set at = now() - interval '3 years 1 day' where order_id = $1", [orderId]);
    expect(await opened(token)).toMatchObject({ ok: false });
  });
});

describe("[TIL-24] the receipt names nobody", () => {
  it("neither who bought nor who stood at the till, and what is on it is text", async () => {
    const { token } = await sent();
    const receipt = await opened(token);
    if (!receipt.ok) throw new Error("the receipt is there");
    for (const field of ["cashier", "company"]) expect(receipt.value).not.toHaveProperty(field);
    expect(JSON.stringify(receipt.value)).not.toContain("Jordi");
    const hostile = { ...receipt.value, place: { ...receipt.value.place, name: '<img src=x onerror="x">' } };
    const page = await receiptPage(hostile, {
      locale: "fr",
      brand: "Trama",
      address: `https://shop.example/r/${token}`,
      token,
      path: "/r",
    });
    expect(page).not.toContain("<img");
    expect(page).not.toContain("<script");
    expect(page).toContain('lang="fr"');
    expect(page).toContain(receipt.value.number);
    expect(page).toContain(`/shop/receipt/${token}`);
  });

  it("[TIL-25] says how the journal holds it: hashed, where the register has no key", async () => {
    const { token } = await sent();
    expect(await opened(token)).toMatchObject({ ok: true, value: { seal: { state: "hashed", keyId: null, day: null } } });
  });
});

it("[TIL-26] its address, read by the scanner of a till, opens the order for a return", async () => {
  const { token, orderId } = await sent();
  const shown = await hub.run((ctx) => takeShown({ ...ctx, actor: till.actor }, `https://shop.example/r/${token}`));
  expect(shown).toMatchObject({ ok: true, value: { orderId } });
  const other = await hub.run((ctx) => takeShown({ ...ctx, actor: till.actor }, `https://shop.example/r/${newToken()}`));
  expect(other).toMatchObject({ ok: false, error: { code: "order.unknown" } });
});

describe("[TIL-27] a sale that nobody was known for becomes the purchase of who claims it", () => {
  const orderOf = (orderId: string) =>
    hub.rows("select record_id as record, points_earned::int as points from orders.orders where id = $1", [orderId]).then(([row]) => row);

  it("[CHK-61] [LOY-20] once, with its points, in the audit and on the document; again it is the same claim", async () => {
    const { token, orderId } = await sent();
    const actor = await hub.customer();
    expect(await claim(token, actor)).toEqual({ ok: true, value: { orderId, points: 14 } });
    expect(await claim(token, actor)).toEqual({ ok: true, value: { orderId, points: 14 } });
    expect(await orderOf(orderId)).toEqual({ record: actor.customer.recordId, points: 14 });
    expect(await claim(token, await hub.customer())).toMatchObject({ ok: false, error: { code: "order.claimed" } });
    expect(await hub.rows("select 1 as one from till.document_customer where record_id = $1", [actor.customer.recordId])).toHaveLength(1);
    expect(await hub.rows("select action from access.audit_entry where subject = $1", [`order/${orderId}`])).toContainEqual({
      action: "till.claimReceipt",
    });
    expect(await opened(token)).toMatchObject({ ok: true, value: { points: { earned: 14, rewards: [] } } });
    expect(await hub.broken()).toEqual([]);
    expect(await hub.violations(tillInvariants)).toEqual([]);
  });

  it("by exactly one of eight who try at once", async () => {
    const { token, orderId } = await sent();
    const actors = await Promise.all(Array.from({ length: 8 }, () => hub.customer()));
    const answers = await Promise.all(actors.map((actor) => claim(token, actor)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    const winner = actors[answers.findIndex(({ ok }) => ok)];
    expect(await orderOf(orderId)).toEqual({ record: winner?.customer.recordId, points: 14 });
    expect(await hub.broken()).toEqual([]);
  });

  it("not after thirty days, not when it was somebody's, and not by who is not signed in", async () => {
    const old = await sent();
    await hub.rows("update till.sale set at = now() - interval '31 days' where order_id = $1", [old.orderId]);
    const actor = await hub.customer();
    expect(await claim(old.token, actor)).toMatchObject({ ok: false, error: { code: "till.claim_ended" } });
    expect(await claim(newToken(), actor)).toMatchObject({ ok: false, error: { code: "till.no_receipt" } });
    expect(await claim(old.token, ANONYMOUS)).toMatchObject({ ok: false, error: { code: "till.no_receipt" } });
    expect(await orderOf(old.orderId)).toMatchObject({ points: 0 });
  });
});

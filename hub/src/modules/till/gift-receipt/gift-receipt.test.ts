import { randomBytes } from "node:crypto";
import { newId, ok, type RecordId } from "@weft/kernel";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { CAPPUCCINO, LYON, MUG, TILLS, saleHub, type SaleHub } from "../../../../test/sale-hub.ts";
import { testTill, type TestTill } from "../../../../test/till-hub.ts";
import { ANONYMOUS } from "../../../platform/index.ts";
import { openCustomer } from "../../customers/index.ts";
import { creditOf } from "../../payments/index.ts";
import { takeShown } from "../commands/take-shown.ts";
import { tillInvariants } from "../invariants.ts";
import { giftPage } from "./page.ts";
import { readGiftReceipt } from "./read.ts";

let hub: SaleHub;
let till: TestTill;
beforeAll(async () => {
  hub = await saleHub();
}, 60_000);
afterAll(() => hub.close());
beforeEach(async () => {
  await hub.stock(MUG, LYON, 100);
  till = await testTill(hub);
});

const newToken = () => randomBytes(16).toString("base64url");
const opened = (token: string) => readGiftReceipt({ ...hub.around, db: hub.db, now: new Date(), actor: ANONYMOUS }, token);
const shown = (address: string) => hub.run((ctx) => takeShown({ ...ctx, actor: till.actor }, address));
const who = () => ({ staffId: till.actor.staff?.id ?? null });

/** Two mugs and a cappuccino, 31.90 for cash: the order with its lines. */
async function sold() {
  const shiftId = await till.open();
  const lines = [
    [MUG, 2],
    [CAPPUCCINO, 1],
  ] as const;
  const answer = await till.sale(await hub.cart(lines, { actor: till.actor }), shiftId, [{ kind: "cash" }]);
  expect(answer).toMatchObject({ outcome: "done", problem: null });
  const { orderId } = answer;
  const rows = await hub.rows<{ id: string }>("select id from orders.order_line where order_id = $1 order by position", [orderId]);
  return { shiftId, orderId, mugs: rows[0]?.id ?? "", coffee: rows[1]?.id ?? "" };
}

async function given(lineIds: readonly string[] | null = null) {
  const sale = await sold();
  const token = newToken();
  const answer = await till.act("receipt.gift", { orderId: sale.orderId, token, lineIds: lineIds === null ? null : [sale.mugs] });
  return { ...sale, token, answer };
}

describe("[TIL-46] a receipt without prices", () => {
  it("says what was given and not one amount, for all of a sale or some of its lines; the hub keeps a hash of what opens it", async () => {
    const { token, answer } = await given(["mugs"]);
    expect(answer).toMatchObject({ outcome: "done", problem: null });
    const receipt = await opened(token);
    expect(receipt).toMatchObject({
      ok: true,
      value: { lines: [{ quantity: 2, unit: "piece" }], number: expect.stringMatching(/-000001$/) },
    });
    expect(JSON.stringify(receipt)).not.toMatch(/amount|price|tax|1400|2800/i);
    till = await testTill(hub);
    const all = await given();
    expect(await opened(all.token)).toMatchObject({ ok: true, value: { lines: [{ quantity: 2 }, { quantity: 1 }] } });
    const kept = await hub.rows<{ row: string }>("select to_jsonb(g)::text as row from till.gift_receipt g where order_id = $1", [
      all.orderId,
    ]);
    expect([kept.length, kept[0]?.row.includes(all.token)]).toEqual([1, false]);
  });

  it("is no copy of the ticket: the log says that it was given, and the chain of copies goes on without it", async () => {
    await given();
    expect(
      await hub.rows("select chain, kind from till.fiscal_entry where register_id = $1 and kind like 'receipt.%'", [
        till.actor.device?.registerId,
      ]),
    ).toEqual([{ chain: "L", kind: "receipt.gift" }]);
  });

  it("is given of what was sold here alone, and its page is text without scripts in each language", async () => {
    const { token } = await given();
    const wrong = await till.act("receipt.gift", { orderId: newId(), token: newToken(), lineIds: null });
    expect(wrong).toMatchObject({ outcome: "refused", problem: { code: "till.no_receipt" } });
    const receipt = await opened(token);
    if (!receipt.ok) throw new Error("no receipt");
    const hostile = { ...receipt.value, place: { ...receipt.value.place, name: '<img src=x onerror="x">' } };
    for (const locale of ["en", "fr", "de", "ca"] as const) {
      const page = await giftPage(hostile, { locale, brand: "Trama", address: `https://shop.example/g/${token}`, token, path: "/g" });
      expect(page).toContain(`lang="${locale}"`);
      expect(page).toContain(`/g/${token}?language=`);
      expect(page).not.toMatch(/<img|<script|€/);
      expect(page.replaceAll(/<(style|svg)[\s\S]*?<\/\1>/g, "").replaceAll(/<[^>]*>/g, " ")).not.toMatch(/\d[.,]\d\d\s/);
    }
    expect(await opened(newToken())).toMatchObject({ ok: false });
  });
});

describe("[TIL-47] [RET-16] a present comes back", () => {
  async function bringer(): Promise<RecordId> {
    const { recordId } = (await hub.customer()).customer;
    await hub.rows("update customers.source_record set channel_id = $2 where id = $1", [recordId, TILLS]);
    await hub.run((ctx) => openCustomer({ ...ctx, actor: till.actor }, recordId as never)); // a customer's id is that of its first record
    return recordId;
  }
  const creditOfBringer = (recordId: RecordId) => hub.must(async (ctx) => ok(await creditOf(ctx, recordId, "EUR")));

  it("its code opens the sale with its lines, and the money becomes store credit of who brings it", async () => {
    const { token, orderId, shiftId, mugs } = await given(["mugs"]);
    expect(await shown(`https://shop.example/g/${token}`)).toMatchObject({ ok: true, value: { orderId, gift: { lineIds: [mugs] } } });
    const recordId = await bringer();
    const lines = [{ orderLineId: mugs, quantity: 1, reason: "changed_mind", disposition: "restock" }];
    const back = await till.act("return.take", { shiftId, returnId: newId(), orderId, lines, creditTo: recordId }, who());
    expect(back).toMatchObject({ outcome: "done", problem: null });
    expect(await creditOfBringer(recordId)).toBe(1400);
    expect(await hub.rows("select cash::int, stored::int from till.sale where order_id = $1 and kind = 'return'", [orderId])).toEqual([
      { cash: 0, stored: -1400 },
    ]);
    expect(await hub.rows("select proof from returns.return_order where order_id = $1", [orderId])).toEqual([{ proof: "gift_receipt" }]);
    expect(await hub.broken()).toEqual([]);
    expect(await hub.violations(tillInvariants)).toEqual([]);
  });

  it("without its code nobody but who bought it is credited; with what was paid here as well, it goes back there", async () => {
    const { token, orderId, shiftId, mugs } = await given();
    const recordId = await bringer();
    const lines = [{ orderLineId: mugs, quantity: 1, reason: "changed_mind", disposition: "restock" }];
    const wanted = () => ({ shiftId, returnId: newId(), orderId, lines });
    const refused = await till.act("return.take", { ...wanted(), creditTo: recordId }, who());
    expect(refused).toMatchObject({ outcome: "refused", problem: { code: "return.not_a_present" } });
    expect(await shown(`https://shop.example/g/${token}`)).toMatchObject({ ok: true, value: { gift: { lineIds: null } } });
    expect(await till.act("return.take", { ...wanted(), refundTo: "tender" }, who())).toMatchObject({ outcome: "done" });
    expect(await hub.rows("select cash::int from till.sale where order_id = $1 and kind = 'return'", [orderId])).toEqual([{ cash: -1400 }]);
    expect(await shown("https://shop.example/g/AbCdEfGhIjKlMnOpQrSt_-")).toMatchObject({ ok: false, error: { code: "order.unknown" } });
  });
});

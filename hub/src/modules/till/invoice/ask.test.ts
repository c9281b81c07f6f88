import { ok, type OrderId } from "@weft/kernel";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { LYON, MUG, PARIS, saleHub, tillActor, visitor, type SaleHub } from "../../../../test/sale-hub.ts";
import { documentsOfOrder, issueDocuments } from "../../orders/index.ts";
import { OrderChanged } from "../../orders/events.ts";
import { readReceipt } from "../queries/receipt.ts";
import { askForInvoice } from "./ask.ts";

let hub: SaleHub;
beforeAll(async () => {
  hub = await saleHub();
}, 60_000);
afterAll(() => hub.close());
beforeEach(() => hub.stock(MUG, LYON, 100));

const LEA = {
  name: "Léa Fontaine",
  address: { line1: "4 rue Mercière", line2: "", postcode: "69002", city: "Lyon", country: "FR" },
};

async function soldAtCounter(): Promise<OrderId> {
  const sold = await hub.sell(await hub.cart([[MUG, 1]], { actor: tillActor() }), [{ kind: "cash" }]);
  if (!sold.ok) throw new Error(sold.error.code);
  return sold.value.orderId;
}

it("[DOC-15] is asked by who may see the receipt, in the language of the place, and the receipt names the invoice from then on", async () => {
  const id = await soldAtCounter();
  const asking = (actor = tillActor(), body: object = {}) => hub.run((ctx) => askForInvoice(ctx, id, { ...LEA, ...body }), actor);
  expect(await hub.run((ctx) => askForInvoice(ctx, id, LEA), visitor())).toMatchObject({ error: { code: "order.unknown" } });
  expect(await asking(tillActor(PARIS))).toMatchObject({ error: { code: "order.unknown" } });
  expect(await asking(tillActor(), { vatNumber: "FR12345" })).toMatchObject({ error: { code: "invoice.vat_number" } });
  expect(await asking()).toEqual({ ok: true, value: "asked" });
  expect(await asking()).toEqual({ ok: true, value: "stands" });
  const [audit] = await hub.rows<{ times: number }>(
    "select count(*)::int as times from access.audit_entry where action = 'orders.askInvoice'",
  );
  expect(audit).toEqual({ times: 1 });
  await hub.must(async (ctx) => {
    const event = { id, type: OrderChanged.type, source: "test", subject: `order/${id}`, time: "2026-01-01T00:00:00Z", position: 1 };
    return ok(await issueDocuments(ctx, [{ ...event, data: { orderId: id, recordId: null, placeId: null } }]));
  });
  const [invoice] = await documentsOfOrder({ db: hub.db }, id);
  expect(invoice).toMatchObject({ language: "fr", buyerAddress: { line1: "4 rue Mercière", line2: null } });
  const receipt = await readReceipt({ ...hub.around, db: hub.db, now: new Date(), actor: tillActor() }, hub.vault, id, "en");
  expect(receipt).toMatchObject({ ok: true, value: { invoice: invoice?.number } });
});

import { extractText, getDocumentProxy } from "unpdf";
import { asId, ok, type OrderId } from "@weft/kernel";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { LYON, MUG, saleHub, tillActor, type SaleHub } from "../../../../test/sale-hub.ts";
import { OrderChanged } from "../events.ts";
import { askInvoice, documentsOfOrder, drawDocument, eraseOrderContacts, keepReduction, type AskedInvoice } from "../index.ts";
import { issueDocuments } from "./issue.ts";

let hub: SaleHub;
beforeAll(async () => {
  hub = await saleHub();
}, 60_000);
afterAll(() => hub.close());
beforeEach(() => hub.stock(MUG, LYON, 100));

const LEA: AskedInvoice = {
  name: "Léa Fontaine",
  address: { line1: "4 rue Mercière", line2: null, postcode: "69002", city: "Lyon", country: "FR" },
  vatNumber: null,
  language: "fr",
  receiptNumber: "LYB1-000123",
};

/** Three mugs of 14.00 over the counter. */
async function soldAtCounter(): Promise<OrderId> {
  const sold = await hub.sell(await hub.cart([[MUG, 3]], { actor: tillActor() }), [{ kind: "cash" }]);
  if (!sold.ok) throw new Error(sold.error.code);
  return sold.value.orderId;
}

const ask = (orderId: OrderId, asked: AskedInvoice = LEA) => hub.run((ctx) => askInvoice(ctx, orderId, asked), tillActor());
const documentsOf = (orderId: OrderId) => documentsOfOrder({ db: hub.db }, orderId);

let position = 0;
/** Tells the one who gives numbers of this order. */
const tell = (orderId: OrderId) =>
  hub.must(async (ctx) => {
    const envelope = { id: orderId, type: OrderChanged.type, source: "test", subject: `order/${orderId}`, time: "2026-01-01T00:00:00Z" };
    return ok(await issueDocuments(ctx, [{ ...envelope, data: { orderId, recordId: null, placeId: null }, position: ++position }]));
  });

async function textOf(pdf: Uint8Array): Promise<string> {
  return (await extractText(await getDocumentProxy(new Uint8Array(pdf)), { mergePages: true })).text;
}

describe("[DOC-15] an invoice is asked for a sale that has its receipt", () => {
  it("with name and address, in the language of the place, for the receipt that it names; nothing without asking", async () => {
    const id = await soldAtCounter();
    await tell(id);
    expect(await documentsOf(id)).toEqual([]);
    expect(await ask(id)).toEqual({ ok: true, value: "asked" });
    await tell(id);
    const [invoice] = await documentsOf(id);
    if (!invoice) throw new Error("no invoice");
    expect(invoice).toMatchObject({ kind: "invoice", total: 4200, tax: 700, language: "fr", buyerName: "Léa Fontaine" });
    const text = await textOf(await drawDocument(invoice, { name: "Trama", accent: "#96391d" }));
    expect(text).toMatch(/Facture[^]*LYB1-000123[^]*Léa Fontaine[^]*4 rue Mercière[^]*69002 Lyon/);
    expect(await hub.broken()).toEqual([]);
  });

  it("once: asked again, also by two at once and with another name, the first one stands", async () => {
    const id = await soldAtCounter();
    const answers = await Promise.all([ask(id), ask(id, { ...LEA, name: "Noah" }), ask(id, { ...LEA, name: "Emma" })]);
    expect(answers.filter((one) => one.ok && one.value === "asked")).toHaveLength(1);
    await tell(id);
    expect(await ask(id, { ...LEA, name: "Later" })).toEqual({ ok: true, value: "stands" });
    await tell(id);
    expect(await documentsOf(id)).toHaveLength(1);
  });

  it("what came back before is credited at once, what comes back later against it, each to the same buyer", async () => {
    const id = await soldAtCounter();
    const [line] = await hub.rows<{ id: never }>("select id from orders.order_line where order_id = $1", [id]);
    if (!line) throw new Error("no line");
    const back = (source: string) =>
      hub.must(async (ctx) => {
        const lines = [{ orderLineId: line.id, quantity: 1, total: 1400, tax: 233 }];
        return ok(await keepReduction(ctx, { orderId: id, source, kind: "returned", placeId: LYON, lines }));
      });
    await back("return 1");
    await ask(id);
    await tell(id);
    await back("return 2");
    await tell(id);
    expect((await documentsOf(id)).map(({ kind, total, buyerName }) => [kind, total, buyerName])).toEqual([
      ["invoice", 4200, "Léa Fontaine"],
      ["credit_note", 1400, "Léa Fontaine"],
      ["credit_note", 1400, "Léa Fontaine"],
    ]);
    expect(await hub.broken()).toEqual([]);
  });

  it("a business is named with its VAT number for good; a person goes at an erasure, with where they live, and the document stays", async () => {
    const [business, person] = [await soldAtCounter(), await soldAtCounter()];
    await ask(business, { ...LEA, name: "Atelier Mercier", vatNumber: "FR40303265045" });
    await ask(person);
    await tell(business);
    await tell(person);
    const records = await hub.rows<{ id: never }>("select record_id as id from orders.orders where id = any($1)", [[business, person]]);
    await hub.must(async (ctx) =>
      ok(
        await eraseOrderContacts(
          ctx,
          records.map(({ id }) => id),
        ),
      ),
    );
    expect((await documentsOf(business))[0]).toMatchObject({ data: { company: { name: "Atelier Mercier", vatNumber: "FR40303265045" } } });
    expect((await documentsOf(person))[0]).toMatchObject({ total: 4200, buyerName: null, buyerAddress: null });
    expect(await hub.rows("select name, address from orders.asked_invoice where order_id = any($1)", [[business, person]])).toEqual(
      [business, person].map(() => ({ name: null, address: null })),
    );
  });

  it("not for what nobody knows, or once nothing of it is left", async () => {
    expect(await ask(asId<OrderId>("00000000-0000-7000-8000-000000000000"))).toMatchObject({ error: { code: "order.unknown" } });
    const id = await soldAtCounter();
    await hub.rows("update orders.orders set canceled_amount = total where id = $1", [id]);
    expect(await ask(id)).toMatchObject({ error: { code: "invoice.not_possible", because: "nothing_left" } });
    await hub.rows("update orders.orders set canceled_amount = 0 where id = $1", [id]);
  });
});

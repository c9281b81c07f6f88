import { extractText, getDocumentProxy } from "unpdf";
import { ok, type OrderId } from "@weft/kernel";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { BEANS, LYON, MUG, saleHub, tillActor, type SaleHub } from "../../../../test/sale-hub.ts";
import { OrderChanged } from "../events.ts";
import { documentsOfOrder, drawDocument, eraseOrderContacts, keepReduction } from "../index.ts";
import { issueDocuments } from "./issue.ts";

let hub: SaleHub;
beforeAll(async () => {
  hub = await saleHub();
  // A connection that breaks off says so twice: to whoever asked, and here.
  const heard = new WeakSet<object>();
  hub.pool.on("acquire", (client) => {
    if (!heard.has(client)) client.on("error", () => undefined);
    heard.add(client);
  });
  await hub.rows(`create function orders.cut_connection() returns trigger language plpgsql as $$
    begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$`);
}, 60_000);
afterAll(() => hub.close());
beforeEach(async () => {
  await hub.stock(MUG, LYON, 100);
  await hub.stock(BEANS, LYON, 100);
});

const BRAND = { name: "Trama", accent: "#96391d" };
const CARD = [{ kind: "card", token: "inline" }] as const;

async function ordered(
  lines: Parameters<SaleHub["cart"]>[0],
  tenders: Parameters<SaleHub["complete"]>[1] = CARD,
  given: object = {},
): Promise<OrderId> {
  const done = await hub.complete(await hub.cart(lines), tenders, given);
  if (done.kind !== "placed") throw new Error(`not placed: ${done.kind}`);
  return done.view.id as OrderId;
}

let position = 0;
/** Tells the one who gives numbers of these orders, in this order. */
const tell = (...orderIds: OrderId[]) =>
  hub.must(async (ctx) => {
    const events = orderIds.map((orderId) => ({
      id: orderId,
      type: OrderChanged.type,
      source: "test",
      subject: `order/${orderId}`,
      time: "2026-01-01T00:00:00Z",
      data: { orderId, recordId: null, placeId: null },
      position: ++position,
    }));
    return ok(await issueDocuments(ctx, events));
  });

const numbersOf = async (orderId: OrderId) => (await documentsOfOrder({ db: hub.db }, orderId)).map(({ number }) => number);
const sequenceOf = (number: string | undefined) => Number(number?.slice(-6));
const year = new Date().getFullYear();

describe("legal numbers", () => {
  it("[DOC-1] are given in the order of the log, without a gap, and once however often the log is told", async () => {
    const orders = [await ordered([[MUG, 1]]), await ordered([[MUG, 2]]), await ordered([[BEANS, 1]])] as const;
    await tell(orders[2], orders[0]);
    await tell(orders[1]);
    const given = await Promise.all([orders[2], orders[0], orders[1]].map(numbersOf));
    const first = sequenceOf(given[0]?.[0]);
    expect(given.map(([number]) => sequenceOf(number))).toEqual([first, first + 1, first + 2]);
    expect(given[0]).toEqual([`INV-FR-${year}-${String(first).padStart(6, "0")}`]);
    await tell(...orders);
    expect(await Promise.all([orders[2], orders[0], orders[1]].map(numbersOf))).toEqual(given);
    expect(await hub.broken()).toEqual([]);
  });
});

/** The words and figures of a PDF, as a reader copies them. */
async function textOf(pdf: Uint8Array): Promise<string> {
  return (await extractText(await getDocumentProxy(new Uint8Array(pdf)), { mergePages: true })).text;
}

describe("what a document says", () => {
  it("[DOC-4] the amounts of the order, once more in the same bytes, and what was canceled before is left out", async () => {
    const id = await ordered([
      [MUG, 3],
      [BEANS, 2],
    ]);
    await tell(id);
    const [invoice] = await documentsOfOrder({ db: hub.db }, id);
    if (!invoice) throw new Error("no invoice");
    expect(invoice).toMatchObject({ total: 5900, tax: 983, data: { taxes: [{ net: 4917, tax: 983, gross: 5900 }] } });
    const pdf = await drawDocument(invoice, BRAND);
    expect(await textOf(pdf)).toMatch(/€42\.00[^]*€17\.00[^]*Total €59\.00[^]*€9\.83[^]*Paid: card €59\.00/);
    expect((await drawDocument(invoice, BRAND)).equals(pdf)).toBe(true);
  });

  it("[DOC-5] a credit note exactly what was given up, of the invoice that it names, once", async () => {
    const id = await ordered([[MUG, 3]]);
    await tell(id);
    const [invoice] = await documentsOfOrder({ db: hub.db }, id);
    const [line] = await hub.rows<{ id: never }>("select id from orders.order_line where order_id = $1", [id]);
    if (!line) throw new Error("no line");
    const lines = [{ orderLineId: line.id, quantity: 1, total: 1400, tax: 233 }];
    await hub.must(async (ctx) => {
      await keepReduction(ctx, { orderId: id, source: "return 1", kind: "returned", placeId: LYON, lines });
      return ok(undefined);
    });
    await tell(id);
    await tell(id);
    const documents = await documentsOfOrder({ db: hub.db }, id);
    expect(documents.map(({ kind, total, tax, data }) => [kind, total, tax, data.reverses])).toEqual([
      ["invoice", 4200, 700, null],
      ["credit_note", 1400, 233, invoice?.number],
    ]);
    expect(documents[1]?.number).toMatch(/^CRN-FR-\d{4}-\d{6}$/);
    expect(await hub.broken()).toEqual([]);
  });

  it("[DOC-6] nothing before it is paid or handed over, and [DOC-7] nothing beside the receipt of a counter", async () => {
    const unpaid = await ordered([[MUG, 1]], [{ kind: "due_at_collection" }]);
    const sold = await hub.sell(await hub.cart([[MUG, 1]], { actor: tillActor() }), [{ kind: "cash" }]);
    if (!sold.ok) throw new Error(sold.error.code);
    const [atCounter] = await hub.rows<{ id: OrderId }>("select id from orders.orders order by placed_at desc limit 1");
    if (!atCounter) throw new Error("nothing was sold");
    await tell(unpaid, atCounter.id);
    expect(await numbersOf(unpaid)).toEqual([]);
    expect(await numbersOf(atCounter.id)).toEqual([]);
  });

  it("[DOC-8] stays when its buyer is erased, who is not named any more", async () => {
    const contact = { name: "Léa Fontaine", email: "lea@example.com", phone: null, language: "fr" };
    const actor = await hub.customer();
    const done = await hub.complete(await hub.cart([[MUG, 1]], { actor }), CARD, { contact } as never); // as checkout parses it
    if (done.kind !== "placed") throw new Error("not placed");
    const id = done.view.id as OrderId;
    await tell(id);
    const [before] = await documentsOfOrder({ db: hub.db }, id);
    if (!before) throw new Error("no invoice");
    expect(before).toMatchObject({ buyerName: "Léa Fontaine", language: "fr" });
    const text = await textOf(await drawDocument(before, BRAND));
    expect(text).toContain("Léa Fontaine");
    expect(text).not.toContain("lea@example.com");
    await hub.must(async (ctx) => ok(await eraseOrderContacts(ctx, [actor.customer.recordId])));
    const [after] = await documentsOfOrder({ db: hub.db }, id);
    expect(after).toEqual({ ...before, buyerName: null });
    expect(await hub.rows("select 1 from orders.document where data::text like '%Fontaine%'")).toEqual([]);
  });

  it("[DOC-1] is never changed and never goes", async () => {
    await tell(await ordered([[MUG, 1]]));
    await expect(hub.rows("update orders.document set total = 1")).rejects.toThrow("DOC-1");
    await expect(hub.rows("delete from orders.document")).rejects.toThrow("DOC-1");
  });
});

describe("killed between any two steps", () => {
  it.each(["number_series", "document", "document_buyer", "reduction"])(
    "[DOC-1] after writing %s: the numbers that were taken are given to the same documents afterwards",
    async (table) => {
      const contact = { name: "Noah", email: null, phone: null, language: "de" };
      const id = await ordered([[MUG, 2]], CARD, { contact });
      const [line] = await hub.rows<{ id: never }>("select id from orders.order_line where order_id = $1", [id]);
      if (!line) throw new Error("no line");
      const lines = [{ orderLineId: line.id, quantity: 1, total: 1400, tax: 233 }];
      await hub.must(async (ctx) => {
        await keepReduction(ctx, { orderId: id, source: "cancel 1", kind: "canceled", placeId: LYON, lines });
        return ok(undefined);
      });
      const [before] = await hub.rows<{ last: number }>(
        "select coalesce(max(last), 0) as last from orders.number_series where kind = 'invoice'",
      );
      await hub.rows(
        `create trigger cut after insert or update on orders.${table} for each statement execute function orders.cut_connection()`,
      );
      await expect(tell(id)).rejects.toThrow(/terminat|ECONNRESET|closed/i);
      await hub.rows(`drop trigger cut on orders.${table}`);
      expect(await numbersOf(id)).toEqual([]);
      await tell(id);
      expect((await numbersOf(id)).map(sequenceOf)).toEqual([(before?.last ?? 0) + 1]);
      expect(await hub.broken()).toEqual([]);
    },
  );
});

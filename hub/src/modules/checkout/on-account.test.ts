import { asId, newId, ok, type Id, type LineId, type OrderId } from "@weft/kernel";
import { extractText, getDocumentProxy } from "unpdf";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { BEANS, LYON, MUG, PRICES, saleHub, tillActor, type SaleHub, type TestCart } from "../../../test/sale-hub.ts";
import { operate } from "../carts/index.ts";
import { createCompany, setCredit, setMember } from "../companies/commands/index.ts";
import { companiesInvariants, creditOf, type CompanyId } from "../companies/index.ts";
import { OrderChanged } from "../orders/events.ts";
import {
  bookPayment,
  documentById,
  documentsOfOrder,
  drawDocument,
  issueDocuments,
  issueMonths,
  monthInvoicesOf,
  readOrder,
  undoPayment,
  type DocumentId,
} from "../orders/index.ts";
import { cancelOrder } from "./cancel-order.ts";
import { changeOrder } from "./change-order.ts";
import type { ChangeWish } from "./prepare-change.ts";
import { rejectUnits } from "./refuse-units.ts";

let hub: SaleHub;
beforeAll(async () => {
  hub = await saleHub();
}, 30_000);
afterAll(() => hub.close());
beforeEach(async () => {
  for (const goods of [MUG, BEANS]) await hub.stock(goods, LYON, 1000);
});

const MUG_PRICE = PRICES[MUG] ?? 0;
const ACCOUNT = [{ kind: "account" }] as const;
const CARD = [{ kind: "card", token: "inline" }] as const;
const FIELDS = {
  name: "Müller GmbH",
  country: "FR",
  vatNumber: null,
  address: { line1: "Rue Longue 1", line2: null, postcode: "69001", city: "Lyon" },
  priceGroup: null,
  currency: null,
  orderLimit: null,
  monthLimit: null,
};

async function company(limit: number | null): Promise<CompanyId> {
  const id = await hub.must((ctx) => createCompany(ctx, FIELDS));
  if (limit !== null) await hub.must((ctx) => setCredit(ctx, id, "EUR", { limit, termsDays: 30 }));
  return id;
}

/** A cart of a new buyer of a company, bought for it. */
async function cartFor(id: CompanyId, mugs: number): Promise<TestCart> {
  const buyer = await hub.customer();
  await hub.must((ctx) => setMember(ctx, id, buyer.customer.recordId, "buyer"));
  const cart = await hub.cart([[MUG, mugs]], { actor: buyer });
  const operations = [{ id: newId<Id<"operation">>(), kind: "setCompany" as const, companyId: id }];
  const said = await hub.must((ctx) => operate(ctx, { cartId: cart.id, operations }), buyer);
  return { ...cart, view: said.cart };
}

async function bought(id: CompanyId, mugs: number): Promise<OrderId> {
  const done = await hub.complete(await cartFor(id, mugs), ACCOUNT);
  if (done.kind !== "placed") throw new Error(`not placed: ${JSON.stringify(done)}`);
  return asId(done.view.id);
}

const stateOf = async (id: OrderId) =>
  (await hub.rows("select payment_state, paid, on_account, due, refunded from orders.orders where id = $1", [id]))[0];
const owedBy = async (id: CompanyId) => (await creditOf({ db: hub.db }, id)).map(({ owed }) => owed);
const whole = async () => {
  const rows = await Promise.all(companiesInvariants.map(({ sql }) => hub.rows(sql)));
  return [...(await hub.broken()), ...rows.flat()];
};
const tell = (...orderIds: OrderId[]) =>
  hub.must(async (ctx) => {
    const events = orderIds.map((orderId, n) => ({
      id: newId<Id<"event">>(),
      type: OrderChanged.type,
      source: "test",
      subject: `order/${orderId}`,
      time: "2026-01-01T00:00:00Z",
      data: { orderId, recordId: null, placeId: null },
      position: n + 1,
    }));
    return ok(await issueDocuments(ctx, events));
  });

describe("[CMP-10] an order on account", () => {
  it("[PAY-31] is owed by its company and never shows as paid; what it says is in the ledger", async () => {
    const id = await company(10_000);
    const done = await hub.complete(await cartFor(id, 2), ACCOUNT);
    if (done.kind !== "placed") throw new Error("it is within its credit");
    expect(done.view).toMatchObject({
      paymentState: "on_account",
      paid: { amount: 0 },
      due: { amount: 0 },
      onAccount: { amount: 2 * MUG_PRICE },
      tenders: [{ kind: "account", state: "captured" }],
    });
    expect(await stateOf(asId(done.view.id))).toMatchObject({ payment_state: "on_account", on_account: 2 * MUG_PRICE });
    expect((await readOrder({ db: hub.db }, asId(done.view.id)))?.order.payment_state).toBe("on_account");
    expect(await owedBy(id)).toEqual([2 * MUG_PRICE]);
    expect(await whole()).toEqual([]);
  });

  it("is refused beyond what is left of the credit, to companies without any, and beside another tender", async () => {
    const [rich, poor] = [await company(MUG_PRICE), await company(null)];
    const left = { code: "company.over_credit", left: MUG_PRICE, currency: "EUR" };
    expect(await hub.complete(await cartFor(rich, 2), ACCOUNT)).toMatchObject({ kind: "refused", error: left });
    expect(await hub.complete(await cartFor(poor, 1), ACCOUNT)).toMatchObject({ error: { code: "company.no_credit" } });
    const visitor = await hub.complete(await hub.cart([[MUG, 1]]), ACCOUNT);
    expect(visitor).toMatchObject({ error: { code: "payment.method_not_offered", kind: "account" } });
    const both = [{ kind: "account", amount: 400 }, ...CARD] as const;
    expect(await hub.complete(await cartFor(rich, 1), both)).toMatchObject({ error: { code: "payment.account_alone" } });
    expect(await hub.complete(await cartFor(rich, 1), ACCOUNT)).toMatchObject({ kind: "placed" });
  });

  it("never passes the limit, also when eight are placed at once", async () => {
    const id = await company(3 * MUG_PRICE);
    const carts = [];
    for (let n = 0; n < 8; n++) carts.push(await cartFor(id, 1));
    const done = await Promise.all(carts.map((cart) => hub.complete(cart, ACCOUNT)));
    expect(done.filter(({ kind }) => kind === "placed")).toHaveLength(3);
    expect(done.filter(({ kind }) => kind === "refused").map((one) => (one.kind === "refused" ? one.error.code : ""))).toEqual(
      Array.from({ length: 5 }, () => "company.over_credit"),
    );
    expect(await owedBy(id)).toEqual([3 * MUG_PRICE]);
    expect(await whole()).toEqual([]);
  });

  it("[PAY-32] that is canceled, in part or as a whole, is owed no more, and nothing of it becomes store credit or money", async () => {
    const id = await company(100_000);
    const [part, all] = [await bought(id, 3), await bought(id, 1)];
    const [line] = await hub.rows<{ id: string; at: string }>(
      "select l.id, f.id as at from orders.order_line l join fulfillment.fulfillment f on f.order_id = l.order_id where l.order_id = $1",
      [part],
    );
    const lines = [{ orderLineId: asId<LineId>(line?.id ?? ""), quantity: 1 }];
    const wish = { reason: "damaged", lines, elsewhere: false } as const;
    await hub.must((ctx) => rejectUnits(ctx, hub.vault, asId(line?.at ?? ""), wish), tillActor());
    await hub.must((ctx) => cancelOrder(ctx, all, "not wanted"));
    expect(await stateOf(part)).toMatchObject({ payment_state: "on_account", on_account: 2 * MUG_PRICE });
    expect(await stateOf(all)).toMatchObject({ payment_state: "refunded", on_account: 0 });
    expect(await owedBy(id)).toEqual([2 * MUG_PRICE]);
    expect(
      await hub.rows(
        "select 1 from payments.refund r join payments.tender t on t.id = r.tender_id where t.kind = 'account' and r.state <> 'succeeded'",
      ),
    ).toEqual([]);
    expect(await whole()).toEqual([]);
  });
});

describe("[DOC-11] the invoice of a month", () => {
  it("says all orders of the company that stand on none, each once, with the next number and by when it is paid", async () => {
    const id = await company(100_000);
    const orders = [await bought(id, 1), await bought(id, 2)];
    await tell(...orders);
    for (const order of orders) expect(await documentsOfOrder({ db: hub.db }, order)).toEqual([]);
    const written = await Promise.all([1, 2].map(() => hub.must(async (ctx) => ok(await issueMonths(ctx, id, "all")))));
    expect(written.toSorted((a, b) => a - b)).toEqual([0, 1]);
    const [invoice, ...others] = await monthInvoicesOf({ db: hub.db }, id);
    expect(others).toEqual([]);
    expect(invoice).toMatchObject({ total: 3 * MUG_PRICE, open: 3 * MUG_PRICE, orders: 2, isOverdue: false });
    expect(invoice?.number).toMatch(/^INV-FR-\d{4}-\d{6}$/);
    const days = (Date.parse(invoice?.payBy ?? "") - Date.parse(invoice?.businessDate ?? "")) / 86_400_000;
    expect(days).toBe(30);
    expect((await documentsOfOrder({ db: hub.db }, orders[0] ?? asId(""))).map(({ number }) => number)).toEqual([invoice?.number]);
    expect(await whole()).toEqual([]);
  });

  it("is a PDF that names the company, its orders, the month, what is to be paid and by when", async () => {
    const id = await company(100_000);
    const order = await bought(id, 2);
    await hub.must(async (ctx) => ok(await issueMonths(ctx, id, "all")));
    const [invoice] = await monthInvoicesOf({ db: hub.db }, id);
    const document = await documentById({ db: hub.db }, invoice?.id ?? asId<DocumentId>(""));
    if (!document) throw new Error("it was just written");
    const pdf = await drawDocument(document, { name: "Trama", accent: "#96391d" });
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf)), { mergePages: true });
    const number = (await readOrder({ db: hub.db }, order))?.order.number ?? "?";
    for (const said of ["Facture", "Müller GmbH", number, "À payer", invoice?.number ?? "?"]) expect(text).toContain(said);
  });

  it("waits for the end of the month when nobody asks for it earlier", async () => {
    const id = await company(100_000);
    await bought(id, 1);
    expect(await hub.must(async (ctx) => ok(await issueMonths(ctx, id, "past_months")))).toBe(0);
    await hub.rows(
      "update orders.orders set business_date = business_date - interval '40 days' where id in (select order_id from orders.account_order where company_id = $1)",
      [id],
    );
    expect(await hub.must(async (ctx) => ok(await issueMonths(ctx, id, "past_months")))).toBe(1);
  });

  it("[DOC-5] is reduced by a credit note that names it when something of it is given up later", async () => {
    const id = await company(100_000);
    const order = await bought(id, 2);
    await hub.must(async (ctx) => ok(await issueMonths(ctx, id, "all")));
    await hub.must((ctx) => cancelOrder(ctx, order, "changed our minds"));
    await tell(order);
    const [invoice, note] = await documentsOfOrder({ db: hub.db }, order);
    expect([invoice?.kind, note?.kind, note?.data.reverses]).toEqual(["invoice", "credit_note", invoice?.number]);
    expect(await monthInvoicesOf({ db: hub.db }, id)).toMatchObject([{ credited: 2 * MUG_PRICE, open: 0 }]);
    expect(await owedBy(id)).toEqual([0]);
    expect(await whole()).toEqual([]);
  });
});

describe("[DOC-12] what a company pays", () => {
  const today = () => new Date().toISOString().slice(0, 10);

  it("is booked up to what is open; when nothing is left its orders show as paid, and taken back they are owed again", async () => {
    const id = await company(3 * MUG_PRICE);
    const order = await bought(id, 3);
    await hub.must(async (ctx) => ok(await issueMonths(ctx, id, "all")));
    const [invoice] = await monthInvoicesOf({ db: hub.db }, id);
    const pay = (amount: number, paidOn = "2026-01-02") =>
      hub.run((ctx) =>
        bookPayment(ctx, { companyId: id, invoiceId: invoice?.id ?? asId<DocumentId>(""), amount, paidOn, reference: "transfer 7" }),
      );
    expect(await pay(1, "2999-01-01")).toMatchObject({ error: { code: "invoice.paid_later" } });
    expect(await pay(MUG_PRICE)).toMatchObject({ ok: true });
    expect(await stateOf(order)).toMatchObject({ payment_state: "on_account" });
    expect(await pay(3 * MUG_PRICE)).toMatchObject({ error: { code: "invoice.overpaid", open: { amount: 2 * MUG_PRICE } } });
    expect(await pay(2 * MUG_PRICE, today())).toMatchObject({ ok: true });
    expect(await stateOf(order)).toMatchObject({ payment_state: "paid", on_account: 0, paid: 3 * MUG_PRICE });
    expect(await owedBy(id)).toEqual([0]);
    const [last] = await hub.rows<{ id: string }>("select id from orders.invoice_payment where company_id = $1 order by at desc limit 1", [
      id,
    ]);
    expect(await hub.run((ctx) => undoPayment(ctx, id, last?.id ?? ""))).toMatchObject({ ok: true });
    expect(await hub.run((ctx) => undoPayment(ctx, id, last?.id ?? ""))).toMatchObject({ error: { code: "invoice.payment_unknown" } });
    expect(await stateOf(order)).toMatchObject({ payment_state: "on_account", on_account: 3 * MUG_PRICE });
    expect(await whole()).toEqual([]);
  });

  it("makes room in its credit again", async () => {
    const id = await company(MUG_PRICE);
    await bought(id, 1);
    expect(await hub.complete(await cartFor(id, 1), ACCOUNT)).toMatchObject({ error: { code: "company.over_credit", left: 0 } });
    await hub.must(async (ctx) => ok(await issueMonths(ctx, id, "all")));
    const [invoice] = await monthInvoicesOf({ db: hub.db }, id);
    await hub.must((ctx) =>
      bookPayment(ctx, {
        companyId: id,
        invoiceId: invoice?.id ?? asId<DocumentId>(""),
        amount: MUG_PRICE,
        paidOn: "2026-01-02",
        reference: null,
      }),
    );
    expect(await hub.complete(await cartFor(id, 1), ACCOUNT)).toMatchObject({ kind: "placed" });
  });
});

describe("[CHK-28] an order on account that is changed", () => {
  const wish = (given: Partial<ChangeWish>): ChangeWish => ({
    remove: [],
    add: [],
    address: null,
    contact: null,
    reason: null,
    tenders: [],
    expectedDifference: null,
    version: null,
    ...given,
  });
  const deps = () => ({ ...hub.deps, vault: hub.vault });
  const staff = () => tillActor();
  const more = (mugs: number) => wish({ add: [{ sku: `SKU-${MUG}`, quantity: mugs, options: [] }], tenders: ACCOUNT });

  it("costs more on account within the credit, and less of it is owed no more; the invoice of the month says what stands", async () => {
    const id = await company(4 * MUG_PRICE);
    const order = await bought(id, 2);
    expect(await hub.run((ctx) => changeOrder(ctx, deps(), order, more(1)), staff())).toMatchObject({ ok: true });
    expect(await stateOf(order)).toMatchObject({ payment_state: "on_account", paid: 3 * MUG_PRICE, on_account: 3 * MUG_PRICE, due: 0 });
    expect(await owedBy(id)).toEqual([3 * MUG_PRICE]);
    const beyond = await hub.run((ctx) => changeOrder(ctx, deps(), order, more(2)), staff());
    expect(beyond).toMatchObject({ ok: false, error: { code: "company.over_credit", left: MUG_PRICE, currency: "EUR" } });
    expect(await owedBy(id)).toEqual([3 * MUG_PRICE]);
    const [line] = (await readOrder({ db: hub.db }, order))?.lines ?? [];
    const less = wish({ remove: [{ orderLineId: asId<LineId>(line?.id ?? ""), quantity: 1 }] });
    expect(await hub.run((ctx) => changeOrder(ctx, deps(), order, less), staff())).toMatchObject({ ok: true });
    expect(await stateOf(order)).toMatchObject({ payment_state: "on_account", on_account: 2 * MUG_PRICE, refunded: MUG_PRICE });
    expect(await owedBy(id)).toEqual([2 * MUG_PRICE]);
    await tell(order);
    await hub.must(async (ctx) => ok(await issueMonths(ctx, id, "all")));
    expect(await monthInvoicesOf({ db: hub.db }, id)).toMatchObject([{ total: 2 * MUG_PRICE, open: 2 * MUG_PRICE, orders: 1 }]);
    expect(await whole()).toEqual([]);
    const late = await hub.run((ctx) => changeOrder(ctx, deps(), order, more(1)), staff());
    expect(late).toMatchObject({ ok: false, error: { code: "payment.method_not_offered", kind: "account" } });
    expect(await whole()).toEqual([]);
  });

  it("never passes the credit, also when two of its orders grow at once", async () => {
    const id = await company(3 * MUG_PRICE);
    const orders = [await bought(id, 1), await bought(id, 1)];
    const grown = await Promise.all(orders.map((order) => hub.run((ctx) => changeOrder(ctx, deps(), order, more(1)), staff())));
    expect(grown.filter(({ ok: isOk }) => isOk)).toHaveLength(1);
    expect(await owedBy(id)).toEqual([3 * MUG_PRICE]);
    expect(await whole()).toEqual([]);
  });

  it("an order that was paid otherwise is not put on account", async () => {
    const id = await company(100_000);
    const done = await hub.complete(await cartFor(id, 1), CARD);
    if (done.kind !== "placed") throw new Error("it is paid by card");
    const changed = await hub.run((ctx) => changeOrder(ctx, deps(), asId<OrderId>(done.view.id), more(1)), staff());
    expect(changed).toMatchObject({ ok: false, error: { code: "payment.method_not_offered", kind: "account" } });
  });
});

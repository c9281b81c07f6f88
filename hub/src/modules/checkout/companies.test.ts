import { asId, newId, ok, type CartId, type Id, type OrderId, type RecordId } from "@weft/kernel";
import type { CartOperation } from "@weft/contracts";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { BEANS, LYON, MUG, PRICES, saleHub, tillActor, visitor, type SaleHub, type TestCart } from "../../../test/sale-hub.ts";
import { testId, variantId } from "../../../test/goods-hub.ts";
import { loadCart, operate } from "../carts/index.ts";
import { companiesInvariants } from "../companies/index.ts";
import { changeCompany, createCompany, removeMember, setArchived, setMember } from "../companies/commands/index.ts";
import type { CompanyId } from "../companies/index.ts";
import { listOrders, readOrder } from "../orders/index.ts";
import { savePriceLists, setPrices, type PriceListId } from "../pricing/index.ts";
import { cancelOrder } from "./cancel-order.ts";

let hub: SaleHub;
beforeAll(async () => {
  hub = await saleHub();
  const list = testId<PriceListId>("price list", 2);
  const scope = { customerGroups: ["offices"] };
  await hub.must((ctx) => savePriceLists(ctx, [{ id: list, name: "Offices", currency: "EUR", taxIncluded: true, priority: 5, scope }]));
  const unitPrice = { amount: OFFICE_PRICE, scale: 0, currency: "EUR", per: { quantity: 1, unit: "piece" as const } };
  await hub.must((ctx) => setPrices(ctx, [{ listId: list, variantId: variantId(BEANS), minQuantity: 1, unitPrice }]));
  hub.around.snapshots.invalidate();
}, 30_000);
afterAll(() => hub.close());
beforeEach(async () => {
  for (const goods of [MUG, BEANS]) await hub.stock(goods, LYON, 1000);
});

const OFFICE_PRICE = 600;
const BEANS_PRICE = PRICES[BEANS] ?? 0;
const MUG_PRICE = PRICES[MUG] ?? 0;
const CARD = [{ kind: "card", token: "inline" }] as const;

type Buyer = Awaited<ReturnType<SaleHub["customer"]>>;

const FIELDS = {
  name: "Müller GmbH",
  country: "DE",
  vatNumber: null,
  address: { line1: "Lange Straße 1", line2: null, postcode: "10115", city: "Berlin" },
  priceGroup: "offices",
  currency: "EUR",
  orderLimit: null,
  monthLimit: null,
};

/** Staff with one role at the office, where they stand at no till. */
function atOffice(role: "agent" | "cashier") {
  const { staff, ...actor } = tillActor();
  if (!staff) throw new Error("a till is used by staff");
  return { ...actor, channelId: null, placeId: null, device: null, staff: { ...staff, roles: [role] } };
}

const company = (over: object = {}): Promise<CompanyId> => hub.must((ctx) => createCompany(ctx, { ...FIELDS, ...over }));
const join = (id: CompanyId, { recordId }: { readonly recordId: RecordId }, role: "owner" | "buyer" | "member" = "buyer") =>
  hub.must((ctx) => setMember(ctx, id, recordId, role));

/** Somebody who may order for a company, with a cart of theirs that is bought for it. */
async function buyerOf(id: CompanyId, lines: readonly (readonly [number, number])[]): Promise<{ buyer: Buyer; cart: TestCart }> {
  const buyer = await hub.customer();
  await join(id, buyer.customer);
  const cart = await hub.cart(lines, { actor: buyer });
  const said = await say(cart, id);
  return { buyer, cart: { ...cart, view: said.cart } };
}

async function say(cart: TestCart, companyId: CompanyId | null, actor = cart.actor, id: string = newId<Id<"operation">>()) {
  const operations: CartOperation[] = [{ id, kind: "setCompany", companyId }];
  return hub.must((ctx) => operate(ctx, { cartId: cart.id, operations }), actor);
}

const read = (id: CartId, actor: Buyer) => hub.must(async (ctx) => ok(await loadCart(ctx, id)), actor);

describe("[CRT-16] a cart that is bought for a company", () => {
  it("has its prices at once, and its customer's own again when it is not any more; the same operation again changes nothing", async () => {
    const id = await company();
    const buyer = await hub.customer();
    await join(id, buyer.customer);
    const cart = await hub.cart([[BEANS, 2]], { actor: buyer });
    expect(cart.view).toMatchObject({ company: null, totals: { total: { amount: 2 * BEANS_PRICE } } });
    const operation = newId<Id<"operation">>();
    const said = await say(cart, id, buyer, operation);
    expect(said.cart).toMatchObject({ company: { id, name: "Müller GmbH" }, totals: { total: { amount: 2 * OFFICE_PRICE } } });
    expect(said.cart.lines[0]?.because[0]).toMatchObject({ kind: "price.list", data: { name: "Offices" } });
    const again = await say(cart, id, buyer, operation);
    expect([again.results[0]?.outcome, again.cart.version]).toEqual(["repeated", said.cart.version]);
    expect((await say(cart, null)).cart).toMatchObject({ company: null, totals: { total: { amount: 2 * BEANS_PRICE } } });
  });

  it("is refused to a member who may not order, to whom it is none of, and to who joined the cart by a code", async () => {
    const id = await company();
    const [member, stranger, buyer] = [await hub.customer(), await hub.customer(), await hub.customer()];
    await join(id, member.customer, "member");
    await join(id, buyer.customer);
    for (const actor of [member, stranger]) {
      const { results } = await say(await hub.cart([[BEANS, 1]], { actor }), id);
      expect(results[0]).toMatchObject({ outcome: "refused", code: "company.may_not_order" });
    }
    const cart = await hub.cart([[BEANS, 1]], { actor: buyer });
    const joined = { ...visitor(), cartToken: cart.actor.cartToken };
    expect((await say(cart, id, joined)).results[0]).toMatchObject({ outcome: "refused", code: "company.may_not_order" });
    const said = await say(cart, id);
    expect(await hub.complete({ ...cart, actor: joined, view: said.cart }, CARD)).toMatchObject({
      kind: "refused",
      error: { code: "company.may_not_order" },
    });
  });

  it("is said by staff of the office who do not hold it, who change nothing else of it, and it is in the audit", async () => {
    const id = await company();
    const buyer = await hub.customer();
    await join(id, buyer.customer);
    const cart = await hub.cart([[BEANS, 2]], { actor: buyer });
    const agent = atOffice("agent");
    expect((await say(cart, id, agent)).cart).toMatchObject({ company: { id }, totals: { total: { amount: 2 * OFFICE_PRICE } } });
    expect(
      await hub.rows("select actor_id, reason from access.audit_entry where action = 'carts.operate' and subject = $1", [
        `cart/${cart.id}`,
      ]),
    ).toEqual([{ actor_id: agent.staff.id, reason: "setCompany" }]);
    const [line] = cart.view.lines;
    const more: CartOperation[] = [
      { id: newId<Id<"operation">>(), kind: "setCompany", companyId: null },
      { id: newId<Id<"operation">>(), kind: "setQuantity", lineId: line?.id ?? "", quantity: 9 },
    ];
    const tried = await hub.run((ctx) => operate(ctx, { cartId: cart.id, operations: more }), agent);
    expect(tried).toMatchObject({ ok: false, error: { code: "cart.not_yours" } });
    const cashier = await hub.run((ctx) => operate(ctx, { cartId: cart.id, operations: more.slice(0, 1) }), atOffice("cashier"));
    expect(cashier).toMatchObject({ ok: false, error: { code: "cart.unknown" } });
  });

  it("is nobody's any more the moment that its customer leaves the company, or the company is archived", async () => {
    const id = await company();
    const { buyer, cart } = await buyerOf(id, [[BEANS, 1]]);
    await hub.must((ctx) => removeMember(ctx, id, buyer.customer.recordId));
    expect((await read(cart.id, buyer))?.company).toBeNull();
    expect(await hub.complete(cart, CARD)).toMatchObject({
      kind: "refused",
      error: { code: "cart.total_changed", total: { amount: BEANS_PRICE } },
    });
    await join(id, buyer.customer);
    expect((await read(cart.id, buyer))?.company?.id).toBe(id);
    await hub.must((ctx) => setArchived(ctx, id, true));
    expect((await read(cart.id, buyer))?.company).toBeNull();
  });
});

describe("an order of a company", () => {
  it("keeps what it was called, whatever it is called later, and is found by it", async () => {
    const id = await company({ vatNumber: "DE136695976" });
    const { cart } = await buyerOf(id, [[BEANS, 1]]);
    const done = await hub.complete(cart, CARD);
    if (done.kind !== "placed") throw new Error(JSON.stringify(done));
    const kept = { id, name: "Müller GmbH", vatNumber: "DE136695976", country: "DE", address: { city: "Berlin" } };
    expect(done.view.company).toMatchObject(kept);
    await hub.must((ctx) => changeCompany(ctx, id, { name: "Müller & Söhne GmbH" }));
    expect((await readOrder({ db: hub.db }, asId<OrderId>(done.view.id)))?.company).toMatchObject(kept);
    const everything = {
      recordIds: null,
      number: null,
      sourceNumber: null,
      placeIds: null,
      channelIds: null,
      state: null,
      from: null,
      to: null,
    };
    const found = await listOrders({ db: hub.db }, { ...everything, companyId: id, before: null, limit: 10 });
    expect(found.map((order) => order.id)).toEqual([done.view.id]);
    expect(await hub.broken()).toEqual([]);
    expect(await hub.violations(companiesInvariants)).toEqual([]);
  });

  it("[CMP-7] over the limit is refused with what is left, as the cart said before", async () => {
    const id = await company({ orderLimit: 1000, monthLimit: 1500 });
    const { buyer, cart } = await buyerOf(id, [[BEANS, 2]]);
    const unmet = { code: "company.over_limit", data: { limit: "order", left: 1000, currency: "EUR" } };
    expect(cart.view.requirements).toMatchObject([unmet]);
    expect(await hub.complete(cart, CARD)).toMatchObject({ error: { code: "cart.requirements_unmet", requirements: [unmet] } });
    const small = await buyerOf(id, [[BEANS, 1]]);
    expect(await hub.complete(small.cart, CARD)).toMatchObject({ kind: "placed" });
    const last = await hub.must(
      (ctx) =>
        operate(ctx, {
          cartId: cart.id,
          operations: [{ id: newId(), kind: "setQuantity", lineId: cart.view.lines[0]?.id ?? "", quantity: 1 }],
        }),
      buyer,
    );
    expect(last.cart.requirements).toEqual([]);
    expect(await hub.complete({ ...cart, view: last.cart }, CARD)).toMatchObject({ kind: "placed" });
    const over = await buyerOf(id, [[BEANS, 1]]);
    expect(over.cart.view.requirements).toMatchObject([{ code: "company.over_limit", data: { limit: "month", left: 300 } }]);
  });

  it("[CMP-7] of many at a time only as many are placed as the limit of the month lets pass", async () => {
    const id = await company({ monthLimit: 3 * OFFICE_PRICE + 100 });
    const carts = await Promise.all(Array.from({ length: 12 }, () => buyerOf(id, [[BEANS, 1]])));
    const done = await Promise.all(carts.map(({ cart }) => hub.complete(cart, CARD)));
    expect(done.filter(({ kind }) => kind === "placed")).toHaveLength(3);
    const codes = new Set(done.flatMap((one) => (one.kind === "refused" ? [one.error.code] : [])));
    // Who read the cart before the others had ordered is refused under the lock, who read it after that by what the cart says.
    for (const code of codes) expect(["company.over_limit", "cart.requirements_unmet"]).toContain(code);
    expect(await hub.rows("select sum(amount)::integer as used from companies.purchase where company_id = $1", [id])).toEqual([
      { used: 3 * OFFICE_PRICE },
    ]);
    expect(await hub.broken()).toEqual([]);
  });

  it("[CMP-7] whose cart was read in time is refused under the company's lock when another was first, or its customer left", async () => {
    const id = await company({ monthLimit: OFFICE_PRICE });
    const { cart } = await buyerOf(id, [[BEANS, 1]]);
    const other = newId<Id<"order">>();
    const placing = hub.pool.connect();
    const first = await placing;
    try {
      await first.query("begin");
      await first.query("select companies.count_purchase($1, $2, null, $3, 'EUR', date_trunc('month', now())::date, now(), false)", [
        id,
        other,
        OFFICE_PRICE,
      ]);
      const second = hub.complete(cart, CARD);
      await waitForLock(first);
      await first.query("commit");
      expect(await second).toMatchObject({
        kind: "refused",
        error: { code: "company.over_limit", limit: "month", left: 0, currency: "EUR" },
      });
    } finally {
      first.release();
    }
    expect(await hub.rows("select state from carts.cart where id = $1", [cart.id])).toEqual([{ state: "open" }]);
  });

  it("[CMP-7] that is canceled counts no more", async () => {
    const id = await company({ monthLimit: OFFICE_PRICE });
    const { buyer, cart } = await buyerOf(id, [[BEANS, 1]]);
    const done = await hub.complete(cart, CARD);
    if (done.kind !== "placed") throw new Error(JSON.stringify(done));
    expect((await buyerOf(id, [[BEANS, 1]])).cart.view.requirements).toHaveLength(1);
    await hub.must((ctx) => cancelOrder(ctx, asId<OrderId>(done.view.id), "ordered twice"), buyer);
    expect((await buyerOf(id, [[BEANS, 1]])).cart.view.requirements).toEqual([]);
  });

  it("that a till recorded is counted and never refused", async () => {
    const id = await company({ orderLimit: 1 });
    const buyer = await hub.customer();
    await join(id, buyer.customer);
    const cart = await hub.cart([[MUG, 1]], { actor: tillActor() });
    await hub.rows("update carts.cart set record_id = $1, company_id = $2 where id = $3", [buyer.customer.recordId, id, cart.id]);
    const atTill = { fulfillment: { kind: "take_away", placeId: LYON, dining: "take_away", dueAt: null } } as const;
    expect(await hub.sell(cart, [{ kind: "cash" }], atTill)).toMatchObject({ ok: false });
    expect(await hub.sell(cart, [{ kind: "cash" }], { ...atTill, mode: "recorded" })).toMatchObject({ ok: true });
    expect(await hub.rows("select amount::integer from companies.purchase where company_id = $1", [id])).toEqual([{ amount: MUG_PRICE }]);
  });
});

/** Until another session waits for what this one holds. */
async function waitForLock(holder: { query(text: string): Promise<{ rows: unknown[] }> }): Promise<void> {
  for (;;) {
    const { rows } = await holder.query("select 1 from pg_stat_activity where pg_backend_pid() = any (pg_blocking_pids(pid))");
    if (rows.length > 0) return;
  }
}

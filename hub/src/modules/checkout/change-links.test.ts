import type { OrderView } from "@weft/contracts";
import { asId, ok, type LineId, type OrderId, type Result } from "@weft/kernel";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { BEANS, LYON, MUG, newKey, PRICES, saleHub, tillActor, type SaleHub } from "../../../test/sale-hub.ts";
import { testId, variantId } from "../../../test/goods-hub.ts";
import { jobContext } from "../../../test/job-context.ts";
import type { Key } from "../../platform/index.ts";
import { setPrices, type PriceListId } from "../pricing/index.ts";
import { cancelOrder } from "./cancel-order.ts";
import { endLink, endOverdueLinks } from "./change-links/end.ts";
import { makeChangeLink } from "./change-links/make.ts";
import { offererOf, presentOpenedLink } from "./change-links/present.ts";
import { changeLinkById, type ChangeLink } from "./change-links/stored.ts";
import { changeOrAsk, type Changing } from "./change-or-ask.ts";
import { changeOrder } from "./change-order.ts";
import { eraseAttempts } from "./erase.ts";
import type { CheckoutError } from "./errors.ts";
import { deskOn, takeProviderAnswer } from "./late-answers.ts";
import type { ChangeWish } from "./prepare-change.ts";

let hub: SaleHub;
beforeAll(async () => {
  hub = await saleHub();
}, 60_000);
afterAll(() => hub.close());
beforeEach(async () => {
  hub.provider.script = "pending";
  await hub.stock(BEANS, LYON, 100);
});

const MUG_PRICE = PRICES[MUG] ?? 0;
const NOTHING: ChangeWish = {
  remove: [],
  add: [],
  address: null,
  contact: null,
  reason: null,
  tenders: [],
  expectedDifference: null,
  version: null,
};
const mugs = (quantity: number): ChangeWish => ({ ...NOTHING, add: [{ sku: `SKU-${MUG}`, quantity, options: [] }] });
const euros = (amount: number) => ({ amount, currency: "EUR" });
const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000);

type Buyer = Awaited<ReturnType<SaleHub["customer"]>>;
type Ordered = { readonly id: OrderId; readonly view: OrderView; readonly actor: Buyer };

async function ordered(): Promise<Ordered> {
  const actor = await hub.customer();
  const done = await hub.complete(await hub.cart([[BEANS, 2]], { actor }), [{ kind: "card", token: "inline" }]);
  if (done.kind !== "placed") throw new Error(`not placed: ${JSON.stringify(done)}`);
  return { id: asId<OrderId>(done.view.id), view: done.view, actor };
}

/** What staff of the store offer, as the shop's assistant stands at the till. */
const offer = ({ id }: Ordered, quantity: number, validUntil = inHours(2)): Promise<Result<ChangeLink, CheckoutError>> =>
  hub.run(
    (ctx) => makeChangeLink(ctx, hub.vault, id, { wish: mugs(quantity), expectedDifference: euros(quantity * MUG_PRICE), validUntil }),
    tillActor(),
  );

async function offered(order: Ordered, quantity: number, validUntil?: Date): Promise<ChangeLink> {
  const made = await offer(order, quantity, validUntil);
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  return made.value;
}

const keyOf = (): Key => ({ ...newKey(), route: "changeLinks.pay" });
const deps = () => ({ ...hub.deps, vault: hub.vault });

/** As the route asks for it: by the right of who offered it, while the link stands. */
const pay = (link: ChangeLink, token = "inline", key = keyOf()): Promise<Changing<string>> =>
  changeOrAsk(
    { ...hub.around, actor: offererOf(link) },
    deps(),
    {
      orderId: link.orderId,
      wish: { ...(link.wish ?? NOTHING), tenders: [{ kind: "card", token }] },
      returnPath: "/shop/changes/1",
      mayBegin: async (ctx) => {
        const now = await changeLinkById(ctx, link.id);
        return now?.state === "open" && now.validUntil > ctx.now ? null : { code: "order.link_ended" };
      },
      after: async () => ok("changed"),
    },
    key,
  );

async function priceMugs(amount: number): Promise<void> {
  const unitPrice = { amount, scale: 0, currency: "EUR", per: { quantity: 1, unit: "piece" as const } };
  const listId = testId<PriceListId>("price list", 1);
  await hub.must((ctx) => setPrices(ctx, [{ listId, variantId: variantId(MUG), minQuantity: 1, unitPrice }]));
  hub.around.snapshots.invalidate();
}

const stateOf = async ({ id }: ChangeLink) => (await changeLinkById({ db: hub.db }, id))?.state;
const book = async ({ id }: Ordered) =>
  (await hub.rows<{ total: number; paid: number }>("select total::int, paid::int from orders.orders where id = $1", [id]))[0];

describe("[CHK-27] a change that its buyer pays by a link", () => {
  it("holds what comes, changes nothing before it is paid, and is made once however many pay at once", async () => {
    await hub.stock(MUG, LYON, 2);
    const order = await ordered();
    const link = await offered(order, 2);
    expect(await hub.level(MUG)).toMatchObject({ held: 2, allocated: 0 });
    expect(await book(order)).toEqual({ total: 1700, paid: 1700 });
    // The last two are promised to it: nobody else is promised them.
    expect(await offer(await ordered(), 1)).toMatchObject({ ok: false, error: { code: "stock.insufficient" } });
    const paid = await Promise.all([pay(link), pay(link), pay(link)]);
    expect(paid.filter(({ kind }) => kind === "changed")).toHaveLength(1);
    expect(paid.filter(({ kind }) => kind === "refused")).toHaveLength(2);
    expect(await book(order)).toEqual({ total: 1700 + 2 * MUG_PRICE, paid: 1700 + 2 * MUG_PRICE });
    expect(await hub.level(MUG)).toMatchObject({ held: 0, allocated: 2 });
    expect(await stateOf(link)).toBe("paid");
    expect(await pay(link)).toMatchObject({ kind: "refused", error: { code: "order.link_ended" } });
    const [change] = await hub.rows("select actor_kind, staff_name from orders.order_change where order_id = $1", [order.id]);
    expect(change).toEqual({ actor_kind: "system", staff_name: "Jordi Puig" });
    expect(await hub.broken()).toEqual([]);
  });

  it("over, said no to, or taken back, it gives its goods back and leaves the order as it was", async () => {
    await hub.stock(MUG, LYON, 5);
    const order = await ordered();
    const late = await offered(order, 2);
    await hub.rows(
      "update checkout.change_link set made_at = now() - interval '2 hours', valid_until = now() - interval '1 minute' where id = $1",
      [late.id],
    );
    const opened = await hub.must(async (ctx) => {
      const link = await changeLinkById(ctx, late.id);
      return ok(link ? await presentOpenedLink(ctx, link) : null);
    });
    expect(opened).toMatchObject({ state: "expired", change: null });
    expect(await pay(late)).toMatchObject({ kind: "refused", error: { code: "order.link_ended" } });
    await endOverdueLinks(jobContext(hub, new Date()));
    expect(await stateOf(late)).toBe("expired");
    expect(await hub.level(MUG)).toMatchObject({ held: 0 });
    for (const state of ["declined", "revoked"] as const) {
      const link = await offered(order, 1);
      expect(await hub.level(MUG)).toMatchObject({ held: 1 });
      await hub.must(async (ctx) => ok(await endLink(ctx, link, state)));
      expect([await stateOf(link), (await hub.level(MUG)).held]).toEqual([state, 0]);
    }
    expect(await book(order)).toEqual({ total: 1700, paid: 1700 });
    expect(await hub.broken()).toEqual([]);
  });

  it("is outdated by another link, another change and a cancellation, which give back what it held", async () => {
    await hub.stock(MUG, LYON, 5);
    const order = await ordered();
    const first = await offered(order, 1);
    const second = await offered(order, 2);
    expect([await stateOf(first), (await hub.level(MUG)).held]).toEqual(["outdated", 2]);
    const [line] = order.view.lines;
    const less = { ...NOTHING, remove: [{ orderLineId: asId<LineId>(line?.id ?? ""), quantity: 1 }] };
    await hub.must((ctx) => changeOrder(ctx, deps(), order.id, less), order.actor);
    expect([await stateOf(second), (await hub.level(MUG)).held]).toEqual(["outdated", 0]);
    const third = await offered(order, 1);
    await hub.must((ctx) => cancelOrder(ctx, order.id, "customer"), order.actor);
    expect([await stateOf(third), (await hub.level(MUG)).held]).toEqual(["outdated", 0]);
    expect(await hub.broken()).toEqual([]);
  });

  it("keeps the price and the promotion that it was offered with", async () => {
    await hub.stock(MUG, LYON, 5);
    const order = await ordered();
    const link = await offered(order, 1);
    await priceMugs(MUG_PRICE + 500);
    expect(await offer(await ordered(), 1)).toMatchObject({ error: { code: "order.difference_changed" } });
    expect(await pay(link)).toMatchObject({ kind: "changed" });
    expect(await book(order)).toEqual({ total: 1700 + MUG_PRICE, paid: 1700 + MUG_PRICE });
    await priceMugs(MUG_PRICE);
    expect(await hub.broken()).toEqual([]);
  });

  it("who began to pay in time is waited for by its bank, also when the time is over meanwhile", async () => {
    await hub.stock(MUG, LYON, 5);
    const order = await ordered();
    const link = await offered(order, 1);
    expect(await pay(link, "asks the bank")).toMatchObject({ kind: "pending" });
    await hub.rows(
      "update checkout.change_link set made_at = now() - interval '2 hours', valid_until = now() - interval '1 minute' where id = $1",
      [link.id],
    );
    await endOverdueLinks(jobContext(hub, new Date()));
    expect(await stateOf(link)).toBe("open");
    const intentId = hub.provider.asked.at(-1)?.split(" ")[1] ?? "";
    await takeProviderAnswer(deskOn(hub.around), deps(), asId(intentId), hub.provider.settle(intentId, "captured"));
    expect([await stateOf(link), await book(order)]).toEqual(["paid", { total: 1700 + MUG_PRICE, paid: 1700 + MUG_PRICE }]);
    expect(await hub.broken()).toEqual([]);
  });

  it("is for a change that costs more, ends within two weeks, and forgets a person who is erased", async () => {
    await hub.stock(MUG, LYON, 5);
    const order = await ordered();
    expect(await offer(order, 1, inHours(24 * 15))).toMatchObject({ error: { code: "order.link_refused", because: "end" } });
    const [line] = order.view.lines;
    const less = { ...NOTHING, remove: [{ orderLineId: asId<LineId>(line?.id ?? ""), quantity: 1 }] };
    const cheaper = await hub.run(
      (ctx) => makeChangeLink(ctx, hub.vault, order.id, { wish: less, expectedDifference: euros(-850), validUntil: inHours(1) }),
      tillActor(),
    );
    expect(cheaper).toMatchObject({ error: { code: "order.link_refused", because: "nothing_to_pay" } });
    const link = await offered(order, 1);
    await hub.must(async (ctx) => ok(await eraseAttempts(ctx, [order.actor.customer.recordId])));
    expect([await stateOf(link), (await hub.level(MUG)).held]).toEqual(["revoked", 0]);
    expect(await hub.rows("select wish from checkout.change_link where id = $1", [link.id])).toEqual([{ wish: null }]);
  });
});

import type { OrderView } from "@weft/contracts";
import { asId, ok, type LineId, type OrderId } from "@weft/kernel";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { booked, NOTHING } from "../../../test/order-change.ts";
import { BEANS, LYON, MUG, newKey, saleHub, type SaleHub } from "../../../test/sale-hub.ts";
import type { Key } from "../../platform/index.ts";
import { cancelOrder } from "./cancel-order.ts";
import { changeOrAsk, type Changing } from "./change-or-ask.ts";
import { changeOrder } from "./change-order.ts";
import { eraseAttempts } from "./erase.ts";
import { checkoutJobs, deskOn, takeProviderAnswer } from "./late-answers.ts";
import type { ChangeWish } from "./prepare-change.ts";

let hub: SaleHub;
beforeAll(async () => {
  hub = await saleHub();
}, 60_000);
afterAll(() => hub.close());
beforeEach(async () => {
  hub.provider.script = "pending";
  await hub.stock(MUG, LYON, 100);
  await hub.stock(BEANS, LYON, 100);
});

const BANK = [{ kind: "card", token: "asks the bank" }] as const;
const more = (quantity: number): Partial<ChangeWish> => ({ add: [{ sku: `SKU-${MUG}`, quantity, options: [] }], tenders: BANK });

type Buyer = Awaited<ReturnType<SaleHub["customer"]>>;
type Ordered = { readonly id: OrderId; readonly view: OrderView; readonly actor: Buyer };

async function ordered(): Promise<Ordered> {
  const actor = await hub.customer();
  const done = await hub.complete(await hub.cart([[BEANS, 2]], { actor }), [{ kind: "card", token: "inline" }]);
  if (done.kind !== "placed") throw new Error(`not placed: ${JSON.stringify(done)}`);
  return { id: asId<OrderId>(done.view.id), view: done.view, actor };
}

const around = ({ actor }: Ordered) => ({ ...hub.around, actor });
const keyOf = (): Key => ({ ...newKey(), route: "orders.change" });

const ask = (order: Ordered, wish: Partial<ChangeWish>, key: Key = keyOf()): Promise<Changing<string>> =>
  changeOrAsk(
    around(order),
    { ...hub.deps, vault: hub.vault },
    { orderId: order.id, wish: { ...NOTHING, ...wish }, returnPath: "/shop/orders/1", after: async () => ok("changed") },
    key,
  );

const lastIntent = (): string => hub.provider.asked.at(-1)?.split(" ")[1] ?? "";
const book = ({ id }: Ordered) => booked(hub, id);
const charges = () => hub.provider.asked.filter((asked) => asked.startsWith("charge")).length;

describe("[CHK-26] what a change costs more, paid by a card whose bank asks", () => {
  it("waits for the bank and changes nothing before; then it is changed once, however often it is asked for", async () => {
    const order = await ordered();
    const key = keyOf();
    expect(await ask(order, more(1), key)).toMatchObject({ kind: "pending" });
    expect(await book(order)).toMatchObject({ total: 1700, paid: 1700 });
    const asked = charges();
    hub.provider.settle(lastIntent(), "captured");
    expect(await ask(order, more(1), key)).toEqual({ kind: "changed", view: "changed" });
    expect(await ask(order, more(1), key)).toMatchObject({ kind: "changed" });
    expect(charges()).toBe(asked);
    expect(await book(order)).toMatchObject({ total: 3100, paid: 3100 });
    expect(await hub.broken()).toEqual([]);
  });

  it("is written by a webhook when nobody comes back, and says who changed it", async () => {
    const order = await ordered();
    await ask(order, more(1));
    const intent = lastIntent();
    const answer = hub.provider.settle(intent, "captured");
    await takeProviderAnswer(deskOn(hub.around), { ...hub.deps, vault: hub.vault }, intent as never, answer); // an id of its own table
    expect(await book(order)).toMatchObject({ total: 3100, paid: 3100 });
    const [change] = await hub.rows<{ staff_id: string | null }>("select staff_id from orders.order_change where order_id = $1", [
      order.id,
    ]);
    expect(change).toEqual({ staff_id: null });
  });

  it("declined, it leaves the order as it was, and another card may be tried", async () => {
    const order = await ordered();
    const key = keyOf();
    await ask(order, more(1), key);
    hub.provider.settle(lastIntent(), "declined");
    expect(await ask(order, more(1), key)).toMatchObject({ kind: "refused", error: { code: "payment.declined" } });
    expect(await book(order)).toMatchObject({ total: 1700, paid: 1700 });
    expect(await ask(order, { ...more(1), tenders: [{ kind: "card", token: "inline" }] })).toMatchObject({ kind: "changed" });
    expect(await hub.broken()).toEqual([]);
  });

  it("gives the money back when the order was changed or canceled meanwhile; of two at a time the second is told", async () => {
    const order = await ordered();
    const key = keyOf();
    await ask(order, more(1), key);
    const intent = lastIntent();
    expect(await ask(order, more(2))).toMatchObject({ kind: "refused", error: { code: "order.being_paid" } });
    const [line] = order.view.lines;
    const less = { ...NOTHING, remove: [{ orderLineId: asId<LineId>(line?.id ?? ""), quantity: 1 }] };
    await hub.must((ctx) => changeOrder(ctx, { ...hub.deps, vault: hub.vault }, order.id, less), order.actor);
    hub.provider.settle(intent, "captured");
    expect(await ask(order, more(1), key)).toMatchObject({ kind: "refused", error: { code: "order.version_differs" } });
    expect(await book(order)).toMatchObject({ total: 1700 });
    expect(await hub.rows("select state from payments.intent where id = $1", [intent])).toEqual([{ state: "voided" }]);

    const other = await ordered();
    const otherKey = keyOf();
    await ask(other, more(1), otherKey);
    const otherIntent = lastIntent();
    await hub.must((ctx) => cancelOrder(ctx, other.id, "customer"), other.actor);
    hub.provider.settle(otherIntent, "captured");
    expect(await ask(other, more(1), otherKey)).toMatchObject({ kind: "refused", error: { code: "order.not_changeable" } });
    expect(await hub.broken()).toEqual([]);
  });

  it("is looked after by the clock, and forgets at an erasure whom it was to be told to", async () => {
    const order = await ordered();
    await ask(order, { ...more(1), contact: { name: "Léa", email: "lea@example.com", phone: null } });
    await hub.must(async (ctx) => ok(await eraseAttempts(ctx, [order.actor.customer.recordId])));
    const stored = JSON.stringify(await hub.rows("select wish from checkout.change_attempt where order_id = $1", [order.id]));
    expect(stored).not.toContain("lea@example.com");
    expect(stored).not.toContain("asks the bank");
    hub.provider.settle(lastIntent(), "captured");
    await hub.rows("update checkout.change_attempt set resume_after = now() - interval '1 second'");
    expect(checkoutJobs({ ...hub.deps, vault: hub.vault }).map(({ name }) => name)).toContain("checkout.resume");
  });
});

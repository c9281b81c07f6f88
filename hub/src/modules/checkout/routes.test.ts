import { newId } from "@weft/kernel";
import type { OpenedCartView, OrderView } from "@weft/contracts";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openDemoHub, type DemoHub } from "../../../test/demo-hub.ts";

let demo: DemoHub;
let lea: Record<string, string>;
let visitor: Record<string, string>;

beforeAll(async () => {
  demo = await openDemoHub();
  const shopKey = demo.chain.channels.find(({ kind }) => kind === "web")?.publishableKey;
  visitor = { authorization: `Bearer ${shopKey}` };
  lea = { ...(await demo.enter("lea")), ...visitor };
}, 60_000);
afterAll(() => demo.close());

async function call<T>(method: "GET" | "POST", url: string, payload?: object, who = lea): Promise<T> {
  const headers = { ...who, "idempotency-key": newId() };
  const answer = await demo.app.inject({ method, url, headers, ...(payload && { payload }) });
  if (answer.statusCode >= 300) throw new Error(`${url}: ${answer.body}`);
  return answer.json<T>(); // held against the contract by the hub itself
}

async function placeOrder(who = lea): Promise<OrderView> {
  const storeId = demo.chain.staff.find(({ persona }) => persona === "jordi")?.placeIds[0];
  const store = demo.chain.assortment.find(({ placeId }) => placeId === storeId);
  const product = demo.chain.products.find(({ id, isTracked }) => !isTracked && store?.productIds.includes(id));
  const operations = [{ id: newId(), kind: "add", sku: product?.variants[0]?.sku, quantity: 1 }];
  const opening = { placeId: store?.placeId, fulfillment: "collect", operations };
  const { cart, token } = await call<OpenedCartView>("POST", "/v1/carts", opening, who);
  const completion = {
    fulfillment: { kind: "collect", placeId: store?.placeId },
    tenders: [{ kind: "due_at_collection" }],
    expectedTotal: cart.totals.total,
    contact: { name: "Nil Roca", email: "nil.roca@trama.example" },
  };
  return call("POST", `/v1/carts/${cart.id}/completion`, completion, { ...who, ...(token && { "weft-cart": token }) });
}

it.each(["a customer", "a visitor whom nobody knows"])(
  "what %s is shown of the order they placed is recorded: its states and its promise",
  async (who) => {
    const order = await placeOrder(who === "a customer" ? lea : visitor);
    const shown = async () => {
      const { rows } = await demo.pool.query<{ shown: unknown }>(
        "select shown from touchpoints.touchpoint where name = 'order.shown' and shown -> 'order' ->> 'id' = $1",
        [order.id],
      );
      return rows;
    };
    await expect.poll(shown).toHaveLength(1);
    expect((await shown())[0]?.shown).toMatchObject({
      order: { number: order.number, state: "placed", paymentState: order.paymentState, total: order.total },
      promise: [{ promiseAt: order.fulfillments[0]?.promisedAt }],
    });
  },
);

it("customers who look at what is theirs are not in the audit of who read whom", async () => {
  const order = await placeOrder();
  const before = await auditedReads();
  await call("GET", `/v1/orders/${order.id}`);
  await call("GET", "/v1/customers/me");
  expect(await auditedReads()).toBe(before);
  const anna = await demo.enter("anna");
  await demo.app.inject({ method: "GET", url: `/v1/orders/${order.id}`, headers: anna });
  expect(await auditedReads()).toBe(before + 1);
});

async function auditedReads(): Promise<number> {
  const { rows } = await demo.pool.query<{ count: number }>("select count(*)::int as count from access.audit_entry");
  return rows[0]?.count ?? -1;
}

import type { OrderView } from "@weft/contracts";
import type { FulfillmentId, IntentId } from "@weft/kernel";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { LYON, MUG, newKey, saleHub, tillActor, type SaleHub } from "../../../test/sale-hub.ts";
import { handOver, type HandOver } from "../fulfillment/index.ts";
import type { Desk } from "./ask-for-money.ts";
import { cancelOrder } from "./cancel-order.ts";
import { collectOrder, type CollectDeps } from "./collect-order.ts";
import { checkoutJobs, deskOn, takeProviderAnswer } from "./late-answers.ts";

let hub: SaleHub;
let desk: Desk;
let deps: CollectDeps;
beforeAll(async () => {
  hub = await saleHub();
  desk = deskOn(hub.around);
  deps = { ...hub.deps, signer: hub.signer };
}, 30_000);
afterAll(() => hub.close());
beforeEach(async () => {
  await hub.stock(MUG, LYON, 100);
  await hub.rows("delete from fulfillment.code_try");
  hub.provider.asked.splice(0);
  hub.provider.script = "capture";
});

const OUTSIDE = [{ kind: "card", token: "outside" }] as const;
type Due = { readonly order: OrderView; readonly wanted: HandOver };

/** An order of two mugs that its customer pays when they fetch it. */
async function due(): Promise<Due> {
  const done = await hub.complete(await hub.cart([[MUG, 2]]), [{ kind: "due_at_collection" }]);
  if (done.kind !== "placed") throw new Error(`not placed: ${JSON.stringify(done)}`);
  const [fulfillment] = done.view.fulfillments;
  // Every order of the shop is planned with a code; its id is the book's.
  const shown = { fulfillmentId: fulfillment?.id as FulfillmentId, code: fulfillment?.collectCode as string };
  return { order: done.view, wanted: { ...shown, proof: "code", tenders: OUTSIDE } };
}

const collect = ({ wanted }: Due, key = newKey(), given: Partial<HandOver> = {}) =>
  collectOrder({ ...hub.around, actor: tillActor() }, deps, { ...wanted, ...given }, key);
const charges = () => hub.provider.asked.filter((asked) => asked.startsWith("charge"));
const cancels = () => hub.provider.asked.filter((asked) => asked.startsWith("cancel"));
const stateOf = async ({ order: { id } }: Due) =>
  (await hub.rows("select state, payment_state, paid, due from orders.orders where id = $1", [id]))[0];

async function intentOf({ order }: Due): Promise<{ id: IntentId; state: string }> {
  const [intent] = await hub.rows<{ id: IntentId; state: string }>(
    "select i.id, i.state from payments.intent i join orders.orders o on o.cart_id = i.cart_id where o.id = $1 order by i.id desc",
    [order.id],
  );
  if (!intent) throw new Error("no intent");
  return intent;
}

/** The clock: what waits is looked at, as if the time for it had come. */
async function clock(): Promise<void> {
  await hub.rows("update fulfillment.hand_over_attempt set resume_after = now() - interval '1 second' where state = 'charging'");
  const [resume] = checkoutJobs(hub.deps);
  await resume?.handle(desk as never, undefined as never); // a desk is all that this job uses
}

describe("[CHK-15] an outside provider is asked between two transactions of a hand-over", () => {
  it("captured: handed over and paid by one charge, and again with the same key it is the same answer", async () => {
    const order = await due();
    const key = newKey();
    expect(await collect(order, key)).toMatchObject({ kind: "handed_over", view: { state: "collected" } });
    expect(await stateOf(order)).toEqual({ state: "closed", payment_state: "paid", paid: 2800, due: 0 });
    expect(await collect(order, key)).toMatchObject({ kind: "stored", stored: { status: 200 } });
    expect(charges()).toHaveLength(1);
    expect(await hub.broken()).toEqual([]);
  });

  it("declined: nothing left the counter, and another card pays it", async () => {
    hub.provider.script = "decline";
    const order = await due();
    expect(await collect(order)).toMatchObject({ kind: "refused", error: { code: "payment.declined" } });
    expect(await stateOf(order)).toEqual({ state: "placed", payment_state: "due_at_collection", paid: 0, due: 2800 });
    hub.provider.script = "capture";
    expect(await collect(order)).toMatchObject({ kind: "handed_over" });
    expect(await hub.broken()).toEqual([]);
  });

  it("[FUL-3] a wrong code is counted once and charges nothing", async () => {
    const order = await due();
    const key = newKey();
    const code = order.wanted.code === "000000" ? "000001" : "000000";
    expect(await collect(order, key, { code })).toMatchObject({ error: { code: "collection.code_wrong", triesLeft: 4 } });
    expect(await collect(order, key, { code })).toMatchObject({ kind: "stored", stored: { status: 422 } });
    expect(await hub.rows("select actor from fulfillment.code_try")).toHaveLength(1);
    expect(hub.provider.asked).toEqual([]);
  });

  it("[FUL-11] while it thinks, no second till takes money for it, neither by card nor in cash", async () => {
    hub.provider.script = "pending";
    const order = await due();
    const key = newKey();
    expect(await collect(order, key)).toEqual({ kind: "pending" });
    expect(await collect(order)).toMatchObject({ error: { code: "fulfillment.being_paid" } });
    const cash = await hub.run((ctx) => handOver(ctx, deps, { ...order.wanted, tenders: [{ kind: "cash" }] }), tillActor());
    expect(cash).toEqual({ ok: false, error: { code: "fulfillment.being_paid" } });
    hub.provider.settle((await intentOf(order)).id, "captured");
    expect(await collect(order, key)).toMatchObject({ kind: "handed_over" });
    expect(charges()).toHaveLength(1);
    expect(await hub.broken()).toEqual([]);
  });

  it("two tills at once: one charge, and the other is told that it is being paid or that it is done", async () => {
    const order = await due();
    const both = await Promise.all([collect(order), collect(order)]);
    expect(both.filter(({ kind }) => kind === "handed_over").length).toBeGreaterThan(0);
    for (const one of both) if (one.kind === "refused") expect(one.error.code).toBe("fulfillment.being_paid");
    expect(charges()).toHaveLength(1);
    expect(await stateOf(order)).toMatchObject({ paid: 2800, due: 0 });
    expect(await hub.broken()).toEqual([]);
  });
});

describe("[CHK-4] whoever is first hands over, once", () => {
  it("the answer was lost: it is asked for, and nothing is charged again", async () => {
    hub.provider.script = "lose";
    const order = await due();
    const key = newKey();
    expect((await collect(order, key)).kind).toBe("handed_over");
    expect((await collect(order, key)).kind).toBe("stored");
    expect(charges()).toHaveLength(1);
  });

  it("a late answer, a retry and the clock together: one hand-over in the name of who began it, nothing given back", async () => {
    hub.provider.script = "pending";
    const order = await due();
    const before = await hub.level(MUG);
    const key = newKey();
    expect(await collect(order, key)).toEqual({ kind: "pending" });
    const { id } = await intentOf(order);
    const answer = hub.provider.settle(id, "captured");
    await Promise.all([
      takeProviderAnswer(desk, hub.deps, id, answer),
      takeProviderAnswer(desk, hub.deps, id, answer),
      collect(order, key),
      clock(),
    ]);
    expect(await collect(order, key)).toMatchObject({ kind: "stored", stored: { status: 200 } });
    expect([charges().length, cancels()]).toEqual([1, []]);
    expect(await hub.level(MUG)).toMatchObject({ on_hand: before.on_hand - 2 });
    const steps = "select staff_name, proof from fulfillment.step where fulfillment_id = $1 and state = 'collected'";
    expect(await hub.rows(steps, [order.wanted.fulfillmentId])).toEqual([{ staff_name: "Jordi Puig", proof: "code" }]);
    expect(await hub.broken()).toEqual([]);
  });

  it("the hub ended before it had asked: the clock takes back what may be under way, and the order is paid anew", async () => {
    const order = await due();
    const away = () => Promise.reject(new Error("nobody is reached"));
    const cut: CollectDeps = { ...deps, provider: { ...hub.provider, charge: away, find: away } };
    expect(await collectOrder({ ...hub.around, actor: tillActor() }, cut, order.wanted, newKey())).toEqual({ kind: "pending" });
    await clock();
    expect(await intentOf(order)).toMatchObject({ state: "voided" });
    expect(await collect(order)).toMatchObject({ kind: "handed_over" });
    expect(await hub.broken()).toEqual([]);
  });
});

describe("[CHK-5] money for what can no longer be handed over goes back", () => {
  it("the order was canceled while the provider thought: voided and told", async () => {
    hub.provider.script = "pending";
    const order = await due();
    await collect(order);
    await hub.must((ctx) => cancelOrder(ctx, order.order.id as never, "changed their mind")); // an id of the book
    await hub.published();
    const { id } = await intentOf(order);
    await takeProviderAnswer(desk, hub.deps, id, hub.provider.settle(id, "captured"));
    expect(await intentOf(order)).toMatchObject({ state: "voided" });
    const told = (await hub.published()).map(({ type }) => type);
    expect(told).toEqual(expect.arrayContaining(["payment.failed.v1", "payment.voided.v1"]));
    expect(told).not.toContain("fulfillment.changed.v1");
    expect(await hub.broken()).toEqual([]);
  });

  it("another amount than agreed, or an answer after the hand-over was given up, is never kept", async () => {
    hub.provider.script = "pending";
    const order = await due();
    const key = newKey();
    await collect(order, key);
    const { id } = await intentOf(order);
    await hub.rows("update fulfillment.hand_over_attempt set created_at = created_at - interval '16 minutes' where state = 'charging'");
    expect(await collect(order, key)).toMatchObject({ error: { code: "payment.timed_out" } });
    await takeProviderAnswer(desk, hub.deps, id, { kind: "captured", eventId: `late ${id}`, providerRef: "late" });
    expect(await intentOf(order)).toMatchObject({ state: "voided" });
    expect(await stateOf(order)).toMatchObject({ paid: 0, due: 2800 });
    expect(await collect(order)).toEqual({ kind: "pending" });
    const again = await intentOf(order);
    const odd = { ...hub.provider.settle(again.id, "captured"), amount: { amount: 2799, currency: "EUR" } };
    hub.provider.charges.set(again.id, odd);
    await takeProviderAnswer(desk, hub.deps, again.id, odd);
    expect(await intentOf(order)).toMatchObject({ id: again.id, state: "voided" });
    expect(await stateOf(order)).toMatchObject({ paid: 0, due: 2800 });
    expect(await hub.broken()).toEqual([]);
  });
});

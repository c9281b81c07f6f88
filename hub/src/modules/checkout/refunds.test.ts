import type { OrderView } from "@weft/contracts";
import { asId, type OrderId } from "@weft/kernel";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { LYON, MUG, saleHub, tillActor, type SaleHub } from "../../../test/sale-hub.ts";
import type { RefundId } from "../payments/index.ts";
import { cancelOrder } from "./cancel-order.ts";
import { checkoutJobs, deskOn, refundJob } from "./late-answers.ts";
import { askForRefundAgain, listUnsettledRefunds, noteRefundPaid } from "./refunds.ts";

let hub: SaleHub;
beforeAll(async () => {
  hub = await saleHub();
}, 30_000);
afterAll(() => hub.close());
beforeEach(async () => {
  await hub.stock(MUG, LYON, 100);
  hub.provider.script = "capture";
  hub.provider.refundScript = "succeeded";
  hub.provider.asked.splice(0);
});

const staff = { ...tillActor(), device: null };
const orderId = (order: OrderView) => asId<OrderId>(order.id);

/** An order that was paid by card and canceled, and the refund that this asks for. */
async function canceled(): Promise<{ order: OrderView; refundId: RefundId }> {
  const done = await hub.complete(await hub.cart([[MUG, 2]]), [{ kind: "card", token: "outside" }]);
  if (done.kind !== "placed") throw new Error(JSON.stringify(done));
  await hub.must((ctx) => cancelOrder(ctx, orderId(done.view), "no"));
  const [row] = await hub.rows<{ id: RefundId }>("select id from payments.refund where order_id = $1", [done.view.id]);
  if (!row) throw new Error("nothing goes back");
  return { order: done.view, refundId: row.id };
}

const ask = (refundId: RefundId) =>
  refundJob(hub.deps).handle({ ...deskOn(hub.around), signal: new AbortController().signal }, { refundId });
const asked = (refundId: RefundId) => hub.provider.asked.filter((what) => what.startsWith(`refund ${refundId}`));
const stateOf = async ({ id }: OrderView) =>
  (await hub.rows("select payment_state, refunded::int from orders.orders where id = $1", [id]))[0];

describe("[PAY-20] a refund that its provider refused is not paid back", () => {
  it("the order holds the money again, and a person sees what waits", async () => {
    const { order, refundId } = await canceled();
    expect(await stateOf(order)).toEqual({ payment_state: "refunded", refunded: 2800 });
    hub.provider.refundScript = "failed";
    await ask(refundId);
    expect(await stateOf(order)).toEqual({ payment_state: "paid", refunded: 0 });
    const { items } = await listUnsettledRefunds({ ...deskOn(hub.around).read, actor: staff }, { limit: 50, after: undefined });
    expect(items).toContainEqual(expect.objectContaining({ id: refundId, orderNumber: order.number, state: "failed", attempt: 1 }));
    expect(await hub.rows("select 1 from payments.read_unknown_refund where id = $1", [refundId])).toHaveLength(1);
    expect(await hub.broken()).toEqual([]);
  });
});

describe("[PAY-21] only a refusal is followed by another try", () => {
  it("asked again by three at once it is one more try, and pays once", async () => {
    const { order, refundId } = await canceled();
    hub.provider.refundScript = "failed";
    await ask(refundId);
    hub.provider.refundScript = "succeeded";
    const tries = await Promise.all([1, 2, 3].map(() => hub.run((ctx) => askForRefundAgain(ctx, refundId), staff)));
    expect(tries.filter(({ ok }) => ok)).toHaveLength(1);
    expect(tries.find(({ ok }) => !ok)).toEqual({ ok: false, error: { code: "refund.not_possible", state: "requested" } });
    for (let run = 0; run < 3; run++) await ask(refundId);
    expect(asked(refundId)).toEqual([`refund ${refundId} 1`, `refund ${refundId} 2`]);
    expect(await stateOf(order)).toEqual({ payment_state: "refunded", refunded: 2800 });
    expect(await hub.broken()).toEqual([]);
  });

  it("an answer that was lost is asked for under the same try", async () => {
    const { refundId } = await canceled();
    hub.provider.refundScript = "pending";
    await ask(refundId);
    await ask(refundId);
    expect(asked(refundId)).toEqual([`refund ${refundId} 1`, `refund ${refundId} 1`]);
    expect(await hub.run((ctx) => askForRefundAgain(ctx, refundId), staff)).toMatchObject({ ok: false });
  });

  it("what a person notes as paid back is not asked for again", async () => {
    const { order, refundId } = await canceled();
    hub.provider.refundScript = "failed";
    await ask(refundId);
    expect(await hub.must((ctx) => noteRefundPaid(ctx, refundId, "By bank transfer"), staff)).toMatchObject({
      state: "succeeded",
      note: "By bank transfer",
    });
    expect(await stateOf(order)).toMatchObject({ payment_state: "refunded" });
    expect(await hub.run((ctx) => askForRefundAgain(ctx, refundId), staff)).toEqual({
      ok: false,
      error: { code: "refund.not_possible", state: "succeeded" },
    });
    expect(await hub.rows("select reason from access.audit_entry where subject = $1", [`refund/${refundId}`])).toEqual([
      { reason: "By bank transfer" },
    ]);
    expect(await hub.broken()).toEqual([]);
  });

  it("is somebody else's who serves other places only", async () => {
    const { refundId } = await canceled();
    const elsewhere = {
      ...staff,
      staff: staff.staff && { ...staff.staff, placeIds: [asId<never>("01900000-0000-7000-8000-0000000000ff")] },
    };
    expect(await hub.run((ctx) => askForRefundAgain(ctx, refundId), elsewhere)).toEqual({ ok: false, error: { code: "refund.unknown" } });
  });
});

it("a provider that is away for one refund keeps none of the others waiting", async () => {
  const [first, second] = [await canceled(), await canceled()];
  await hub.rows("update payments.refund set at = at - interval '2 minutes' where id = any($1)", [[first.refundId, second.refundId]]);
  const { refund } = hub.provider;
  const provider = {
    ...hub.provider,
    refund: (wanted: Parameters<typeof refund>[0]) =>
      wanted.refundId === first.refundId ? Promise.reject(new Error("away")) : refund(wanted),
  };
  const [resume] = checkoutJobs({ ...hub.deps, provider });
  await resume?.handle({ ...deskOn(hub.around), signal: new AbortController().signal }, undefined as never); // it takes no payload
  expect(await hub.rows("select state from payments.refund where id = any($1) order by id", [[first.refundId, second.refundId]])).toEqual([
    { state: "requested" },
    { state: "succeeded" },
  ]);
});

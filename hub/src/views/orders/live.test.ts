import type { OrderView } from "@weft/contracts";
import type { HubEvent } from "@weft/kernel";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { dbOn, type Actor, type LivePresenter, type ReadCtx } from "../../platform/index.ts";
import { LYON, MUG, PARIS, saleHub, tillActor, visitor, type SaleHub, type TestCart } from "../../../test/sale-hub.ts";
import { orderLive, workLive } from "./live.ts";

let hub: SaleHub;
let order: LivePresenter;
beforeAll(async () => {
  hub = await saleHub();
  order = orderLive({ vault: hub.vault, receiptOf: async () => null });
}, 30_000);
afterAll(() => hub.close());
beforeEach(() => hub.stock(MUG, LYON, 100));

const as = (actor: Actor): ReadCtx => ({ ...hub.around, db: dbOn(hub.pool), now: new Date(), actor });

async function ordered(actor: Actor = visitor()): Promise<{ cart: TestCart; view: OrderView }> {
  const cart = await hub.cart([[MUG, 1]], { actor });
  const done = await hub.complete(cart, [{ kind: "card", token: "inline" }]);
  if (done.kind !== "placed") throw new Error("not placed");
  return { cart, view: done.view };
}

describe("an order live", () => {
  it("is followed by whoever held its cart, its customer, and the staff of its place; by nobody else", async () => {
    const customer = await hub.customer();
    const { cart, view } = await ordered(customer);
    const guest = await ordered();
    expect(await order.authorize(as(customer), view.id, null)).toBe("customer");
    expect(await order.authorize(as(visitor()), guest.view.id, guest.cart.actor.cartToken)).toBe("customer");
    expect(await order.authorize(as(visitor()), guest.view.id, cart.actor.cartToken ?? "x")).toBeNull();
    expect(await order.authorize(as(await hub.customer()), view.id, null)).toBeNull();
    expect(await order.authorize(as(tillActor()), view.id, null)).toBe("others");
  });

  it("shows the collection code to its customer only, and the same JSON as reading does", async () => {
    const { view } = await ordered(await hub.customer());
    const mine = await order.present(as(visitor()), view.id, "customer");
    const theirs = await order.present(as(visitor()), view.id, "others");
    expect(mine).toEqual({ version: view.version, patch: view });
    expect(theirs?.patch).toMatchObject({ fulfillments: [{ collectCode: null }] });
  });
});

describe("the work of a place live", () => {
  it("changes with every order and step there, and is followed by who works there", async () => {
    const before = await workLive.present(as(tillActor()), LYON, "work");
    await hub.published();
    await ordered();
    const placed = (await hub.published()).find(({ type }) => type === "order.placed.v1");
    const event = { ...placed, id: "", source: "", time: "", position: 1 } as HubEvent; // what the log adds is not looked at
    const affected = workLive.affectedBy.find(({ type }) => type === event.type);
    expect(await affected?.subject(event, as(tillActor()))).toBe(`work/${LYON}`);
    const after = await workLive.present(as(tillActor()), LYON, "work");
    expect(after?.patch).toMatchObject({ open: Number(before?.patch?.["open"]) + 1 });
    expect(after?.version).toBeGreaterThan(before?.version ?? 0);
    expect(await workLive.authorize(as(tillActor(PARIS)), LYON, null)).toBeNull();
    expect(await workLive.authorize(as(tillActor()), LYON, null)).toBe("work");
  });
});

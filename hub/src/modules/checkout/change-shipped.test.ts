import { asId, type LineId } from "@weft/kernel";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { booked, NOTHING } from "../../../test/order-change.ts";
import { BEANS, LYON, MUG } from "../../../test/sale-hub.ts";
import { DEPOT, HOME, shipHub, storesShip, type Shipped, type ShipHub } from "../../../test/ship-hub.ts";
import { advance, readAddress } from "../fulfillment/index.ts";
import { contactOf } from "../orders/index.ts";
import { changeOrder } from "./change-order.ts";
import type { ChangeWish } from "./prepare-change.ts";

let hub: ShipHub;
beforeAll(async () => {
  hub = await shipHub();
}, 90_000);
afterAll(() => hub.close());
beforeEach(async () => {
  await hub.stock(MUG, DEPOT, 100);
  await hub.stock(MUG, LYON, 100);
  await hub.stock(BEANS, DEPOT, 100);
  await storesShip(hub, []);
});

const CARD = [{ kind: "card", token: "inline" }] as const;
const change = ({ orderId, cart }: Shipped, wish: Partial<ChangeWish>) =>
  hub.run((ctx) => changeOrder(ctx, hub.deps, orderId, { ...NOTHING, ...wish }), cart.actor);
const book = ({ orderId }: Shipped) => booked(hub, orderId);
const mugs = ({ view }: Shipped): LineId => asId<LineId>(view.lines.find(({ kind }) => kind === "goods")?.id ?? "");

describe("[CHK-22] an order that is shipped", () => {
  it("takes more goods along: shipping is paid once", async () => {
    const order = await hub.ordered([[MUG, 1]]);
    expect(await change(order, { add: [{ sku: `SKU-${BEANS}`, quantity: 1, options: [] }], tenders: CARD })).toMatchObject({ ok: true });
    expect(await book(order)).toMatchObject({ payment_state: "paid", total: 1400 + 490 + 850, paid: 1400 + 490 + 850 });
    expect(await hub.broken()).toEqual([]);
  });

  it("keeps its shipping while goods are left, and gives it back with the last of them", async () => {
    const order = await hub.ordered([[MUG, 2]]);
    expect(await change(order, { remove: [{ orderLineId: mugs(order), quantity: 1 }] })).toMatchObject({ ok: true });
    expect(await book(order)).toMatchObject({ state: "placed", canceled: 1400, refunded: 1400 });
    expect(await change(order, { remove: [{ orderLineId: mugs(order), quantity: 1 }] })).toMatchObject({ ok: true });
    expect(await book(order)).toMatchObject({ state: "canceled", payment_state: "refunded", refunded: 2800 + 490 });
    expect(await hub.broken()).toEqual([]);
  });

  it("is paid by card, and not when it is collected", async () => {
    const order = await hub.ordered([[MUG, 1]]);
    const add = [{ sku: `SKU-${BEANS}`, quantity: 1, options: [] }];
    expect(await change(order, { add, tenders: [{ kind: "due_at_collection" }] })).toEqual({
      ok: false,
      error: { code: "payment.method_not_offered", kind: "due_at_collection" },
    });
  });
});

describe("[CHK-21] where an order goes and who is told", () => {
  it("goes to another address of the same country, until it is being packed", async () => {
    const order = await hub.ordered([[MUG, 1]]);
    const elsewhere = { ...HOME, line1: "9  quai du Test", postcode: "F-69001" };
    expect(await change(order, { address: elsewhere })).toMatchObject({ ok: true });
    expect(await readAddress(hub, order.id)).toEqual({ ...HOME, line1: "9 quai du Test", postcode: "69001" });
    expect(await change(order, { address: { ...HOME, country: "DE", postcode: "10115" } })).toMatchObject({
      ok: false,
      error: { code: "order.address_refused", country: "FR" },
    });
    expect(await change(order, { address: { ...HOME, postcode: "1" } })).toMatchObject({
      ok: false,
      error: { code: "order.address_refused", errors: [{ path: "postcode", code: "postcode_shape" }] },
    });
    await hub.must((ctx) => advance(ctx, order.id, "pack"), hub.packer());
    expect(await change(order, { address: HOME })).toMatchObject({ ok: false, error: { code: "order.change_closed", state: "packed" } });
  });

  it("keeps of a contact and an address only that they were changed", async () => {
    const order = await hub.ordered([[MUG, 1]]);
    expect(await change(order, { contact: { name: "Ana Test", email: null, phone: "+33639980001" }, address: HOME })).toMatchObject({
      ok: true,
    });
    expect(await contactOf(hub, order.orderId)).toMatchObject({ name: "Ana Test", phone: "+33639980001" });
    const [version] = await hub.rows<{ actions: unknown }>("select actions from orders.order_change where order_id = $1", [order.orderId]);
    expect(version).toEqual({ actions: [{ kind: "change_address" }, { kind: "change_contact" }] });
  });
});

import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { LYON, MUG, PARIS, tillActor } from "../../../test/sale-hub.ts";
import { HOME, SHIP, STANDARD, shipHub, storesShip, DEPOT, type ShipHub } from "../../../test/ship-hub.ts";
import { fulfillmentsOf } from "../fulfillment/index.ts";

let hub: ShipHub;
beforeAll(async () => {
  hub = await shipHub();
}, 90_000);
afterAll(() => hub.close());
beforeEach(async () => {
  await storesShip(hub, [PARIS]);
  await hub.stock(MUG, LYON, 0);
  await hub.stock(MUG, DEPOT, 0);
  await hub.stock(MUG, PARIS, 5);
});

const add = { kind: "add" as const, sku: `SKU-${MUG}`, quantity: 2, options: [] };

it("[CHK-41] a till sells what only another store has, and has it sent to the customer: paid here, allocated there", async () => {
  const ticket = await hub.cart([], { actor: tillActor() });
  const { cart: view, codes } = await hub.change(
    ticket,
    { kind: "setFulfillment", fulfillment: { kind: "ship", methodId: STANDARD } },
    { kind: "setAddress", address: HOME },
    add,
  );
  expect(codes).toEqual([null, null, null]);
  expect(view).toMatchObject({ requirements: [], delivery: { parcels: [{ placeId: PARIS }] } });
  const sold = await hub.sell({ ...ticket, view }, [{ kind: "cash", received: 5000 }], { fulfillment: SHIP });
  expect(sold).toMatchObject({ ok: true, value: { view: { paymentState: "paid", fulfillmentState: "open" } } });
  if (!sold.ok) return;
  const [part, ...others] = await fulfillmentsOf(hub, sold.value.orderId);
  expect(others).toEqual([]);
  expect(part?.fulfillment).toMatchObject({ kind: "ship", state: "planned", place_id: PARIS });
  expect(await hub.level(MUG, PARIS)).toMatchObject({ on_hand: 5, allocated: 2, held: 0 });
  expect(await hub.broken()).toEqual([]);
});

it("[CHK-41] a till sells what only another store has, to be fetched there with a code", async () => {
  const before = await hub.level(MUG, PARIS);
  const ticket = await hub.cart([], { actor: tillActor() });
  const { cart: view } = await hub.change(
    ticket,
    { kind: "setFulfillment", fulfillment: { kind: "collect", placeId: PARIS, dining: "take_away", dueAt: null } },
    add,
  );
  expect(view.requirements).toEqual([]);
  const fulfillment = { kind: "collect", placeId: PARIS, dining: "take_away", dueAt: null } as const;
  const sold = await hub.sell({ ...ticket, view }, [{ kind: "cash", received: 5000 }], { fulfillment });
  expect(sold).toMatchObject({ ok: true, value: { view: { paymentState: "paid" } } });
  if (!sold.ok) return;
  expect(sold.value.view.fulfillments).toMatchObject([{ kind: "collect", placeId: PARIS, collectCode: expect.stringMatching(/^\d{6}$/) }]);
  expect(await hub.level(MUG, PARIS)).toMatchObject({ on_hand: before.on_hand, allocated: before.allocated + 2 });
  expect(await hub.broken()).toEqual([]);
});

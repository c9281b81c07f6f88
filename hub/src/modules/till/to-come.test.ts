import type { CartOperation } from "@weft/contracts";
import { newId, type CartId, type OrderId, type ShiftId } from "@weft/kernel";
import { afterAll, beforeAll, expect, it } from "vitest";
import { BEANS, LYON, MUG, PARIS } from "../../../test/sale-hub.ts";
import { HOME, shipHub, type ShipHub } from "../../../test/ship-hub.ts";
import { testTill, type TestTill } from "../../../test/till-hub.ts";
import type { Actor } from "../../platform/index.ts";
import { tillInvariants } from "./invariants.ts";
import { readReceipt } from "./queries/receipt.ts";

let hub: ShipHub;
let till: TestTill;
let shiftId: ShiftId;
beforeAll(async () => {
  hub = await shipHub();
  till = await testTill(hub);
  shiftId = await till.open();
  await hub.stock(MUG, LYON, 10);
  await hub.stock(MUG, PARIS, 10);
  await hub.stock(BEANS, LYON, 10);
}, 90_000);
afterAll(() => hub.close());

const receiptOf = (orderId: OrderId, actor: Actor) =>
  readReceipt({ ...hub.around, db: hub.db, now: new Date(), actor }, hub.vault, orderId, "en");

it("[TIL-15] a receipt says what is still to come, with the code for the customer alone; what was taken along is not on it", async () => {
  const opened = await hub.cart([[BEANS, 1]], { actor: till.actor });
  const add = (elsewhere: NonNullable<Extract<CartOperation, { kind: "add" }>["elsewhere"]>) =>
    ({ kind: "add", sku: `SKU-${MUG}`, quantity: 1, options: [], elsewhere }) satisfies Omit<Extract<CartOperation, { kind: "add" }>, "id">;
  const { cart: view, codes } = await hub.change(
    opened,
    { kind: "setAddress", address: HOME },
    add({ kind: "collect", placeId: PARIS }),
    add({ kind: "ship", methodId: null }),
  );
  expect(codes).toEqual([null, null, null]);
  const answer = await till.sale({ ...opened, id: view.id as CartId, view }, shiftId, [{ kind: "cash", received: 10_000 }]); // as the hub names it
  expect(answer).toMatchObject({ outcome: "done" });
  const orderId = answer.orderId as OrderId; // an id just answered
  const receipt = await receiptOf(orderId, till.actor);
  expect(receipt).toMatchObject({ ok: true, value: { lines: { length: 4 }, tenders: [{ kind: "cash" }] } });
  if (!receipt.ok) return;
  expect(receipt.value.toCome.toSorted((a, b) => a.kind.localeCompare(b.kind))).toEqual([
    expect.objectContaining({
      kind: "collect",
      placeName: "Paris",
      code: expect.stringMatching(/^\d{6}$/),
      lines: [{ name: expect.any(String), quantity: 1 }],
    }),
    expect.objectContaining({
      kind: "ship",
      code: null,
      promisedAt: expect.any(String),
      lines: [{ name: expect.any(String), quantity: 1 }],
    }),
  ]);
  const office = await receiptOf(orderId, { ...till.actor, device: null });
  expect(office.ok && office.value.toCome.map(({ code }) => code)).toEqual([null, null]);
  expect(await hub.broken()).toEqual([]);
  expect(await hub.violations(tillInvariants)).toEqual([]);
});

it("[TIL-10] a sale of what another store has, sent to a hub that does not have its cart, is opened again as it was", async () => {
  const cartId = newId<CartId>();
  const elsewhere = { kind: "collect", placeId: PARIS } as const;
  const lines = [{ sku: `SKU-${MUG}`, quantity: 1, options: [], elsewhere }];
  const answer = await till.act("sale.complete", {
    shiftId,
    cartId,
    completion: {
      fulfillment: { kind: "take_away", placeId: LYON },
      tenders: [{ kind: "cash", received: 2000 }],
      expectedTotal: { amount: 1400, currency: "EUR" },
    },
    ticket: { customerId: null, codes: [], lines },
  });
  expect(answer).toMatchObject({ outcome: "done" });
  const receipt = await receiptOf(answer.orderId as OrderId, till.actor); // an id just answered
  expect(receipt).toMatchObject({ ok: true, value: { toCome: [{ kind: "collect", placeName: "Paris" }] } });
  expect(await hub.broken()).toEqual([]);
});

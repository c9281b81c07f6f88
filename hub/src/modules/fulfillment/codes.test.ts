import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { LYON, MUG, PARIS, WEB, saleHub, type SaleHub } from "../../../test/sale-hub.ts";
import type { PlaceId } from "@weft/kernel";

let hub: SaleHub;
beforeAll(async () => {
  hub = await saleHub();
  await hub.stock(MUG, LYON, 100);
}, 30_000);
afterAll(() => hub.close());

/** Plans something to hand over at a place with the codes offered; answers which of them it got. */
async function plan(place: PlaceId, codes: readonly string[]): Promise<number | undefined> {
  const planned = {
    id: randomUUID(),
    order_id: randomUUID(),
    kind: "collect",
    state: "planned",
    entity_id: randomUUID(),
    place_id: place,
    channel_id: WEB,
    business_date: "2026-03-02",
    time_zone: "Europe/Paris",
    dining: "take_away",
    placed_at: "2026-03-02T09:00:00Z",
  };
  const macs = codes.map((code) => Buffer.from(code));
  const [row] = await hub.rows<{ taken: number }>("select fulfillment.plan($1, 'W-1', '{}', '{}', $2, $3, '[]') as taken", [
    JSON.stringify(planned),
    macs,
    codes,
  ]);
  return row?.taken;
}

it("[FUL-2] a code opens one thing at a place: the next that is free is taken, and none free asks to be tried again", async () => {
  expect(await plan(LYON, ["123456"])).toBe(1);
  expect(await plan(PARIS, ["123456"])).toBe(1);
  expect(await plan(LYON, ["123456", "654321"])).toBe(2);
  await expect(plan(LYON, ["123456", "654321"])).rejects.toMatchObject({ code: "40001" });
});

it("[FUL-2] a code is free again when what it opened is done", async () => {
  expect(await plan(LYON, ["777777"])).toBe(1);
  await hub.rows("update fulfillment.fulfillment set state = 'collected', done_at = now() where code_mac = $1", [Buffer.from("777777")]);
  expect(await plan(LYON, ["777777"])).toBe(1);
});

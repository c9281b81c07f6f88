import { newId, ok, type RecordId } from "@weft/kernel";
import { afterAll, beforeAll, expect, it } from "vitest";
import { LYON, PARIS, peopleHub, SHOP, type PeopleHub } from "../../../test/people-hub.ts";
import { OrderPlaced } from "../orders/events.ts";
import { provisionalRecord } from "./commands/provisional.ts";
import { writeRecord } from "./commands/write-record.ts";
import { customerSubscribers } from "./subscribers.ts";

let hub: PeopleHub;
beforeAll(async () => {
  hub = await peopleHub();
});
afterAll(() => hub.close());

async function placed(recordId: RecordId | null, placeId: string | null, time: string): Promise<void> {
  const event = { id: newId(), type: OrderPlaced.type, source: "/hub", subject: "order/1", position: 1, time, data: { recordId, placeId } };
  await hub.must(async (ctx) => ok(await customerSubscribers[0]?.reactions.get(OrderPlaced.type)?.(ctx, event)));
}

it("[IDN-11] who ordered at a place is near it since the newest time, in whatever order the facts come; a walk-in is nobody", async () => {
  const { recordId } = await hub.must((ctx) =>
    writeRecord(ctx, { channelId: SHOP, input: { externalId: "near", givenName: "Nia" }, verified: [], verifiedBy: "code", cause: "test" }),
  );
  const walkIn = await hub.must(async (ctx) => ok(await provisionalRecord({ ...ctx, actor: { ...ctx.actor, channelId: SHOP } })));
  await placed(recordId, LYON, "2026-03-02T10:00:00Z");
  await placed(recordId, LYON, "2026-03-01T10:00:00Z");
  await placed(recordId, PARIS, "2026-02-01T10:00:00Z");
  await placed(recordId, null, "2026-03-03T10:00:00Z");
  await placed(walkIn, LYON, "2026-03-02T10:00:00Z");
  await placed(null, LYON, "2026-03-02T10:00:00Z");
  const near = await hub.rows("select place_id, record_id, at from customers.near_place order by at");
  expect(near).toEqual([
    { place_id: PARIS, record_id: recordId, at: new Date("2026-02-01T10:00:00Z") },
    { place_id: LYON, record_id: recordId, at: new Date("2026-03-02T10:00:00Z") },
  ]);
});

import { newId } from "@weft/kernel";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openLevelHub, SHOP_KEY, type LevelHub } from "../../../test/level-hub.ts";

let hub: LevelHub;
beforeAll(async () => {
  hub = await openLevelHub();
}, 60_000);
afterAll(() => hub.demo.close());

const send = async (visitor: string, consent: string) => {
  const event = { type: "track", event: "Seen", messageId: newId(), anonymousId: visitor, context: { consent } };
  const answer = await hub.ask({}, "POST", "/v1/b", { writeKey: SHOP_KEY, batch: [event] });
  expect(answer.body).toEqual({ success: true });
};
const choicesOf = async (visitor: string): Promise<string[]> => {
  const { rows } = await hub.demo.pool.query<{ state: string }>(
    `select e.state from consent.event e join customers.source_record r on r.id = e.record_id
      where e.purpose = 'measurement' and r.external_id like '%' || $1 order by e.at, e.id`,
    [visitor],
  );
  return rows.map(({ state }) => state);
};

it("[TCH-19] what a visitor chose is kept with their record when their event is answered, once, and a no after it", async () => {
  const visitor = newId();
  await send(visitor, "given");
  await send(visitor, "given");
  expect(await choicesOf(visitor)).toEqual(["granted"]);
  await send(visitor, "refused");
  expect(await choicesOf(visitor)).toEqual(["granted", "withdrawn"]);
  await send(visitor, "given");
  expect(await choicesOf(visitor)).toEqual(["granted", "withdrawn", "granted"]);
});

it("[TCH-19] who was not asked chose nothing", async () => {
  const visitor = newId();
  await send(visitor, "open");
  expect(await choicesOf(visitor)).toEqual([]);
});

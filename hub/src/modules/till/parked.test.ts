import { newId } from "@weft/kernel";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openLevelHub, type Headers, type LevelHub } from "../../../test/level-hub.ts";

let hub: LevelHub;
let one: Headers;
let two: Headers;
let elsewhere: Headers;
beforeAll(async () => {
  hub = await openLevelHub();
  const { items } = (await hub.ask(hub.owner, "GET", "/v1/till/registers")).body;
  const lyon = items.filter(
    ({ placeName, training }: { placeName: string; training: boolean }) => placeName.startsWith("Lyon") && !training,
  );
  const other = items.find(({ placeId, training }: { placeId: string; training: boolean }) => placeId !== lyon[0].placeId && !training);
  one = await till("weft_till_one", lyon[0]);
  two = await till("weft_till_two", lyon[1] ?? lyon[0]);
  elsewhere = await till("weft_till_far", other);
}, 120_000);
afterAll(() => hub.demo.close());

/** A browser that the owner enrolled as a till, with nobody signed in. */
async function till(session: string, { id, placeId, name }: { id: string; placeId: string; name: string }): Promise<Headers> {
  const cookies: Record<string, string> = {};
  const call = async (url: string, payload: object) => {
    const answer = await hub.demo.app.inject({ method: "POST", url, headers: { "weft-session": session }, cookies, payload });
    expect(answer.statusCode).toBe(201);
    for (const cookie of answer.cookies) cookies[cookie.name] = cookie.value;
  };
  await call("/v1/staff-sessions", { email: "clara.vidal@trama.example", password: "trama-demo-2026" });
  await call("/v1/devices", { kind: "till", placeId, name, registerId: id });
  return { "weft-session": session, cookie: `${session}_device=${cookies[`${session}_device`]}` };
}

async function ticketAt(who: Headers): Promise<{ id: string; token: string }> {
  const { status, body } = await hub.ask(who, "POST", "/v1/carts", {
    operations: [{ id: newId(), kind: "add", sku: "PAS-CRO", quantity: 2, options: [] }],
  });
  expect(status).toBe(201);
  return { id: body.cart.id, token: body.token };
}

const park = (who: Headers, cartId: string) => hub.ask(who, "POST", "/v1/till/parked-tickets", { cartId });
const resume = (who: Headers, cartId: string) => hub.ask(who, "POST", `/v1/till/parked-tickets/${cartId}/resumption`);
const waiting = async (who: Headers) => (await hub.ask(who, "GET", "/v1/till/parked-tickets")).body.items;

describe("[TIL-11] a parked ticket", () => {
  it("is seen by every till of its store and by no other, and goes on at another till with all that is on it", async () => {
    const { id } = await ticketAt(one);
    expect((await park(two, id)).body.code).toBe("cart.unknown"); // not theirs to put aside
    expect((await park(one, id)).body).toMatchObject({ cartId: id, items: 2, own: true });
    expect((await park(one, id)).status).toBe(201); // twice it waits once
    expect(await waiting(two)).toMatchObject([{ cartId: id, items: 2, own: false, deviceName: expect.stringMatching(/./) }]);
    expect(await waiting(elsewhere)).toEqual([]);
    expect((await resume(elsewhere, id)).body.code).toBe("till.not_parked");
    const resumed = await resume(two, id);
    expect([resumed.status, resumed.body.cart.lines[0].quantity]).toEqual([200, 2]);
    expect(await waiting(one)).toEqual([]);
    const operations = [{ id: newId(), kind: "add", sku: "PAS-CRO", quantity: 1, options: [] }];
    expect((await hub.ask(two, "POST", `/v1/carts/${id}/operations`, { operations })).status).toBe(200);
    expect((await hub.ask(one, "POST", `/v1/carts/${id}/operations`, { operations })).status).not.toBe(200);
  });

  it("that two tills want at once goes to exactly one, and to that one again when its answer was lost", async () => {
    for (let round = 0; round < 5; round++) {
      const { id } = await ticketAt(one);
      await park(one, id);
      const [first, second] = await Promise.all([resume(two, id), resume(one, id)]);
      const winners = [first, second].filter(({ status }) => status === 200);
      // The till that parked it still holds it until another has it: it may come second and find it given away, never both.
      expect(winners).toHaveLength(1);
      const winner = first.status === 200 ? two : one;
      expect((await resume(winner, id)).status).toBe(200);
      expect((await resume(winner === two ? one : two, id)).status).toBe(409);
      await hub.ask(winner, "DELETE", `/v1/carts/${id}`);
    }
  });

  it("that was given up or paid meanwhile is not offered any more", async () => {
    const { id } = await ticketAt(one);
    await park(one, id);
    await hub.ask(one, "DELETE", `/v1/carts/${id}`);
    expect(await waiting(two)).toEqual([]);
    expect((await resume(two, id)).body.code).toBe("cart.closed");
  });
});

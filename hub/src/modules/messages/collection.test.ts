import { asId, newId, ok, type FulfillmentId } from "@weft/kernel";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openLevelHub, type Headers, type LevelHub } from "../../../test/level-hub.ts";
import { createLog, inTransaction, SYSTEM } from "../../platform/index.ts";
import { mustRead, tellDelayed, tellEnding } from "../fulfillment/index.ts";

/** In the four languages: what Léa is told of her order, by what is said in its subject. */
const SUBJECTS: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
  en: {
    preparing: /being prepared/,
    ready: /is ready/,
    not_ready: /not ready yet/,
    waiting: /still waiting/,
    not_collected: /not collected/,
  },
  fr: {
    preparing: /en préparation/,
    ready: /est prête/,
    not_ready: /pas encore prête/,
    waiting: /attend encore/,
    not_collected: /pas été retirée/,
  },
  de: {
    preparing: /wird zubereitet/,
    ready: /steht bereit/,
    not_ready: /noch nicht bereit/,
    waiting: /wartet noch/,
    not_collected: /nicht abgeholt/,
  },
  ca: {
    preparing: /preparant/,
    ready: /està a punt/,
    not_ready: /encara no està/,
    waiting: /encara t’espera/,
    not_collected: /no s’ha recollit/,
  },
};

let hub: LevelHub;
let till: Headers;
let lyon: string;
beforeAll(async () => {
  hub = await openLevelHub();
  till = await hub.demo.enter("jordi");
  lyon = (await hub.ask(till, "GET", "/v1/session")).body.device.placeId;
  const told = await hub.ask(hub.owner, "PATCH", `/v1/places/${lyon}`, { settings: { tellInPreparation: 1 } });
  expect(told.status).toBe(200);
  hub.demo.hub.snapshots.invalidate();
}, 120_000);
afterAll(() => hub.demo.close());

type Sent = { readonly template: string; readonly subject: string; readonly text: string };

/** The messages about an order, the oldest first, once there are so many. */
async function sent(number: string, count: number): Promise<Sent[]> {
  const about = async (): Promise<Sent[]> => {
    const { body } = await hub.ask(hub.owner, "GET", "/v1/messages?limit=100&to=lea.fontaine@example.com");
    return body.items.filter(({ subject }: Sent) => subject.includes(number)).toReversed();
  };
  await expect.poll(async () => (await about()).length, { interval: 10 }).toBe(count);
  return about();
}

type Placed = { readonly id: string; readonly number: string; readonly fulfillmentId: string };

async function order(sku = "PAS-CRO"): Promise<Placed> {
  const fulfillment = { kind: "collect", placeId: lyon, dining: "take_away", dueAt: null };
  const { body } = await hub.ask(hub.lea, "POST", "/v1/carts", {
    operations: [
      { id: newId(), kind: "add", sku, quantity: 1, options: [] },
      { id: newId(), kind: "setFulfillment", fulfillment },
    ],
  });
  const placed = await hub.ask(hub.lea, "POST", `/v1/carts/${body.cart.id}/completion`, {
    fulfillment,
    tenders: [{ kind: "due_at_collection" }],
    expectedTotal: body.cart.totals.total,
  });
  expect([placed.status, placed.body.code]).toEqual([201, undefined]);
  return { id: placed.body.id, number: placed.body.number, fulfillmentId: placed.body.fulfillments[0].id };
}

const step = (id: string, what: string, method: "POST" | "DELETE" = "POST", body?: object) =>
  hub.ask(till, method, `/v1/fulfillments/${id}/${what}`, body);

async function remind(): Promise<number> {
  const { pool } = hub.demo;
  const around = { pool, snapshots: hub.demo.hub.snapshots, log: createLog("silent"), requestId: "test", actor: SYSTEM };
  const outcome = await inTransaction(around, async (ctx) => ok(await tellEnding(ctx)));
  return outcome.kind === "done" && outcome.result.ok ? outcome.result.value : -1;
}

const LATE: Readonly<Record<string, RegExp>> = { en: /will be late/, fr: /aura du retard/, de: /verspätet sich/, ca: /arribarà tard/ };

it("[PRM-17] an order for which no slot has room: its customer hears in their language that it will be late, once, and its page says so", async () => {
  const { pool } = hub.demo;
  const around = { pool, snapshots: hub.demo.hub.snapshots, log: createLog("silent"), requestId: "test", actor: SYSTEM };
  for (const [language, subject] of Object.entries(LATE)) {
    await hub.ask(hub.lea, "PUT", "/v1/customers/me/preferences", { language });
    const { id, number, fulfillmentId } = await order();
    const late = () =>
      inTransaction(around, async (ctx) => ok(await tellDelayed(ctx, await mustRead(ctx, asId<FulfillmentId>(fulfillmentId)))));
    await late();
    await late();
    expect((await sent(number, 2))[1]).toMatchObject({ template: "order_delayed", subject: expect.stringMatching(subject) });
    const shown = await hub.ask(hub.lea, "GET", `/v1/orders/${id}`);
    expect(shown.body.fulfillments).toMatchObject([{ delayed: true }]);
  }
});

describe("[MSG-13] what somebody hears of an order that they collect, in their language", () => {
  it.each(["en", "fr", "de", "ca"])(
    "%s: confirmed with points, begun, ready, taken back, ready again, reminded, not collected",
    async (language) => {
      const said = SUBJECTS[language] ?? {};
      await hub.ask(hub.lea, "PUT", "/v1/customers/me/preferences", { language });
      const { number, fulfillmentId } = await order();
      const balance = (await hub.ask(hub.lea, "GET", "/v1/customers/me/loyalty")).body.balance;
      const [confirmed] = await sent(number, 1);
      expect(confirmed?.text).toContain(new Intl.NumberFormat(language).format(balance));

      await step(fulfillmentId, "preparation");
      expect((await sent(number, 2))[1]).toMatchObject({
        template: "order_preparing",
        subject: expect.stringMatching(said["preparing"] ?? ""),
      });
      await step(fulfillmentId, "readiness");
      expect((await sent(number, 3))[2]).toMatchObject({ template: "order_ready", subject: expect.stringMatching(said["ready"] ?? "") });

      const back = await step(fulfillmentId, "readiness", "DELETE");
      expect([back.status, back.body.state, back.body.collectUntil]).toEqual([200, "in_preparation", null]);
      expect((await hub.ask(till, "DELETE", `/v1/fulfillments/${fulfillmentId}/readiness`)).status).toBe(200); // twice is no mistake
      expect((await sent(number, 4))[3]).toMatchObject({
        template: "order_not_ready",
        subject: expect.stringMatching(said["not_ready"] ?? ""),
      });
      expect((await step(fulfillmentId, "readiness-notices")).body.code).toBe("fulfillment.not_possible");

      await step(fulfillmentId, "readiness");
      expect((await sent(number, 5))[4]).toMatchObject({ template: "order_ready" });
      const notice = () => step(fulfillmentId, "readiness-notices");
      const [again, twice] = await Promise.all([notice(), notice()]);
      expect([again.status, again.body.kind, again.body.maskedTo]).toEqual([201, "email", "l•••@example.com"]);
      expect(twice.body.messageId).toBe(again.body.messageId);
      expect((await sent(number, 6))[5]).toMatchObject({ template: "order_ready" });

      expect(await remind()).toBe(0); // a day is left
      await hub.demo.pool.query("update fulfillment.step set at = at - interval '1 day' where fulfillment_id = $1", [fulfillmentId]);
      await hub.demo.pool.query("update fulfillment.fulfillment set collect_until = now() + interval '1 hour' where id = $1", [
        fulfillmentId,
      ]);
      expect([await remind(), await remind()]).toEqual([1, 0]);
      const [, , , , , , waiting] = await sent(number, 7);
      expect(waiting).toMatchObject({
        template: "order_waiting",
        subject: expect.stringMatching(said["waiting"] ?? ""),
        text: expect.stringMatching(/\d{6}/),
      });

      await hub.demo.pool.query("update fulfillment.fulfillment set collect_until = now() - interval '1 minute' where id = $1", [
        fulfillmentId,
      ]);
      expect((await step(fulfillmentId, "no-show", "POST", { reason: "not collected in time" })).status).toBe(200);
      const all = await sent(number, 8);
      expect(all[7]).toMatchObject({ template: "order_not_collected", subject: expect.stringMatching(said["not_collected"] ?? "") });
    },
  );

  it("a till of another store may not tell them", async () => {
    const { fulfillmentId } = await order();
    await hub.demo.pool.query(
      "update fulfillment.fulfillment set place_id = (select id from places.place where id <> $2 limit 1) where id = $1",
      [fulfillmentId, lyon],
    );
    expect((await step(fulfillmentId, "readiness-notices")).body.code).toBe("fulfillment.other_place");
  });
});

describe("[MSG-25] [FUL-71] whose order holds what is sold out since", () => {
  it("is told once what and where, with the way to the page of the order, as long as nobody has begun; goods that were put aside are there", async () => {
    await hub.ask(hub.lea, "PUT", "/v1/customers/me/preferences", { language: "en" });
    const [waiting, begun, shelf] = [await order("COF-DBL"), await order("COF-DBL"), await order("PAS-CRO")];
    await step(begun.fulfillmentId, "preparation");
    const variantOf = async (sku: string): Promise<string> =>
      (await hub.demo.pool.query<{ id: string }>("select id from catalog.variant where sku = $1", [sku])).rows[0]?.id ?? "";
    const mark = async (sku: string, soldOut: boolean) =>
      hub.ask(till, "PUT", `/v1/places/${lyon}/variants/${await variantOf(sku)}/sold-out`, { soldOut });
    for (const soldOut of [true, false, true]) expect((await mark("COF-DBL", soldOut)).status).toBe(200);
    expect((await mark("PAS-CRO", true)).status).toBe(200);
    const [, told] = await sent(waiting.number, 2);
    expect(told).toMatchObject({
      template: "order_sold_out",
      text: expect.stringMatching(/Double espresso is sold out at .*shop\/orders\//s),
    });
    const last = await order("COF-ESP");
    await sent(last.number, 1); // whatever was said before it has been written
    const templates = async ({ number }: Placed, count: number) => (await sent(number, count)).map(({ template }) => template);
    expect(await templates(waiting, 2)).toEqual(["order_placed", "order_sold_out"]);
    expect(await templates(begun, 2)).toEqual(["order_placed", "order_preparing"]);
    expect(await templates(shelf, 1)).toEqual(["order_placed"]);
    for (const sku of ["COF-DBL", "PAS-CRO"]) await mark(sku, false);
  });
});

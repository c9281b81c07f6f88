import { asId, err, newId, ok, type RecordId, type StaffId } from "@weft/kernel";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LYON, MUG, PARIS, saleHub, TILLS, tillActor, WEB, type SaleHub } from "../../../test/sale-hub.ts";
import { contextOf, inTransaction, publish, SYSTEM, type Actor } from "../../platform/index.ts";
import { ActUncovered, ReturnLost } from "../till/events.ts";
import { decide } from "../consent/index.ts";
import { mergeCustomers, withdrawLink, writeRecord } from "../customers/index.ts";
import { actOn, compareCauses } from "./commands.ts";
import type { TaskId } from "./domain/index.ts";
import { tasksInvariants } from "./invariants.ts";
import { listTasks, type TaskFilter } from "./queries.ts";
import { tasksSubscribers } from "./subscribers.ts";

let hub: SaleHub;
beforeAll(async () => {
  hub = await saleHub();
}, 30_000);
afterAll(() => hub.close());

const ALL: TaskFilter = { state: "waiting", kind: null, team: null, placeId: null, reach: null, takenBy: null, after: null, limit: 50 };
const list = (more: Partial<TaskFilter> = {}) => listTasks(hub, { ...ALL, ...more });
const compare = () => hub.must(async (ctx) => ok(await compareCauses(ctx, null)));
const colleague = (): Actor => ({
  ...tillActor(),
  staff: { ...theStaff(), id: asId<StaffId>("01900000-0000-7000-8000-000000000002"), name: "Anna" },
});
const theStaff = () => tillActor().staff ?? unreachable();
function unreachable(): never {
  throw new Error("staff stand at a till");
}

/** Gives every fact that waits to the tasks' subscribers, as the log does. */
async function deliver(): Promise<void> {
  for (const event of await hub.published())
    for (const { reactions } of tasksSubscribers) {
      const handle = reactions.get(event.type);
      if (!handle) continue;
      await inTransaction({ ...hub.around, actor: SYSTEM }, async (ctx) =>
        ok(await handle(contextOf(ctx), { ...event, id: "", source: "/hub", time: new Date().toISOString(), position: 0 })),
      );
    }
}

async function makeConflict(): Promise<void> {
  await hub.stock(MUG, LYON, 1);
  const card = [{ kind: "card", token: "inline" }] as const;
  await hub.complete(await hub.cart([[MUG, 1]]), card);
  await hub.sell(await hub.cart([[MUG, 1]], { actor: tillActor() }), card, { mode: "recorded" });
}

describe("tasks come and go with their causes", () => {
  it("[TSK-1] [TSK-2] a stock conflict is one task of its store, and ends with it", async () => {
    await makeConflict();
    await deliver();
    await Promise.all([compare(), compare(), compare()]);
    const [task, ...others] = await list({ kind: "stock_conflict" });
    expect([task?.team, task?.placeId, task?.reference.missing, others]).toEqual(["store", LYON, 1, []]);
    expect(await list({ reach: [PARIS] })).toEqual([]);
    await hub.must((ctx) => actOn(ctx, task?.id ?? asId<TaskId>(""), "take", null), tillActor());
    await hub.rows("update stock.conflict set resolved_at = now() where resolved_at is null");
    await deliver();
    expect(await list({ kind: "stock_conflict" })).toEqual([]);
    expect(await list({ kind: "stock_conflict", state: "ended" })).toMatchObject([{ state: "gone", takenBy: null }]);
    expect(await hub.violations(tasksInvariants)).toEqual([]);
  });

  it("[TIL-51] goods that a till without the hub paid back a second time are a task of its store, with the loss, and stay so until somebody has looked", async () => {
    const fact = { registerId: newId(), placeId: LYON, orderId: newId(), returnId: newId(), amount: 1400, currency: "EUR" };
    await hub.must(async (ctx) => ok(await publish(ctx, ReturnLost, `register/${fact.registerId}`, fact)));
    await deliver();
    await deliver();
    const tasks = await list({ kind: "returned_twice" });
    expect(tasks).toMatchObject([{ team: "store", placeId: LYON, reference: { kind: "order", id: fact.orderId } }]);
    expect(JSON.stringify(tasks[0]?.reference)).toContain("1400");
    await hub.must((ctx) => actOn(ctx, tasks[0]?.id ?? asId<TaskId>(""), "finish", "looked into"), tillActor());
    await compare();
    expect(await list({ kind: "returned_twice" })).toEqual([]);
  });

  it("[TIL-57] what a till without the hub did and nobody covered is a task of its store, with what it was and how much", async () => {
    const fact = {
      registerId: newId(),
      placeId: LYON,
      orderId: newId(),
      commandId: newId(),
      what: "price" as const,
      amount: 700,
      currency: "EUR",
    };
    await hub.must(async (ctx) => ok(await publish(ctx, ActUncovered, `register/${fact.registerId}`, fact)));
    await deliver();
    const tasks = await list({ kind: "act_uncovered" });
    expect(tasks).toMatchObject([{ team: "store", placeId: LYON, reference: { kind: "order", id: fact.orderId, number: "price" } }]);
    await hub.must((ctx) => actOn(ctx, tasks[0]?.id ?? asId<TaskId>(""), "finish", "looked into"), tillActor());
    await compare();
    expect(await list({ kind: "act_uncovered" })).toEqual([]);
  });

  it("[TSK-2] a collection that nobody fetched is one after a day, by the clock, and is gone when it is handed over", async () => {
    await hub.stock(MUG, LYON, 5);
    await hub.complete(await hub.cart([[MUG, 1]]), [{ kind: "due_at_collection" }]);
    const [row] = await hub.rows<{ id: string }>("select id from fulfillment.fulfillment order by placed_at desc limit 1");
    await hub.rows("update fulfillment.fulfillment set state = 'ready', collect_until = now() - interval '1 hour' where id = $1", [
      row?.id,
    ]);
    await hub.rows(
      "insert into fulfillment.step (fulfillment_id, position, state, at) values ($1, 50, 'ready', now() - interval '25 hours')",
      [row?.id],
    );
    await compare();
    expect(await list({ kind: "collection_overdue" })).toMatchObject([{ placeId: LYON, reference: { kind: "order" } }]);
    await hub.rows("update fulfillment.fulfillment set state = 'collected', done_at = now() where id = $1", [row?.id]);
    await compare();
    expect(await list({ kind: "collection_overdue" })).toEqual([]);
  });

  it("[FUL-53] [TSK-2] goods that an order waits for and that are not there on their day are one, until they come", async () => {
    await hub.stock(MUG, LYON, 50);
    const done = await hub.complete(await hub.cart([[MUG, 1]]), [{ kind: "due_at_collection" }]);
    const id = done.kind === "placed" ? done.view.fulfillments[0]?.id : undefined;
    const awaits = (on: string) => hub.rows(`update fulfillment.fulfillment set awaits_on = ${on} where id = $1`, [id]);
    await awaits("current_date + 2");
    await compare();
    expect(await list({ kind: "goods_late" })).toEqual([]);
    await awaits("current_date - 2");
    await compare();
    expect(await list({ kind: "goods_late" })).toMatchObject([{ team: "store", placeId: LYON, reference: { kind: "order" } }]);
    await awaits("null");
    await compare();
    expect(await list({ kind: "goods_late" })).toEqual([]);
    expect(await hub.violations(tasksInvariants)).toEqual([]);
  });

  it("[PRM-17] [TSK-2] an order for which no slot has room is one, until it is moved or made", async () => {
    await hub.stock(MUG, LYON, 50);
    const done = await hub.complete(await hub.cart([[MUG, 1]]), [{ kind: "due_at_collection" }]);
    const id = done.kind === "placed" ? done.view.fulfillments[0]?.id : undefined;
    const delayed = (at: string) => hub.rows(`update fulfillment.fulfillment set delayed_at = ${at} where id = $1`, [id]);
    const set = (state: string) => hub.rows("update fulfillment.fulfillment set state = $2 where id = $1", [id, state]);
    await delayed("now()");
    await compare();
    expect(await list({ kind: "order_delayed" })).toMatchObject([{ team: "store", placeId: LYON, reference: { kind: "order" } }]);
    await delayed("null");
    await compare();
    expect(await list({ kind: "order_delayed" })).toEqual([]);
    await delayed("now()");
    await compare();
    expect(await list({ kind: "order_delayed" })).toHaveLength(1);
    await set("ready");
    await compare();
    expect(await list({ kind: "order_delayed" })).toEqual([]);
    expect(await hub.violations(tasksInvariants)).toEqual([]);
  });

  it("[TSK-1] what waits in quarantine is one task for its kind; finished it stays so while it waits, and comes back with the next", async () => {
    const put = () =>
      hub.rows(
        "insert into touchpoints.quarantine (id, at, kind, channel_id, reason, raw) values (uuidv7(), now(), 'intake', $1, 'bad', '{}')",
        [WEB],
      );
    await put();
    await put();
    await compare();
    const [task] = await list({ kind: "quarantine" });
    const operations = { ...tillActor(), staff: { ...theStaff(), placeIds: [] } };
    await hub.must((ctx) => actOn(ctx, task?.id ?? asId<TaskId>(""), "finish", "the sender knows"), operations);
    await put();
    await compare();
    expect(await list({ kind: "quarantine" })).toEqual([]);
    await hub.rows("update touchpoints.quarantine set state = 'discarded'");
    await compare();
    await put();
    await compare();
    expect(await list({ kind: "quarantine" })).toMatchObject([{ id: task?.id, state: "open", note: null }]);
    expect(await hub.violations(tasksInvariants)).toEqual([]);
  });

  it("[TSK-4] a merge of a yes with a no asks somebody, until the link is withdrawn or the customer decides", async () => {
    const [ada, bea] = [await agreed("ada", WEB, "granted"), await agreed("bea", TILLS, "withdrawn")];
    const merge = () => hub.must((ctx) => mergeCustomers(ctx, ada.customerId, bea.customerId, "one person"));
    const link = await merge();
    await deliver();
    expect(await list({ kind: "terms_contested" })).toMatchObject([
      { team: "service", reference: { kind: "customer", id: ada.customerId } },
    ]);
    await hub.must((ctx) => withdrawLink(ctx, link));
    await deliver();
    expect(await list({ kind: "terms_contested" })).toEqual([]);
  });
});

async function agreed(name: string, channelId: typeof WEB, state: "granted" | "withdrawn") {
  const input = { externalId: name, givenName: name };
  const written = await hub.must((ctx) => writeRecord(ctx, { channelId, input, verified: [], verifiedBy: "code", cause: "test" }));
  await say(written.recordId, state);
  return written;
}

const say = (recordId: RecordId, state: "granted" | "withdrawn") =>
  hub.must((ctx) =>
    decide(ctx, hub.vault, {
      recordId,
      choices: [{ purpose: "marketing", topic: "offers", channelKind: "email", state }],
      source: "web",
      wordingVersion: "test",
      language: "en",
      proof: null,
      isFromMailbox: true,
    }),
  );

describe("people and tasks", () => {
  it("[TSK-3] of two who take it at once one has it; nobody else gives it back; whoever did it finishes it, with a note", async () => {
    await makeConflict();
    await compare();
    const [task] = await list({ kind: "stock_conflict" });
    const id = task?.id ?? asId<TaskId>("");
    const taken = await Promise.all([tillActor(), colleague()].map((actor) => hub.run((ctx) => actOn(ctx, id, "take", null), actor)));
    expect(taken.filter((result) => result.ok)).toHaveLength(1);
    const [holder] = await list({ kind: "stock_conflict" });
    const [mine, theirs] = holder?.takenName === "Anna" ? [colleague(), tillActor()] : [tillActor(), colleague()];
    expect(await list({ takenBy: mine.staff?.id ?? null })).toHaveLength(1);
    expect(await hub.run((ctx) => actOn(ctx, id, "release", null), theirs)).toEqual(
      err({ code: "task.taken", by: holder?.takenName ?? null }),
    );
    expect(await hub.run((ctx) => actOn(ctx, id, "take", null), tillActor(PARIS))).toEqual(err({ code: "task.unknown" }));
    expect((await hub.must((ctx) => actOn(ctx, id, "finish", "one guest took tea instead"), theirs)).state).toBe("done");
    expect(await hub.run((ctx) => actOn(ctx, id, "take", null), mine)).toEqual(err({ code: "task.ended", state: "done" }));
    const steps = await hub.rows("select act, staff_name, note from tasks.step where task_id = $1 order by version", [id]);
    expect(steps).toHaveLength(3);
    expect(steps.at(-1)).toMatchObject({ act: "done", note: "one guest took tea instead" });
    expect(await hub.violations(tasksInvariants)).toEqual([]);
  });
});

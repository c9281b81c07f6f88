import { asId, err, newId, ok, type FulfillmentId, type StaffId } from "@weft/kernel";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { CROISSANT, LYON, MUG, PARIS, saleHub, tillActor, type SaleHub } from "../../../../test/sale-hub.ts";
import { testTill, type TestTill } from "../../../../test/till-hub.ts";
import { contextOf, inTransaction, publish, SYSTEM, type JobContext } from "../../../platform/index.ts";
import { EquipmentChanged, JournalDefectsChanged, ShiftClosed } from "../../till/events.ts";
import { actOn, compareCauses, handOver } from "../commands.ts";
import { defaultSetting, type KindSetting, type Run, type RunId, type Task } from "../domain/index.ts";
import { tasksInvariants } from "../invariants.ts";
import { listTasks, type TaskFilter } from "../queries.ts";
import { tasksSubscribers } from "../subscribers.ts";
import { escalate } from "./escalate.ts";
import { carryOut, dueRuns, listRuns, planRuns, stopRun } from "./runs.ts";
import { setKind } from "./settings.ts";

let hub: SaleHub;
beforeAll(async () => {
  hub = await saleHub();
  await hub.rows("update places.place set services = '{collect}' where id = any ($1::uuid[])", [[LYON, PARIS]]);
  hub.around.snapshots.invalidate();
}, 60_000);
afterAll(() => hub.close());
beforeEach(() => hub.rows("truncate tasks.task, tasks.noted, tasks.kind_setting cascade"));
afterEach(async () => expect(await hub.violations(tasksInvariants)).toEqual([]));

const CARD = [{ kind: "card", token: "inline" }] as const;
const ALL: TaskFilter = { state: "waiting", kind: null, team: null, placeId: null, reach: null, takenBy: null, after: null, limit: 50 };
const compare = () => hub.must(async (ctx) => ok(await compareCauses(ctx, null)));
const plan = () => hub.must(async (ctx) => ok(await planRuns(ctx)));
const runs = (state: "planned" | "ended") => listRuns(hub, { state, kind: null, placeId: null, reach: null, after: null, limit: 20 });
const boss = () => ({ ...tillActor(), device: null });
const say = (kind: KindSetting["kind"], more: Partial<KindSetting>) =>
  hub.run((ctx) => setKind(ctx, { ...defaultSetting(kind), ...more }), boss());
const acts = async ({ id }: Pick<Task, "id">) =>
  (await hub.rows<{ act: string }>("select act from tasks.step where task_id = $1 order by version", [id])).map(({ act }) => act);

async function only<T>(found: Promise<readonly T[]>): Promise<T> {
  const [first, ...others] = await found;
  if (first === undefined || others.length > 0) throw new Error(`one was expected, and ${others.length} more came`);
  return first;
}
const task = (kind: KindSetting["kind"]) => only(listTasks(hub, { ...ALL, kind }));

/** Two orders of the web wait for the only two units that nobody else waits for, and the till sells one of them. */
async function conflict(goods = CROISSANT): Promise<Task> {
  await hub.rows("update stock.conflict set resolved_at = now() where resolved_at is null");
  await hub.stock(goods, LYON, (await hub.level(goods)).allocated + 2);
  for (let n = 0; n < 2; n++) expect((await hub.complete(await hub.cart([[goods, 1]]), CARD)).kind).toBe("placed");
  expect((await hub.sell(await hub.cart([[goods, 1]], { actor: tillActor() }), CARD, { mode: "recorded" })).ok).toBe(true);
  await compare();
  return task("stock_conflict");
}

/** What was ordered to be paid at the counter, is ready, and was not fetched in its time. */
async function overdue(): Promise<Task> {
  await hub.stock(MUG, LYON, 5);
  const done = await hub.complete(await hub.cart([[MUG, 1]]), [{ kind: "due_at_collection" }]);
  const id = done.kind === "placed" ? done.view.fulfillments[0]?.id : undefined;
  await hub.rows("update fulfillment.fulfillment set state = 'ready', collect_until = now() - interval '1 hour' where id = $1", [id]);
  await hub.rows("insert into fulfillment.step (fulfillment_id, position, state, at) values ($1, 50, 'ready', now())", [id]);
  await compare();
  return only(
    listTasks(hub, { ...ALL, kind: "collection_overdue" }).then((all) => all.filter(({ causeKey }) => causeKey === `fulfillment/${id}`)),
  );
}

const desk: Pick<JobContext, "write"> = {
  async write(work) {
    const outcome = await inTransaction({ ...hub.around, actor: SYSTEM }, async (ctx) => ok(await work(ctx)));
    if (outcome.kind !== "done" || !outcome.result.ok) throw new Error("a transaction without a key is done or throws");
    return outcome.result.value;
  },
};
const run = (id: RunId) => carryOut(desk, { vault: hub.vault }, id);
const makeDue = () =>
  hub.rows("update tasks.run set planned_at = now() - interval '2 hours', runs_at = now() - interval '1 second' where state = 'planned'");

describe("a task that waits", () => {
  it("[TSK-6] passes to the team of its kind when it is late for longer than the kind allows, once, and whoever holds it keeps it", async () => {
    const { id } = await overdue();
    await hub.must((ctx) => actOn(ctx, id, "take", null), tillActor());
    const pass = () => hub.must(async (ctx) => ok(await escalate(ctx)));
    expect(await pass()).toBe(0);
    await say("collection_overdue", { escalateMinutes: 30, escalateTo: "service" });
    expect(await pass()).toBe(0);
    await hub.rows("update tasks.task set due_at = now() - interval '31 minutes'");
    expect([await pass(), await pass()]).toEqual([1, 0]);
    expect(await task("collection_overdue")).toMatchObject({ team: "service", state: "taken", escalatedAt: expect.any(Date) });
    expect(await acts({ id })).toEqual(["opened", "taken", "escalated"]);
  });

  it("[TSK-7] is handed to another team with a word by whoever has it, and is open there; a cause that comes back is its own team's again", async () => {
    const { id } = await conflict();
    const other = {
      ...tillActor(),
      staff: { ...(tillActor().staff ?? never()), id: asId<StaffId>("01900000-0000-7000-8000-000000000002"), name: "Anna" },
    };
    await hub.must((ctx) => actOn(ctx, id, "take", null), other);
    const hand = (actor = tillActor()) => hub.run((ctx) => handOver(ctx, id, "service", "the guest is on the phone"), actor);
    expect(await hand()).toEqual(err({ code: "task.taken", by: "Anna" }));
    expect(await hand(tillActor(PARIS))).toEqual(err({ code: "task.unknown" }));
    expect(await hand(other)).toMatchObject({ ok: true, value: { team: "service", state: "open", takenBy: null } });
    expect(await hand(other)).toMatchObject({ ok: true });
    const steps = await hub.rows("select act, team, note from tasks.step where task_id = $1 order by version desc limit 1", [id]);
    expect(steps).toEqual([{ act: "handed_over", team: "service", note: "the guest is on the phone" }]);
    await hub.rows("update stock.conflict set resolved_at = now() where resolved_at is null");
    await compare();
    expect(await hand(other)).toEqual(err({ code: "task.ended", state: "gone" }));
    await hub.rows("update stock.conflict set resolved_at = null where id = (select id from stock.conflict order by at desc limit 1)");
    await compare();
    expect(await task("stock_conflict")).toMatchObject({ id, team: "store", state: "open" });
  });
});

function never(): never {
  throw new Error("staff stand at a till");
}

describe("what is done by itself", () => {
  it("[TSK-8] is planned for kinds that are set so, once per opening, and never for those that only people can decide", async () => {
    await conflict();
    expect(await plan()).toBe(0);
    expect(await say("terms_contested", { handling: "do" })).toEqual(err({ code: "task.no_action" }));
    expect(await say("quarantine", { fromAmount: 100 })).toEqual(err({ code: "task.amount_for_cash_only" }));
    await say("stock_conflict", { handling: "do", waitMinutes: 45 });
    expect([await plan(), await plan()]).toEqual([1, 0]);
    const planned = await only(runs("planned"));
    expect(planned.runsAt.getTime() - planned.plannedAt.getTime()).toBe(45 * 60_000);
    expect((await task("stock_conflict")).run).toMatchObject({ id: planned.id, action: "move_orders" });
    expect(await dueRuns(hub, 10)).toEqual([]);
    await say("stock_conflict", { handling: "ask" });
    expect(await only(runs("ended"))).toMatchObject({ state: "stopped" });
    await say("stock_conflict", { handling: "do" });
    expect(await plan()).toBe(0);
  });

  it("[TSK-8] is stopped until its time by whoever works there; taken, handed over or finished, the task is theirs", async () => {
    await say("stock_conflict", { handling: "do" });
    const { id } = await conflict();
    await plan();
    const planned = await only(runs("planned"));
    expect(await hub.run((ctx) => stopRun(ctx, planned.id), tillActor(PARIS))).toEqual(err({ code: "task.run_unknown" }));
    for (let n = 0; n < 2; n++)
      expect(await hub.run((ctx) => stopRun(ctx, planned.id), tillActor())).toMatchObject({ ok: true, value: { state: "stopped" } });
    expect(await acts({ id })).toEqual(["opened", "planned", "stopped"]);
    await makeDue();
    await run(planned.id);
    expect(await only(runs("ended"))).toMatchObject({ state: "stopped", orders: [] });

    await say("collection_overdue", { handling: "do" });
    const late = await overdue();
    await plan();
    const ofLate = async () => (await runs("planned")).filter(({ taskId }) => taskId === late.id);
    const second = await only(ofLate());
    await hub.must((ctx) => actOn(ctx, late.id, "take", null), tillActor());
    expect(await ofLate()).toEqual([]);
    await run(second.id);
    expect(await hub.run((ctx) => stopRun(ctx, second.id), tillActor())).toEqual(err({ code: "task.run_over", state: "left" }));
    expect(await hub.rows("select state from fulfillment.fulfillment where id = $1", [fulfillmentOf(late)])).toEqual([{ state: "ready" }]);
  });

  it("[TSK-9] lets another place serve the weakest promise of a conflict, once, however often it is tried at once, and says for whom", async () => {
    await hub.stock(CROISSANT, PARIS, 5);
    await say("stock_conflict", { handling: "do" });
    const { id } = await conflict();
    await plan();
    await makeDue();
    const [due = never()] = await dueRuns(hub, 10);
    await Promise.all([run(due), run(due), run(due)]);
    const done = await only(runs("ended"));
    expect(done).toMatchObject({ state: "done", because: null, orders: [{ placeId: PARIS }] } satisfies Partial<
      Record<keyof Run, unknown>
    >);
    expect((await hub.level(CROISSANT, PARIS)).allocated).toBe(1);
    await compare();
    expect(await acts({ id })).toEqual(["opened", "planned", "ran", "gone"]);
    expect(await hub.broken()).toEqual([]);
  });

  it("[TSK-9] what could not be done leaves everything as it was, and the task with people, with the reason", async () => {
    await hub.rows("update stock.level set on_hand = allocated where place_id = $1", [PARIS]);
    await say("stock_conflict", { handling: "do" });
    const { id } = await conflict();
    await plan();
    await makeDue();
    for (const due of await dueRuns(hub, 10)) await run(due);
    expect(await only(runs("ended"))).toMatchObject({ state: "failed", because: "conflict.no_other_place", orders: [] });
    expect(await task("stock_conflict")).toMatchObject({ id, state: "open", run: null });
    expect(await acts({ id })).toEqual(["opened", "planned", "failed"]);
    expect([await plan(), (await dueRuns(hub, 10)).length]).toEqual([0, 0]);
  });

  it("[TSK-9] ends a collection that nobody fetched as the counter does", async () => {
    await say("collection_overdue", { handling: "do" });
    const late = await overdue();
    await plan();
    await makeDue();
    for (const due of await dueRuns(hub, 10)) await run(due);
    const done = (await runs("ended")).find(({ taskId }) => taskId === late.id);
    expect(done).toMatchObject({ state: "done", orders: [{ id: late.reference.id, number: late.reference.number, placeId: null }] });
    expect(await hub.rows("select state from fulfillment.fulfillment where id = $1", [fulfillmentOf(late)])).toEqual([
      { state: "not_collected" },
    ]);
    expect(await hub.broken()).toEqual([]);
  });
});

const fulfillmentOf = ({ causeKey }: Task): FulfillmentId => asId(causeKey.replace("fulfillment/", ""));

/** A shift that was opened with a hundred is closed with so much, and the tasks hear of it. */
async function counted(till: TestTill, cents: number): Promise<void> {
  await hub.published();
  const shiftId = await till.open();
  expect((await till.act("shift.close", { shiftId, count: { lines: [{ denomination: 1, count: cents }] } })).outcome).toBe("done");
  await hear(ShiftClosed.type);
}

/** Tells the tasks what was published of a type. */
async function hear(type: string): Promise<void> {
  for (const event of await hub.published())
    for (const { reactions } of tasksSubscribers) {
      const handle = reactions.get(event.type);
      if (event.type !== type || !handle) continue;
      await inTransaction({ ...hub.around, actor: SYSTEM }, async (ctx) =>
        ok(await handle(contextOf(ctx), { ...event, id: "", source: "/hub", time: new Date().toISOString(), position: 0 })),
      );
    }
}

it("[TSK-10] a drawer that was counted wrong is a task of its store from the amount on that the chain says; small ones and training tills are none", async () => {
  const till = await testTill(hub);
  await counted(till, 9700);
  expect(await listTasks(hub, { ...ALL, kind: "cash_difference" })).toEqual([]);
  await say("cash_difference", { fromAmount: 100 });
  await counted(await testTill(hub, undefined, true), 9700);
  expect(await listTasks(hub, { ...ALL, kind: "cash_difference" })).toEqual([]);
  await counted(till, 9700);
  expect(await task("cash_difference")).toMatchObject({
    team: "store",
    placeId: LYON,
    reference: { kind: "shift", amount: -300, currency: "EUR" },
  });
});

it("[JRN-10] refused journal entries of a register are one task of operations until its journal goes on", async () => {
  const registerId = newId();
  const told = async (open: number) => {
    await hub.must(async (ctx) =>
      ok(await publish(ctx, JournalDefectsChanged, `register/${registerId}`, { registerId, placeId: LYON, open })),
    );
    await hear(JournalDefectsChanged.type);
  };
  const tasks = () => listTasks(hub, { ...ALL, kind: "journal_defect" });
  await told(1);
  await told(3);
  expect(await tasks()).toMatchObject([{ team: "operations", placeId: LYON, reference: { id: registerId }, state: "open" }]);
  await told(0);
  expect(await tasks()).toEqual([]);
});

it("[TSK-11] a device that has not worked for ten minutes is a task of its store, and none any more when it works or is gone", async () => {
  const till = await testTill(hub);
  const registerId = till.actor.device?.registerId;
  if (!registerId) throw new Error("a till has a register");
  const tell = async (equipment: { kind: string; problem: string | null }[], gone: string[] = []): Promise<void> => {
    await hub.published();
    await hub.must(async (ctx) => {
      await publish(ctx, EquipmentChanged, `register/${registerId}`, { registerId, placeId: LYON, equipment, gone });
      return ok(null);
    });
    await hear(EquipmentChanged.type);
  };
  const open = () => listTasks(hub, { ...ALL, kind: "device_trouble" });
  await tell([{ kind: "printer", problem: "paper_out" }]);
  expect(await open()).toEqual([]);
  await hub.rows("update tasks.noted set at = at - interval '11 minutes' where kind = 'device_trouble'");
  await tell([
    { kind: "printer", problem: "paper_out" },
    { kind: "scale", problem: null },
  ]);
  expect(await open()).toMatchObject([{ team: "store", placeId: LYON, reference: { id: registerId, number: "printer" } }]);
  await tell([{ kind: "scale", problem: null }], ["printer"]);
  expect(await open()).toEqual([]);
});

import { newId, type RegisterId, type ShiftId } from "@weft/kernel";
import type { ShiftView, TillCommandAnswerView } from "@weft/contracts";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { LYON, MUG, saleHub, type SaleHub } from "../../../test/sale-hub.ts";
import { testTill, type TestTill } from "../../../test/till-hub.ts";
import { changeRegister, renameDrawer } from "./commands/drawers.ts";
import { tillInvariants } from "./invariants.ts";
import { drawerOfTill, listDrawers, type DrawerId } from "./queries/drawers.ts";
import { readRegister } from "./queries/registers.ts";
import { readShift } from "./queries/shifts.ts";

let hub: SaleHub;
let first: TestTill;
let second: TestTill;
beforeAll(async () => {
  hub = await saleHub();
}, 30_000);
afterAll(() => hub.close());
beforeEach(async () => {
  await hub.stock(MUG, LYON, 100);
  first = await testTill(hub);
  second = await testTill(hub);
  await share(second, first);
});

const idOf = (till: TestTill): RegisterId => till.actor.device?.registerId ?? unreachable();
function unreachable(): never {
  throw new Error("a till has a register");
}

const drawerOf = (till: TestTill): DrawerId => idOf(till) as string as DrawerId; // a register's own drawer bears its id
const share = (till: TestTill, of: TestTill) => hub.must((ctx) => changeRegister(ctx, idOf(till), { drawerId: drawerOf(of) }));
const broken = () => hub.violations(tillInvariants);

/** Minutes after the store opened, by the tills' clocks. */
const at = (minute: number) => ({ at: new Date(Date.UTC(2026, 2, 2, 8, minute)).toISOString() });
const coins = (amount: number) => ({ lines: [{ denomination: 1, count: amount }] });

async function open(till: TestTill, minute: number, float: number | null): Promise<ShiftId> {
  const shiftId = newId<ShiftId>();
  const body = float === null ? { float: { lines: [] }, joins: true } : { float: coins(float) };
  expect(await till.act("shift.open", { shiftId, ...body }, at(minute))).toMatchObject({ outcome: "done" });
  return shiftId;
}

const putIn = (till: TestTill, shiftId: ShiftId, minute: number, amount: number) =>
  till.act("cash.move", { shiftId, direction: "in", amount, reason: "change" }, at(minute));
const close = (till: TestTill, shiftId: ShiftId, minute: number, count: number | null): Promise<TillCommandAnswerView> =>
  till.act("shift.close", { shiftId, ...(count !== null && { count: coins(count) }) }, at(minute));

async function told(...shifts: readonly ShiftId[]): Promise<(number | null)[]> {
  const views: (ShiftView | undefined)[] = await Promise.all(shifts.map(async (id) => (await readShift(hub, id))?.view));
  return views.map((view) => view?.difference?.amount ?? null);
}

it("[TIL-60] two registers of one drawer are one shift of it: counted once at its beginning, and once when the last one leaves", async () => {
  const one = await open(first, 0, 10_000);
  const two = await open(second, 5, null);
  await putIn(first, one, 10, 500);
  await putIn(second, two, 12, 250);
  const left = await close(first, one, 20, null);
  expect(left.shift).toMatchObject({ closedAt: expect.any(String), countedCash: null, expectedCash: null, difference: null });
  expect(left.shift?.drawer.registers.map(({ closedAt }) => closedAt !== null)).toEqual([true, false]);
  const last = await close(second, two, 30, 10_740);
  expect(last.shift).toMatchObject({ float: { amount: 10_000 }, expectedCash: { amount: 10_750 }, difference: { amount: -10 } });
  expect(await told(one, two)).toEqual([null, -10]);
  expect(await broken()).toEqual([]);
});

it("[TIL-60] each register keeps its journal: what it did, and nothing of the other's", async () => {
  const one = await open(first, 0, 10_000);
  const two = await open(second, 5, null);
  await putIn(second, two, 6, 300);
  await close(second, two, 7, null);
  await close(first, one, 8, 10_300);
  const kinds = async (till: TestTill) =>
    (await hub.rows<{ kind: string }>("select kind from till.fiscal_entry where register_id = $1 order by seq", [idOf(till)])).map(
      ({ kind }) => kind,
    );
  expect(await kinds(first)).toEqual(["shift.open", "shift.close"]);
  expect(await kinds(second)).toEqual(["shift.open", "cash.move", "shift.close"]);
});

it("[TIL-61] what a till did on the drawer without a network is counted in when it comes, whoever began first and whoever counted", async () => {
  const one = await open(first, 10, 12_000);
  await putIn(first, one, 20, 500);
  expect((await close(first, one, 60, 12_500)).shift).toMatchObject({ difference: { amount: 0 } });
  // It had begun before, with a count of its own, and left before the other one counted.
  const two = await open(second, 5, 10_000);
  expect(await told(one)).toEqual([null]);
  await putIn(second, two, 8, 2_000);
  await putIn(second, two, 30, 100);
  const late = await close(second, two, 40, 12_600);
  expect(late.shift).toMatchObject({ countedCash: { amount: 12_600 }, difference: null });
  expect(await told(one, two)).toEqual([-100, null]);
  const published = await hub.rows<{ data: unknown }>("select data from platform.outbox where type = 'till.shift_closed.v1' order by id");
  expect(published.slice(-2).map(({ data }) => data)).toMatchObject([
    { shiftId: two, difference: null },
    { shiftId: one, difference: -100, again: true },
  ]);
  expect(await broken()).toEqual([]);
});

it("[TIL-61] what comes a day later is a shift of its own day, and leaves today's count alone", async () => {
  const today = await open(first, 24 * 60, 10_000);
  const before = await open(second, 0, 5_000);
  await putIn(second, before, 10, 700);
  expect((await close(second, before, 20, 5_700)).shift).toMatchObject({ difference: { amount: 0 } });
  expect((await close(first, today, 25 * 60, 10_000)).shift).toMatchObject({ difference: { amount: 0 } });
  expect(await broken()).toEqual([]);
});

it("[TIL-62] two registers that close the same drawer at once, each with its count: the later count is told, against what both did", async () => {
  const one = await open(first, 0, 10_000);
  const two = await open(second, 5, null);
  await putIn(second, two, 6, 400);
  const answers = await Promise.all([close(first, one, 50, 10_400), close(second, two, 51, 10_390)]);
  expect(answers.map(({ outcome }) => outcome)).toEqual(["done", "done"]);
  expect(await told(one, two)).toEqual([null, -10]);
  expect(await broken()).toEqual([]);
});

it("[TIL-60] two registers that begin on one drawer at once have one shift of it", async () => {
  await Promise.all([open(first, 0, 10_000), open(second, 1, 10_000)]);
  expect(await hub.rows("select from till.drawer_shift where drawer_id = $1", [idOf(first)])).toHaveLength(1);
  expect(await broken()).toEqual([]);
});

it("[TIL-63] a drawer that both left at once without a count is counted by whoever begins on it next", async () => {
  const one = await open(first, 0, 10_000);
  const two = await open(second, 5, null);
  await Promise.all([close(first, one, 50, null), close(second, two, 51, null)]);
  expect(await told(one, two)).toEqual([null, null]);
  const next = await open(first, 60, 9_950);
  expect(await told(one, two)).toEqual([null, -50]);
  expect((await close(first, next, 70, 9_950)).shift).toMatchObject({ float: { amount: 9_950 }, difference: { amount: 0 } });
  expect(await broken()).toEqual([]);
});

it("[TIL-60] a register has a drawer of its own until it is set to share one of its place, from its next shift on", async () => {
  const alone = await testTill(hub);
  const shift = await open(alone, 0, 100);
  await share(alone, first);
  expect((await readShift(hub, shift))?.drawerId).toBe(drawerOf(alone));
  const register = await readRegister(hub, idOf(first));
  if (!register) throw new Error("the register was added");
  // Still at work on the one that it was set to leave.
  expect((await drawerOfTill(hub, register)).others.map(({ registerName }) => registerName)).toEqual([`Till ${idOf(second)}`]);
  await close(alone, shift, 10, 100);
  expect((await drawerOfTill(hub, register)).others).toHaveLength(2);
  await hub.must((ctx) => renameDrawer(ctx, drawerOf(first), "Counter"));
  const { around } = hub;
  const listed = await listDrawers({ db: hub.db, snapshots: around.snapshots }, [LYON]);
  expect(listed.find(({ id }) => id === idOf(first))).toMatchObject({ name: "Counter", registers: [{}, {}, {}] });
});

it("[TIL-60] refuses a drawer that is not there, and one of training for a register that sells", async () => {
  const practice = await testTill(hub, newId<RegisterId>(), true);
  for (const drawerId of [drawerOf(practice), newId<DrawerId>()])
    expect(await hub.run((ctx) => changeRegister(ctx, idOf(first), { drawerId }))).toMatchObject({
      error: { code: "till.drawer_unknown" },
    });
});

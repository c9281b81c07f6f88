import { newId, type RegisterId } from "@weft/kernel";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { LYON, saleHub, type SaleHub } from "../../../test/sale-hub.ts";
import { testTill, type TestTill } from "../../../test/till-hub.ts";
import { reportEquipment } from "./commands/equipment.ts";
import type { Equipment } from "./domain/index.ts";
import { verifyJournal } from "./journal.ts";
import { listEquipment } from "./queries/equipment.ts";

let hub: SaleHub;
let till: TestTill;
beforeAll(async () => {
  hub = await saleHub();
}, 30_000);
afterAll(() => hub.close());
beforeEach(async () => {
  till = await testTill(hub);
});

const PRINTER: Equipment = { kind: "printer", name: "Counter", way: "bridge", problem: null };
const BRIDGE: Equipment = { kind: "bridge", name: "Back room", way: "network", problem: null };
const DISPLAY: Equipment = { kind: "display", name: "display", way: "window", problem: null };

const registerId = (): RegisterId => till.actor.device?.registerId ?? unreachable();
function unreachable(): never {
  throw new Error("a till has a register");
}
const report = (...items: readonly Equipment[]) => hub.must((ctx) => reportEquipment(ctx, registerId(), items));
const listed = async () => (await listEquipment(hub, [LYON])).filter((one) => one.registerId === registerId());
const logged = () =>
  hub.rows<{ kind: string; document: object }>(
    "select kind, body -> 'document' as document from till.fiscal_entry where register_id = $1 and kind like 'device.%' order by seq",
    [registerId()],
  );

it("[TIL-65] what hangs at a till is told with since when it works or does not; the report itself changes nothing", async () => {
  expect(await report(PRINTER, BRIDGE)).toBe(true);
  expect(await report(PRINTER, BRIDGE)).toBe(false);
  const [before] = (await listed()).filter(({ kind }) => kind === "printer");
  expect(await report({ ...PRINTER, problem: "paper_out" }, BRIDGE)).toBe(true);
  expect(await listed()).toMatchObject([
    { kind: "printer", problem: "paper_out" },
    { kind: "bridge", problem: null },
  ]);
  const [out] = await listed();
  expect(out?.since).not.toBe(before?.since);
  await report({ ...PRINTER, problem: "paper_out" }, BRIDGE);
  expect((await listed())[0]?.since).toBe(out?.since);
});

it("[TIL-65] a device that is new, gone or another one is in the log of its register, and trouble with it is not", async () => {
  await report(PRINTER, DISPLAY);
  await report({ ...PRINTER, problem: "cover_open" });
  await report({ ...PRINTER, name: "Bar" });
  await report();
  expect((await logged()).map(({ kind, document }) => [kind, document])).toEqual([
    ["device.added", { what: "printer", way: "bridge", name: "Counter" }],
    ["device.removed", { what: "printer", way: "bridge", name: "Counter" }],
    ["device.added", { what: "printer", way: "bridge", name: "Bar" }],
    ["device.removed", { what: "printer", way: "bridge", name: "Bar" }],
  ]);
  expect(await listed()).toEqual([]);
  expect(await verifyJournal(hub, registerId())).toEqual([]);
});

it("[TIL-65] two reports of one till at once leave one row per device and one entry in the log", async () => {
  await Promise.all([report(PRINTER, BRIDGE), report(PRINTER, BRIDGE), report(BRIDGE, PRINTER)]);
  expect(await listed()).toHaveLength(2);
  expect(await logged()).toHaveLength(2);
});

it("[TIL-65] knows only registers that are in use", async () => {
  expect(await hub.run((ctx) => reportEquipment(ctx, newId<RegisterId>(), [PRINTER]))).toMatchObject({
    error: { code: "till.register_unknown" },
  });
});

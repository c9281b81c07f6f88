import { newId, ok, type RegisterId } from "@weft/kernel";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { LYON, saleHub, type SaleHub } from "../../../test/sale-hub.ts";
import { signedRegister } from "../../../test/signed-register.ts";
import { actAt, SigningRegister } from "../../../test/signing-register.ts";
import { testTill, type TestTill } from "../../../test/till-hub.ts";
import { contextOf, inTransaction, SYSTEM } from "../../platform/index.ts";
import { DeviceEnrolled, DeviceRemoved } from "../access/events.ts";
import { reportEquipment } from "./commands/equipment.ts";
import { askTestPrint, endTestPrint, type TestPrintId } from "./commands/test-prints.ts";
import type { Equipment } from "./domain/index.ts";
import { appendForHub, type Document } from "./fiscal/index.ts";
import { verifyJournal } from "./journal.ts";
import { unsignedOf } from "./journal/unsigned.ts";
import { listEquipment } from "./queries/equipment.ts";
import { tillSubscribers } from "./subscribers.ts";

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

/** Of facts that are told: before anything of the test was written. */
const BEFORE = new Date(Date.now() - 60_000).toISOString();

const registerId = (): RegisterId => till.actor.device?.registerId ?? unreachable();
function unreachable(): never {
  throw new Error("a till has a register");
}
const report = (...items: readonly Equipment[]) => hub.must((ctx) => reportEquipment(ctx, registerId(), items));
const listed = async () => (await listEquipment({ db: hub.db, now: new Date() }, [LYON])).filter((one) => one.registerId === registerId());
const logged = () =>
  hub.rows<{ kind: string; document: object }>(
    "select kind, body -> 'document' as document from till.fiscal_entry where register_id = $1 and kind like 'device.%' order by seq",
    [registerId()],
  );

it("[TIL-65] what hangs at a till is told with since when it works or does not; the report itself changes nothing", async () => {
  expect(await report(PRINTER, BRIDGE)).toBe(true);
  expect(await report(PRINTER, BRIDGE)).toBe(false);
  const before = (await listed()).find(({ kind }) => kind === "printer");
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

it("[TIL-65] a scanner that is pulled out is in trouble, and works again when it is back", async () => {
  const scanner: Equipment = { kind: "scanner", name: "Voyager", way: "usb", problem: null };
  await report(scanner);
  await report({ ...scanner, problem: "unplugged" });
  expect(await listed()).toMatchObject([{ kind: "scanner", problem: "unplugged" }]);
  await report(scanner);
  expect(await listed()).toMatchObject([{ kind: "scanner", problem: null }]);
  expect((await logged()).map(({ document }) => document)).toEqual([{ what: "scanner", way: "usb", name: "Voyager" }]);
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

it("[TIL-65] a register that signs has it to sign, as the published event", async () => {
  const signed = await signedRegister(hub);
  await signed.event("2026-03-02T08:00:00Z", "opened");
  await hub.must((ctx) => reportEquipment(ctx, signed.id, [PRINTER]));
  const [left, ...others] = await unsignedOf(hub, signed.id);
  if (!left) throw new Error("the register has something to sign");
  expect(others).toEqual([]);
  const register = await SigningRegister.open(new Date("2026-03-02T09:00:00Z"));
  const [entry] = await register.write(
    (book, signer) => appendForHub(book, { ...left, document: left.document as Document }, actAt(new Date("2026-03-02T09:01:00Z")), signer), // plain JSON of the database
  );
  expect(entry).toMatchObject({ chain: "L", body: { document: { code: 126, message: "device added", detail: { what: "printer" } } } });
});

it("[TIL-65] a browser that becomes the till of a register, or is none any more, is in its log once, however often it is told", async () => {
  const deviceId = newId();
  const tell = async (type: string): Promise<void> => {
    for (const { reactions } of tillSubscribers)
      await inTransaction({ ...hub.around, actor: SYSTEM }, async (ctx) => {
        const data = { deviceId, kind: "till", placeId: LYON, registerId: registerId() };
        const event = { type, data, subject: `device/${deviceId}`, id: "", source: "/hub", time: BEFORE, position: 0 };
        await reactions.get(type)?.(contextOf(ctx), event);
        return ok(null);
      });
  };
  for (const type of [DeviceEnrolled.type, DeviceEnrolled.type, DeviceRemoved.type, DeviceRemoved.type]) await tell(type);
  expect((await logged()).map(({ kind, document }) => [kind, document])).toEqual([
    ["device.added", { what: "till", deviceId }],
    ["device.removed", { what: "till", deviceId }],
  ]);
});

it("[TIL-80] the office has a till print a page: asked once at a time, ended once by its till, and not asked after ten minutes", async () => {
  const ask = () => hub.run((ctx) => askTestPrint(ctx, registerId()));
  const test = async () => (await listed()).find(({ kind }) => kind === "printer")?.test;
  const end = async (id: string, problem: Equipment["problem"]) =>
    hub.must(async (ctx) => ok(await endTestPrint(ctx, registerId(), id as TestPrintId, problem))); // an id that the till was told
  expect(await ask()).toMatchObject({ error: { code: "till.no_printer" } });
  await report(PRINTER);
  await hub.published();
  await Promise.all([ask(), ask(), ask()]);
  const asked = await test();
  expect(asked).toMatchObject({ state: "asked", endedAt: null });
  expect((await hub.published()).filter(({ type }) => type === "till.test_print_asked.v1")).toHaveLength(1);
  await end(newId(), null);
  expect(await test()).toEqual(asked);
  await end(asked?.id ?? "", "paper_out");
  await end(asked?.id ?? "", null);
  expect(await test()).toMatchObject({ state: "failed", problem: "paper_out" });
  await ask();
  expect(await test()).toMatchObject({ state: "asked", problem: null });
  await report(PRINTER);
  await end((await test())?.id ?? "", null);
  expect(await test()).toMatchObject({ state: "printed" });
  await ask();
  await hub.rows("update till.equipment set test_asked_at = test_asked_at - interval '11 minutes' where register_id = $1", [registerId()]);
  expect(await test()).toMatchObject({ state: "unanswered" });
  await ask();
  expect(await test()).toMatchObject({ state: "asked" });
  // Another printer was not tried.
  await report({ ...PRINTER, name: "Bar" });
  expect(await test()).toBeNull();
});

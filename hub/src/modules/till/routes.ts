import type { ReceiptView, RegisterView } from "@weft/contracts";
import { asId, err, ok, type OrderId, type PlaceId, type RegisterId } from "@weft/kernel";
import { z } from "zod";
import { channelAt } from "../channels/index.ts";
import { CHECKOUT_PROBLEMS } from "../checkout/index.ts";
import { FULFILLMENT_PROBLEMS } from "../fulfillment/index.ts";
import { ORDER_PROBLEMS } from "../orders/index.ts";
import { RETURN_PROBLEMS } from "../returns/index.ts";
import {
  pageFrom,
  raw,
  read,
  readCursor,
  write,
  type Actor,
  type Input,
  type ReadCtx,
  type Route,
  type ShownTouch,
} from "../../platform/index.ts";
import type { TillDeps } from "./commands/context.ts";
import { approvePrices } from "./commands/approve-prices.ts";
import { changeRegister, renameDrawer } from "./commands/drawers.ts";
import { reportEquipment } from "./commands/equipment.ts";
import { createRegister } from "./commands/registers.ts";
import { takeShown } from "./commands/take-shown.ts";
import { takeCommands } from "./commands/take-commands.ts";
import { TILL_PROBLEMS, type TillError } from "./errors.ts";
import { registerJournalRoutes } from "./journal/routes.ts";
import { parkedRoutes } from "./parked-routes.ts";
import { tablesRoutes } from "./tables/routes.ts";
import { drawerOfTill, listDrawers, type DrawerId } from "./queries/drawers.ts";
import { listEquipment } from "./queries/equipment.ts";
import { testPrintRoutes } from "./test-print-routes.ts";
import { readPrices } from "./queries/prices.ts";
import { readReceipt } from "./queries/receipt.ts";
import { listRegisters, presentRegisters, readRegister, type KnownRegister } from "./queries/registers.ts";
import { listShifts, openShiftAt } from "./queries/shifts.ts";

const Cursor = z.tuple([z.iso.datetime(), z.uuid()]);

/** Everything that a command may be refused for. */
const COMMAND_PROBLEMS = { ...FULFILLMENT_PROBLEMS, ...CHECKOUT_PROBLEMS, ...RETURN_PROBLEMS, ...TILL_PROBLEMS };

export const tillRoutes = (deps: TillDeps & { readonly epoch: number }): readonly Route[] => [
  read(
    "till.registers",
    async (ctx, { query }) => ok({ items: await present(ctx, await listRegisters(ctx, scopeOf(ctx, query.placeId))) }),
    { problems: TILL_PROBLEMS },
  ),
  write(
    "till.createRegister",
    async (ctx, { body }) => {
      const created = await createRegister(ctx, { placeId: body.placeId as PlaceId, name: body.name, training: body.training }); // an id by the contract
      return created.ok ? presentOne(ctx, created.value) : created;
    },
    { problems: TILL_PROBLEMS },
  ),
  write(
    "till.changeRegister",
    async (ctx, { params, body: { name, drawerId } }) => {
      const change = { name, drawerId: drawerId as DrawerId | undefined }; // ids by the contract, here and below
      const changed = await changeRegister(ctx, params.id as RegisterId, change);
      return changed.ok ? presentOne(ctx, changed.value) : changed;
    },
    { problems: TILL_PROBLEMS },
  ),
  write(
    "till.reportEquipment",
    async (ctx, { body }) => {
      const registerId = ctx.actor.device?.registerId ?? null;
      if (registerId === null) return err<TillError>({ code: "till.not_a_till" });
      const reported = await reportEquipment(ctx, registerId, body.items);
      return reported.ok ? ok({ isChanged: reported.value }) : reported;
    },
    { problems: TILL_PROBLEMS },
  ),
  read("till.equipment", async (ctx, { query }) => ok({ items: await listEquipment(ctx, scopeOf(ctx, query.placeId)) }), {
    problems: TILL_PROBLEMS,
  }),
  ...testPrintRoutes,
  read("till.drawers", async (ctx, { query }) => ok({ items: await listDrawers(ctx, scopeOf(ctx, query.placeId)) }), {
    problems: TILL_PROBLEMS,
  }),
  write("till.renameDrawer", (ctx, { params, body }) => renameDrawer(ctx, asId<DrawerId>(params.id), body.name), {
    problems: TILL_PROBLEMS,
  }),
  write(
    "grants.create",
    async (ctx, { body }) => {
      const taken = await takeShown(ctx, body.shown);
      return taken.ok ? ok({ ...taken.value, expiresAt: taken.value.expiresAt.toISOString() }) : taken;
    },
    { problems: ORDER_PROBLEMS },
  ),
  read("till.state", (ctx, input) => readState(ctx, input, deps.epoch), { problems: TILL_PROBLEMS }),
  read("till.prices", (ctx, { query }) => readPrices(ctx, query.version), { problems: TILL_PROBLEMS }),
  raw("till.commands", async ({ around, input }) => {
    const { commands, waiting } = (input as unknown as Input<"till.commands">).body; // parsed by this operation's contract
    return { answers: await takeCommands(deps, COMMAND_PROBLEMS, around, commands, waiting) };
  }),
  write("till.approvePrices", (ctx, { body }) => approvePrices(ctx, deps.vault, body), { problems: TILL_PROBLEMS }),
  ...registerJournalRoutes,
  ...parkedRoutes,
  ...tablesRoutes,
  read("till.shifts", readShifts, { problems: TILL_PROBLEMS }),
  read(
    "till.receipt",
    (ctx, { params, query }) => readReceipt(ctx, deps.vault, params.id as OrderId, query.locale), // an id by the contract
    { problems: TILL_PROBLEMS, shown: (receipt, _input, actor) => shownPoints(receipt, actor) },
  ),
];

async function readState(ctx: ReadCtx, { query }: Input<"till.state">, epoch: number) {
  const register = await readRegister(ctx, query.registerId as RegisterId); // an id by the contract
  if (!register) return err<TillError>({ code: "till.register_unknown" });
  if (!isInScope(ctx, register.placeId)) return err<TillError>({ code: "till.other_place" });
  const shown = await presentOne(ctx, register);
  if (!shown.ok) return shown;
  const shift = await openShiftAt(ctx, register.id);
  const drawer = await drawerOfTill(ctx, register);
  return ok({ register: shown.value, shift: shift?.view ?? null, drawer, lastSeq: register.lastSeq, keyId: register.keyId, epoch });
}

async function readShifts(ctx: ReadCtx, { query }: Input<"till.shifts">) {
  const cursor = readCursor(Cursor, query.cursor);
  const rows = await listShifts(ctx, {
    placeIds: scopeOf(ctx, query.placeId),
    registerId: (query.registerId ?? null) as RegisterId | null, // an id by the contract
    before: cursor && { openedAt: new Date(cursor[0]), id: cursor[1] },
    limit: query.limit + 1,
  });
  return ok(
    pageFrom(
      rows,
      query.limit,
      ({ view }) => view,
      ({ view }) => [view.openedAt, view.id],
    ),
  );
}

/** The places that a caller may ask about, narrowed to the one asked for; null for all. */
function scopeOf(ctx: ReadCtx, placeId: string | undefined): readonly PlaceId[] | null {
  const { staff, device } = ctx.actor;
  const own = staff ? staff.placeIds : device ? [device.placeId] : [];
  const isEverywhere = staff ? staff.placeIds.length === 0 : device === null;
  if (placeId === undefined) return isEverywhere ? null : own;
  const asked = placeId as PlaceId; // an id by the contract
  return isEverywhere || own.includes(asked) ? [asked] : [];
}

function isInScope(ctx: ReadCtx, placeId: PlaceId): boolean {
  return (scopeOf(ctx, placeId) ?? []).includes(placeId);
}

function present(ctx: Pick<ReadCtx, "snapshots">, registers: readonly KnownRegister[]): Promise<RegisterView[]> {
  return presentRegisters(ctx, registers, (placeId) => channelAt(ctx.snapshots, placeId));
}

async function presentOne(ctx: Pick<ReadCtx, "snapshots">, register: KnownRegister) {
  const [shown] = await present(ctx, [register]);
  return shown ? ok(shown) : err<TillError>({ code: "till.register_unknown" });
}

/** The balance that a cashier reads out, and the customer on their receipt. What the customer's own screen shows is another read's. */
function shownPoints({ orderId, points }: ReceiptView, { staff, device, channelId }: Actor): ShownTouch | null {
  if (!points || !staff || channelId === null) return null;
  return {
    recordId: points.customerId, // a customer's id is that of one of the records
    channelId,
    placeId: device?.placeId ?? null,
    subject: `receipt/${orderId}`,
    version: points.balance,
    kind: "receipt.shown",
    shown: { balance: { points: points.balance, asOf: new Date().toISOString() } },
  };
}

import { err, ok, type CommandId, type RegisterId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx } from "../../../platform/index.ts";
import { equipmentChange, type Equipment } from "../domain/index.ts";
import type { TillError } from "../errors.ts";
import { EquipmentChanged } from "../events.ts";
import { writeLog } from "../journal.ts";
import { lockRegister, type KnownRegister } from "../queries/registers.ts";

/**
 * Keeps what a till says of the devices that hang at it [TIL-65]. One that is new or gone is in the log of its register (JET 126, 127). Answers with
 * whether anything but the time of the report changed. Errors: `till.register_unknown`. Publishes `till.equipment_changed.v1` when it did.
 */
export async function reportEquipment(
  ctx: Ctx,
  registerId: RegisterId,
  reported: readonly Equipment[],
): Promise<Result<boolean, TillError>> {
  const register = await lockRegister(ctx, registerId);
  if (!register) return err({ code: "till.register_unknown" });
  const { added, removed, turned } = equipmentChange(await equipmentOf(ctx, registerId), reported);
  for (const one of removed) {
    await sql`delete from till.equipment where register_id = ${registerId} and kind = ${one.kind} and name = ${one.name}`.execute(ctx.db);
    if (isDevice(one)) await noteDevice(ctx, register, "device.removed", { what: one.kind, way: one.way, name: one.name });
  }
  for (const { kind, name, way, problem } of reported)
    await sql`
      insert into till.equipment (register_id, kind, name, way, problem, since, reported_at)
      values (${registerId}, ${kind}, ${name}, ${way}, ${problem}, ${ctx.now}, ${ctx.now})
      on conflict (register_id, kind) do update set reported_at = excluded.reported_at, problem = excluded.problem,
        since = case when equipment.problem is distinct from excluded.problem then excluded.since else equipment.since end`.execute(ctx.db);
  for (const one of added.filter(isDevice))
    await noteDevice(ctx, register, "device.added", { what: one.kind, way: one.way, name: one.name });
  const isChanged = added.length + removed.length + turned.length > 0;
  // What hangs at a till that only practices is nobody's trouble.
  if (isChanged && !register.training)
    await publish(ctx, EquipmentChanged, `register/${registerId}`, {
      registerId,
      placeId: register.placeId,
      equipment: reported.map(({ kind, problem }) => ({ kind, problem })),
      gone: removed.map(({ kind }) => kind).filter((kind) => !reported.some((one) => one.kind === kind)),
    });
  return ok(isChanged);
}

/** A display is a window of the till's own browser, opened and closed as one likes: nothing that the log must know. */
const isDevice = ({ kind }: Equipment): boolean => kind !== "display";

type Noted = { readonly what: string; readonly way?: string; readonly name?: string; readonly deviceId?: string };

/** In the log of the register that the device belongs to [TIL-65]. The caller holds its row. */
export async function noteDevice(
  ctx: Ctx,
  register: KnownRegister,
  kind: "device.added" | "device.removed",
  document: Noted,
): Promise<void> {
  const commandId = ctx.newId<CommandId>();
  await writeLog(ctx, register, { kind, commandId, at: ctx.now, operatorId: ctx.actor.staff?.id ?? null, document });
}

async function equipmentOf(ctx: Pick<Ctx, "db">, registerId: RegisterId): Promise<Equipment[]> {
  const { rows } = await sql<Equipment>`
    select kind, name, way, problem from till.equipment where register_id = ${registerId}`.execute(ctx.db);
  return rows;
}

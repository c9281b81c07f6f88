import { newId, type ChannelId, type Id, type PlaceId, type RegisterId, type Result, type ShiftId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import type { TillError } from "../errors.ts";
import { readRegister, type KnownRegister } from "../queries/registers.ts";
import type { Operator } from "./context.ts";
import { createRegister } from "./registers.ts";
import { openShift } from "./shifts.ts";

/** What a training drawer begins with: five notes of ten, in minor units. */
const FLOAT = { denomination: 1000, count: 5 };

export type TrainingTill = { readonly placeId: PlaceId; readonly channelId: ChannelId; readonly name: string; readonly operator: Operator };

/** Sets up a training register on a channel of its own, its shift open [JRN-4]. Errors: `till.other_place`. Publishes what both publish. */
export async function openTrainingTill(
  ctx: Ctx,
  { placeId, channelId, name, operator }: TrainingTill,
): Promise<Result<KnownRegister, TillError>> {
  const made = await createRegister(ctx, { placeId, channelId, name, training: true });
  if (!made.ok) return made;
  const register = made.value;
  const shiftId = ctx.newId<ShiftId>();
  const opened = await openShift({
    ctx,
    register,
    at: ctx.now,
    operator,
    command: {
      id: newId<Id<"command">>(),
      registerId: register.id,
      seq: 1,
      schema: 1,
      kind: "shift.open",
      at: ctx.now.toISOString(),
      staffId: operator.id,
      body: { shiftId, float: { lines: [FLOAT] } },
    },
  });
  if (!opened.ok) return opened;
  return { ok: true, value: (await readRegister(ctx, register.id)) ?? register };
}

/** Takes a training register out of use. What it wrote stays. */
export async function retireTrainingTill(ctx: Ctx, registerId: RegisterId): Promise<void> {
  await sql`
    update till.register set retired_at = ${ctx.now} where id = ${registerId} and training and retired_at is null`.execute(ctx.db);
}

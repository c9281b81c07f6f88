import type { PlaceId, RegisterId } from "@weft/kernel";
import { circleOf } from "../../channels/index.ts";
import type { Ctx, ReadCtx } from "../../../platform/index.ts";
import { readRegister, type KnownRegister } from "./registers.ts";

/**
 * Whether what a register does is practice, which leaves nothing but its paper [TIL-30]. The training registers of the tour are no practice: they
 * sell on a stage of their own, which their visitor's phone has to show [CHA-9].
 */
export async function isPractice(ctx: Pick<ReadCtx, "snapshots">, { training, channelId }: KnownRegister): Promise<boolean> {
  return training && (await circleOf(ctx, channelId)) === null;
}

/** The same, of a register by its id; one that is unknown practices nothing. */
export async function isPracticeAt(ctx: Pick<Ctx, "db" | "snapshots">, registerId: RegisterId): Promise<boolean> {
  const register = await readRegister(ctx, registerId);
  return register !== undefined && isPractice(ctx, register);
}

/** Where a register sells really; undefined for one that is unknown or practices. */
export async function sellingPlaceOf(ctx: Pick<Ctx, "db">, registerId: RegisterId): Promise<PlaceId | undefined> {
  const register = await readRegister(ctx, registerId);
  return register && !register.training ? register.placeId : undefined;
}

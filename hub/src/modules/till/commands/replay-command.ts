import { err, ok, type CodedError, type DeviceId, type RegisterId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import type { AnyCommand } from "../domain/index.ts";
import { lockRegister } from "../queries/registers.ts";
import { answered } from "./command-row.ts";
import { operatorOf, type BadCommand, type TillDeps } from "./context.ts";
import { execute } from "./execute.ts";
import { readCommand } from "./read-command.ts";
import { withJournal } from "./with-journal.ts";

type Kept = { readonly raw: string; readonly context: Readonly<Record<string, unknown>> };
type Refusal = CodedError & { readonly detail?: string | null };

/**
 * Takes a quarantined command again, mended, in the name of its till. It happened when it happened: a sale is recorded, and nothing of
 * what the till did since is undone. Its stored answer becomes the new one, so that a till that asks again learns of it.
 */
export const replayCommand =
  (deps: TillDeps) =>
  async (ctx: Ctx, item: Kept): Promise<Result<unknown, Refusal>> => {
    const context = item.context as Partial<BadCommand["context"]>; // as `putInQuarantine` wrote it
    const read = readCommand(parsed(item.raw));
    if ("unreadable" in read) return err({ code: "till.command_unreadable", detail: read.unreadable });
    const { command } = read;
    const register = await lockRegister(ctx, command.registerId as RegisterId); // an id by the contract
    if (!register || context.registerId !== register.id || context.commandId !== command.id) return err({ code: "till.other_register" });
    const device = context.deviceId
      ? { id: context.deviceId as DeviceId, kind: "till" as const, placeId: register.placeId, registerId: register.id } // as stored
      : null;
    const { operator, actor } = await operatorOf({ ...ctx, actor: { ...ctx.actor, device } }, command.staffId, command.id);
    const done = await execute({ ctx: { ...ctx, actor }, deps, register, command, at: new Date(command.at), operator, mode: "recorded" });
    if (!done.ok) return done;
    if (done.value.refused) return err(done.value.refused);
    const { rows } = await sql<{ seq: number }>`select seq from till.command where command_id = ${command.id}`.execute(ctx.db);
    const plain = answered({ id: command.id, seq: rows[0]?.seq ?? command.seq }, done.value);
    // Its entries came with it and stand in the journal since: now there is the sale that they number.
    const answer = await withJournal(ctx, register, parsed(item.raw), plain);
    await sql`update till.command set outcome = 'done', answer = ${JSON.stringify(answer)}::jsonb
              where command_id = ${command.id} and outcome = 'quarantined'`.execute(ctx.db);
    return ok(answer);
  };

function parsed(raw: string): AnyCommand {
  try {
    return JSON.parse(raw) as AnyCommand; // read by the contract next
  } catch {
    return {};
  }
}

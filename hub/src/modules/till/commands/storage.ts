import type { TillCommand } from "@weft/contracts";
import { ok, type CodedError, type Result } from "@weft/kernel";
import { writeLog } from "../journal.ts";
import type { CommandContext, Done } from "./context.ts";

type Act = CommandContext & { readonly command: Extract<TillCommand, { kind: "storage.restored" }> };

/**
 * A register's device had lost what it kept [TIL-42]: the log says which number the hub had last, what its second copy gave back, and what is
 * missing. It moves nothing, and needs no open shift.
 */
export async function noteRestored({ ctx, register, command, at, operator }: Act): Promise<Result<Done, CodedError>> {
  await writeLog(ctx, register, { kind: command.kind, commandId: command.id, at, operatorId: operator.id, document: command.body });
  return ok({});
}

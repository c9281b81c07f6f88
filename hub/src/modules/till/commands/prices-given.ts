import type { TillCommand } from "@weft/contracts";
import { asId, ok, type CodedError, type Result, type StaffId } from "@weft/kernel";
import { auditWrite, readStaff } from "../../access/index.ts";
import { mostOff } from "../../carts/index.ts";
import { mayGive } from "../domain/index.ts";
import { writeLog } from "../journal.ts";
import type { CommandContext, Done } from "./context.ts";

type Act = CommandContext & { readonly command: Extract<TillCommand, { kind: "price.give" }> };

/**
 * Staff gave a lower price by hand [TIL-50]: the journal has before and after, why, and who stood behind it; so has the audit. It has happened, so
 * a register that let somebody do what they may not is not refused: both say that nobody covered it. It needs no open shift.
 */
export async function notePrices({ ctx, register, command, at, operator }: Act): Promise<Result<Done, CodedError>> {
  const { lines, approvedBy, reason } = command.body;
  const behind = approvedBy ? asId<StaffId>(approvedBy.staffId) : operator.id;
  const known = behind === null ? undefined : await readStaff(ctx, behind);
  const worksHere = known !== undefined && (known.placeIds.length === 0 || known.placeIds.includes(register.placeId));
  const isCovered = worksHere && lines.every(({ from, to }) => mayGive({ from, to }, mostOff(known.roles)));
  const rows = lines.map(({ lineId, quantity, to }) => ({
    command_id: command.id,
    line_id: lineId,
    register_id: register.id,
    quantity,
    unit_price: JSON.stringify(to),
    is_covered: isCovered,
  }));
  await ctx.db
    .insertInto("till.given_price")
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await writeLog(ctx, register, {
    kind: command.kind,
    commandId: command.id,
    at,
    operatorId: operator.id,
    document: { ...command.body, isCovered },
  });
  await auditWrite(ctx, {
    action: "till.givePrice",
    subject: `register/${register.id}`,
    reason: `${lines.length} prices by hand (${reason}), behind it ${behind ?? "nobody"}${isCovered ? "" : ", who may not"}`,
  });
  return ok({});
}

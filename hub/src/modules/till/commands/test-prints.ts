import { err, ok, type Id, type RegisterId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { auditWrite } from "../../access/index.ts";
import { publish, type Ctx } from "../../../platform/index.ts";
import type { Equipment } from "../domain/index.ts";
import type { TillError } from "../errors.ts";
import { TestPrintAsked } from "../events.ts";
import { TEST_PRINT_MINUTES } from "../queries/test-prints.ts";
import { lockRegister } from "../queries/registers.ts";

export type TestPrintId = Id<"test print">;

/**
 * Asks a till for a page on its printer [TIL-80]: its till is told at once, and is not asked any more after ten minutes, so that nothing is printed
 * behind a closed door. While one is asked, it is that one. Errors: `till.register_unknown`, `till.no_printer`. Publishes `till.test_print_asked.v1`.
 */
export async function askTestPrint(ctx: Ctx, registerId: RegisterId): Promise<Result<null, TillError>> {
  const register = await lockRegister(ctx, registerId);
  if (!register) return err({ code: "till.register_unknown" });
  const { rows } = await sql<{ isAsked: boolean }>`
    select test_asked_at > ${ctx.now}::timestamptz - make_interval(mins => ${TEST_PRINT_MINUTES}::integer) and test_ended_at is null as "isAsked"
      from till.equipment where register_id = ${registerId} and kind = 'printer'`.execute(ctx.db);
  const [printer] = rows;
  if (!printer) return err({ code: "till.no_printer" });
  if (printer.isAsked) return ok(null);
  await sql`
    update till.equipment set test_id = ${ctx.newId<TestPrintId>()}, test_asked_at = ${ctx.now}, test_ended_at = null, test_problem = null
     where register_id = ${registerId} and kind = 'printer'`.execute(ctx.db);
  await auditWrite(ctx, { action: "till.askTestPrint", subject: `register/${registerId}` });
  await publish(ctx, TestPrintAsked, `register/${registerId}`, { registerId, placeId: register.placeId });
  return ok(null);
}

/** What became of a page that was asked for, as its till says [TIL-80]; said again, or of one that is asked no more, it changes nothing. */
export async function endTestPrint(ctx: Ctx, registerId: RegisterId, id: TestPrintId, problem: Equipment["problem"]): Promise<void> {
  await sql`
    update till.equipment set test_ended_at = ${ctx.now}, test_problem = ${problem}
     where register_id = ${registerId} and kind = 'printer' and test_id = ${id} and test_ended_at is null`.execute(ctx.db);
}

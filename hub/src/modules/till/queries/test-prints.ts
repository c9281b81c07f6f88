import type { TestPrintView } from "@weft/contracts";
import type { RegisterId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../../platform/index.ts";

/** How long a till is asked for a page. */
export const TEST_PRINT_MINUTES = 10;

/** A page as it is kept with its printer; null where none was asked for. */
export type TestPrintRow = {
  readonly testId: string | null;
  readonly testAskedAt: Date | null;
  readonly testEndedAt: Date | null;
  readonly testProblem: TestPrintView["problem"];
};

export const TEST_PRINT = sql.raw(
  `e.test_id as "testId", e.test_asked_at as "testAskedAt", e.test_ended_at as "testEndedAt", e.test_problem as "testProblem"`,
);

export function toTestPrint({ testId, testAskedAt, testEndedAt, testProblem }: TestPrintRow, now: Date): TestPrintView | null {
  if (testId === null || testAskedAt === null) return null;
  const isAsked = now.getTime() - testAskedAt.getTime() < TEST_PRINT_MINUTES * 60_000;
  const state = testEndedAt === null ? (isAsked ? "asked" : "unanswered") : testProblem === null ? "printed" : "failed";
  return { id: testId, askedAt: testAskedAt.toISOString(), state, problem: testProblem, endedAt: testEndedAt?.toISOString() ?? null };
}

/** The page that a register's till is asked for; undefined where its printer is gone. */
export async function testPrintOf(ctx: Pick<ReadCtx, "db" | "now">, registerId: RegisterId): Promise<TestPrintView | null | undefined> {
  const { rows } = await sql<TestPrintRow>`
    select ${TEST_PRINT} from till.equipment e where e.register_id = ${registerId} and e.kind = 'printer'`.execute(ctx.db);
  return rows[0] && toTestPrint(rows[0], ctx.now);
}

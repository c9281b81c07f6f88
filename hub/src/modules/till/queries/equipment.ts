import type { EquipmentView } from "@weft/contracts";
import type { PlaceId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../../platform/index.ts";
import { TEST_PRINT, toTestPrint, type TestPrintRow } from "./test-prints.ts";

type Row = Omit<EquipmentView, "since" | "reportedAt" | "test"> & TestPrintRow & { readonly since: Date; readonly reportedAt: Date };

/** What hangs at the tills of some places, null for all places: what is in trouble first, the longest trouble first. */
export async function listEquipment(ctx: Pick<ReadCtx, "db" | "now">, placeIds: readonly PlaceId[] | null): Promise<EquipmentView[]> {
  const { rows } = await sql<Row>`
    select r.id as "registerId", r.name as "registerName", r.place_id as "placeId", e.kind, e.name, e.way, e.problem, e.since,
           e.reported_at as "reportedAt", ${TEST_PRINT}
      from till.equipment e join till.register r on r.id = e.register_id and r.retired_at is null and not r.training
     where ${placeIds && [...placeIds]}::uuid[] is null or r.place_id = any(${placeIds && [...placeIds]}::uuid[])
     order by e.problem is null, e.since, r.place_id, r.name, e.kind limit 1000`.execute(ctx.db);
  return rows.map(({ since, reportedAt, testId, testAskedAt, testEndedAt, testProblem, ...row }) => ({
    ...row,
    since: since.toISOString(),
    reportedAt: reportedAt.toISOString(),
    test: toTestPrint({ testId, testAskedAt, testEndedAt, testProblem }, ctx.now),
  }));
}

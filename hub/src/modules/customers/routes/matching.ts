import { err, ok, asId, type CustomerId } from "@weft/kernel";
import { z } from "zod";
import { auditWrite } from "../../access/index.ts";
import { pageFrom, read, readCursor, write, type Ctx, type Route } from "../../../platform/index.ts";
import { readFieldRules, setFieldRules } from "../commands/field-rules.ts";
import { judgePair, keepCustomersApart, undoJudgment } from "../commands/judge.ts";
import type { ReviewPairId } from "../commands/link.ts";
import { configureMatching, moveRun, startMatching, type MatchRunId } from "../commands/matching-runs.ts";
import { CUSTOMER_PROBLEMS } from "../errors.ts";
import { readMatch } from "../queries/matches.ts";
import { countViolations, listViolations, readMatching } from "../queries/matching.ts";

const PROBLEMS = { problems: CUSTOMER_PROBLEMS };
const ViolationAt = z.tuple([z.iso.datetime(), z.uuid()]);

/** Who is who by likeness: the queue of pairs, runs over the whole file, and what limits stopped. */
export const matchingRoutes: readonly Route[] = [
  ...judgmentRoutes(),
  ...runRoutes(),
  read("customers.fieldRules", async (ctx) => ok(await readFieldRules(ctx)), PROBLEMS),
  write(
    "customers.setFieldRules",
    async (ctx, { body }) => {
      await setFieldRules(ctx, body);
      await auditWrite(ctx, { action: "customers.setFieldRules", subject: "field_rules" });
      return ok(await readFieldRules(ctx));
    },
    PROBLEMS,
  ),
  read(
    "customers.violations",
    async (ctx, { query }) => {
      const at = readCursor(ViolationAt, query.cursor);
      const rows = await listViolations(ctx, query.limit + 1, at && { at: at[0], id: at[1] });
      const page = pageFrom(rows, query.limit, (row) => row, ({ at: seen, id }) => [seen, id]); // prettier-ignore
      return ok({ ...page, counts: await countViolations(ctx) });
    },
    { ...PROBLEMS, audit: (_input, { items }) => (items[0] ? `violations, first record/${items[0].recordId}` : null) },
  ),
];

function judgmentRoutes(): readonly Route[] {
  return [
    write(
      "customers.judgeMatch",
      async (ctx, { params, body }) => {
        const pairId = asId<ReviewPairId>(params.id);
        const judged = await judgePair(ctx, pairId, body.decision, body.reason);
        return judged.ok ? present(ctx, "customers.judgeMatch", pairId) : judged;
      },
      { ...PROBLEMS, recordOf: ({ a }) => a.id },
    ),
    write(
      "customers.undoMatch",
      async (ctx, { params }) => {
        const pairId = asId<ReviewPairId>(params.id);
        const undone = await undoJudgment(ctx, pairId);
        return undone.ok ? present(ctx, "customers.undoMatch", pairId) : undone;
      },
      { ...PROBLEMS, recordOf: ({ a }) => a.id },
    ),
    write(
      "customers.keepApart",
      async (ctx, { params, body }) => {
        const kept = await keepCustomersApart(ctx, asId<CustomerId>(params.id), asId<CustomerId>(body.otherId), body.reason);
        if (!kept.ok) return kept;
        await auditWrite(ctx, { action: "customers.keepApart", subject: `customer/${params.id}` });
        return ok({ id: kept.value });
      },
      PROBLEMS,
    ),
  ];
}

async function present(ctx: Ctx, action: string, pairId: ReviewPairId) {
  const match = await readMatch(ctx, pairId);
  if (!match) return err({ code: "customer.match_unknown" } as const);
  await auditWrite(ctx, { action, subject: `customer/${match.a.id}` });
  return ok(match);
}

function runRoutes(): readonly Route[] {
  return [
    read("matching.read", async (ctx) => ok(await readMatching(ctx)), PROBLEMS),
    write(
      "matching.configure",
      async (ctx, { body }) => {
        await configureMatching(ctx, body);
        await auditWrite(ctx, { action: "matching.configure", subject: "matching" });
        return ok(await readMatching(ctx));
      },
      PROBLEMS,
    ),
    write(
      "matching.start",
      async (ctx) => {
        const started = await startMatching(ctx);
        if (!started.ok) return started;
        await auditWrite(ctx, { action: "matching.start", subject: `match_run/${started.value}` });
        return ok(await readMatching(ctx));
      },
      PROBLEMS,
    ),
    write(
      "matching.moveRun",
      async (ctx, { params, body }) => {
        const moved = await moveRun(ctx, asId<MatchRunId>(params.id), body.state);
        if (!moved.ok) return moved;
        await auditWrite(ctx, { action: `matching.moveRun ${body.state}`, subject: `match_run/${params.id}` });
        return ok(await readMatching(ctx));
      },
      PROBLEMS,
    ),
  ];
}

import { asId } from "@weft/kernel";
import { sql } from "kysely";
import { addJob, on, subscriber, type Ctx, type Job, type Subscriber } from "../../platform/index.ts";
import { CatalogChanged } from "../catalog/events.ts";
import { PricingChanged } from "../pricing/events.ts";
import type { CheckId } from "./domain/index.ts";
import { ParityCheckAsked } from "./events.ts";

/** A check begins some milliseconds after it was asked for. When catalog and prices changed is noted, so that what lags can say since when. */
export const paritySubscribers = (check: Job<{ runId: CheckId }>): readonly Subscriber[] => [
  subscriber("parity.check", [
    on(ParityCheckAsked, (ctx, { data: { runId } }) => addJob(ctx, check, { runId: asId<CheckId>(runId) }, { key: `parity ${runId}` })),
  ]),
  subscriber("parity.changes", [
    on(CatalogChanged, (ctx, { data: { revision }, time }) => noteChange(ctx, "catalog", revision, time)),
    on(PricingChanged, (ctx, { data: { revision }, time }) => noteChange(ctx, "pricing", revision, time)),
  ]),
];

async function noteChange({ db }: Ctx, source: "catalog" | "pricing", revision: number, time: string): Promise<void> {
  await sql`insert into parity.change (source, revision, at) values (${source}, ${revision}, ${time}) on conflict do nothing`.execute(db);
}

import type { MatchingView, ViolationView } from "@weft/contracts";
import { sql } from "kysely";
import type { ReadCtx } from "../../../platform/index.ts";
import { chanceOf } from "../domain/matching/index.ts";

type Reader = Pick<ReadCtx, "db">;

type Model = Omit<NonNullable<MatchingView["model"]>, "learnedAt" | "joinsFrom"> & { learnedAt: Date; linkFrom: number };
type Run = Omit<NonNullable<MatchingView["run"]>, "createdAt" | "endedAt"> & { createdAt: Date; endedAt: Date | null };

/** What matching goes by, what was learned last, and the last run [IDN-26]. */
export async function readMatching({ db }: Reader): Promise<MatchingView> {
  const { rows: settings } = await sql<MatchingView["settings"]>`
    select joins, precision::float8 as precision, review_from::float8 as "reviewFrom" from customers.matching_setting`.execute(db);
  const { rows: models } = await sql<Model>`
    select version, learned_at as "learnedAt", records, compared::float8 as compared, link_from::float8 as "linkFrom",
           expected_precision::float8 as "expectedPrecision" from customers.model where state = 'used'`.execute(db);
  const { rows: runs } = await sql<Run>`
    select id, state, phase, done, total, records, compared::float8 as compared, linked, asked, withdrawn, created_at as "createdAt", ended_at as "endedAt"
      from customers.match_run order by created_at desc, id desc limit 1`.execute(db);
  const { rows: counts } = await sql<{ linked: number; open: number }>`
    select (select count(*)::integer from customers.link where kind = 'model' and state = 'active') as linked,
           (select count(*)::integer from customers.review_pair p where p.status = 'open' and coalesce(p.put_off_until <= now(), true)
               and customers.customer_of(p.a_record) <> customers.customer_of(p.b_record)) as open`.execute(db);
  const [setting] = settings;
  if (!setting) throw new Error("the settings of matching are one row, made by a migration");
  return {
    settings: { joins: setting.joins, precision: rounded(setting.precision), reviewFrom: rounded(setting.reviewFrom) },
    model: presentModel(models[0]),
    run: presentRun(runs[0]),
    linked: counts[0]?.linked ?? 0,
    open: counts[0]?.open ?? 0,
  };
}

const rounded = (share: number): number => Math.round(share * 10_000) / 10_000;

function presentModel(model: Model | undefined): MatchingView["model"] {
  if (!model) return null;
  const { version, learnedAt, records, compared, linkFrom, expectedPrecision } = model;
  const shares = { joinsFrom: rounded(chanceOf(linkFrom)), expectedPrecision: rounded(expectedPrecision) };
  return { version, learnedAt: learnedAt.toISOString(), records, compared, ...shares };
}

function presentRun(run: Run | undefined): MatchingView["run"] {
  if (!run) return null;
  const { id, state, phase, done, total, records, compared, linked, asked, withdrawn, createdAt, endedAt } = run;
  const counts = { done, total, records, compared, linked, asked, withdrawn };
  return { id, state, phase, ...counts, createdAt: createdAt.toISOString(), endedAt: endedAt?.toISOString() ?? null };
}

export type ViolationPosition = { readonly at: string; readonly id: string };
type ViolationRow = Omit<ViolationView, "at"> & { readonly at: Date };

/** Limits that stopped something, newest first [IDN-6]. Ask for one more than is shown. */
export async function listViolations({ db }: Reader, limit: number, after: ViolationPosition | null): Promise<ViolationView[]> {
  const { rows } = await sql<ViolationRow>`
    select v.id, v.kind, v.rule, v.record_id as "recordId", customers.customer_of(v.record_id) as "customerId", ${nameOf(sql`v.record_id`)} as name,
           customers.customer_of((v.detail ->> 'with')::uuid) as "withCustomerId", ${nameOf(sql`(v.detail ->> 'with')::uuid`)} as "withName", v.at
      from customers.violation v
     where (${after === null} or (v.at, v.id) < (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
     order by v.at desc, v.id desc limit ${limit}`.execute(db);
  return rows.map(({ at, ...violation }) => ({ ...violation, at: at.toISOString() }));
}

const nameOf = (record: ReturnType<typeof sql>) => sql`
  (select nullif(concat_ws(' ', s.attributes ->> 'givenName', s.attributes ->> 'familyName'), '') from customers.source_record s where s.id = ${record})`;

/** How often each limit stopped something in the last 30 days. */
export async function countViolations({ db }: Reader): Promise<{ rule: ViolationView["rule"]; count: number }[]> {
  const { rows } = await sql<{ rule: ViolationView["rule"]; count: number }>`
    select rule, count(*)::integer as count from customers.violation where at > now() - interval '30 days' group by rule order by 2 desc, 1`.execute(
    db,
  );
  return rows;
}

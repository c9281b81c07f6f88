import type { ChannelId, CustomerId, Id, LinkId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import { carriesBetween } from "../../channels/index.ts";
import { corroboration, MOST_LINKS, valuesPerCustomer } from "../domain/index.ts";
import { limitsNow } from "../limits.ts";
import { matchingNow } from "../model-snapshot.ts";
import { personRecordsOf } from "../queries/who.ts";
import { areJudgedDifferent, link } from "./link.ts";
import { lockBoth } from "./provisional.ts";
import { recompute } from "./resolve.ts";
import { recordViolation } from "./violations.ts";

/** What a field says about a pair, without its value. */
export type StoredReason = { readonly field: string; readonly code: string; readonly bits: number };

/** Two records that are likely one person, by the model of a version. */
export type Finding = {
  readonly a: RecordId;
  readonly b: RecordId;
  readonly chance: number;
  readonly reasons: readonly StoredReason[];
  readonly version: number;
};

type Standing = { readonly isOne: boolean; readonly mayJoin: boolean; readonly tooMany: boolean };

/**
 * Joins two customers by likeness [IDN-24], if nothing has been decided against it since they were compared: a person's judgment, an
 * objection, a link level. Where less than enough agrees beside the names a person is asked, and so it is where a limit forbids it, which is
 * told as a violation. Answers what was done. Publishes `customer.linked.v1`.
 */
export async function applyJoin(ctx: Ctx, finding: Finding): Promise<"linked" | "asked" | "left"> {
  if (!(await matchingNow(ctx)).settings.joins || corroboration(finding.reasons) !== "join") return applyQuestion(ctx, finding);
  await lockBoth(ctx, finding.a, finding.b);
  const { isOne, mayJoin, tooMany } = await standingOf(ctx, finding);
  if (isOne || !mayJoin) return "left";
  const { a, b, chance, reasons, version } = finding;
  if (tooMany) {
    await recordViolation(ctx, a, { kind: "likeness", rule: "values_per_customer", detail: { with: b } });
    return ask(ctx, finding);
  }
  const id = await link(ctx, { a, b, kind: "model", evidence: { version, chance: rounded(chance), reasons }, reason: "alike" });
  return id ? "linked" : "left";
}

/** Puts a likely pair before a person, unless these customers are one, were judged, or are asked about already. */
export async function applyQuestion(ctx: Ctx, finding: Finding): Promise<"asked" | "left"> {
  if (corroboration(finding.reasons) === "leave") return "left";
  const { isOne, mayJoin } = await standingOf(ctx, finding);
  return isOne || !mayJoin ? "left" : ask(ctx, finding);
}

/** Takes back a link by likeness that likeness no longer supports. Nobody judged it, so nothing is remembered. */
export async function applyWithdrawal(ctx: Ctx, { a, b }: Pick<Finding, "a" | "b">): Promise<boolean> {
  const { rows } = await sql<{ id: LinkId }>`
    update customers.link set state = 'withdrawn', withdrawn_at = now(), reason = 'no_longer_alike'
     where kind = 'model' and state = 'active' and a_record = least(${a}::uuid, ${b}::uuid) and b_record = greatest(${a}::uuid, ${b}::uuid)
    returning id`.execute(ctx.db);
  for (const { id } of rows) await recompute(ctx, [a, b], id);
  return rows.length > 0;
}

async function standingOf(ctx: Ctx, { a, b }: Finding): Promise<Standing> {
  const { rows } = await sql<{ id: RecordId; channelId: ChannelId; customerId: CustomerId; hasObjected: boolean; lacksNotice: boolean }>`
    select r.id, r.channel_id as "channelId", customers.customer_of(r.id) as "customerId",
           exists (select from customers.objection o where o.record_id in (select customers.person_records_of(r.id))) as "hasObjected",
           customers.lacks_notice(r.id, r.notice_id, r.channel_id) as "lacksNotice"
      from customers.source_record r where r.id = any (${[a, b]}::uuid[]) and r.state = 'known'`.execute(ctx.db);
  const [one, other] = rows;
  if (!one || !other) return { isOne: false, mayJoin: false, tooMany: false };
  if (one.customerId === other.customerId) return { isOne: true, mayJoin: false, tooMany: false };
  const isCarried = await areInReach(ctx, one, other);
  const persons = [await personRecordsOf(ctx, a), await personRecordsOf(ctx, b)] as const;
  const mayJoin = isCarried && !one.hasObjected && !other.hasObjected && !(await areJudgedDifferent(ctx, ...persons));
  return { isOne: false, mayJoin, tooMany: mayJoin && (await areTooMany(ctx, a, b)) };
}

type Reached = { readonly channelId: ChannelId; readonly lacksNotice: boolean };

/** Whether identity is carried between their channels, and both were told of it. Within a channel a file is its own. */
async function areInReach(ctx: Ctx, one: Reached, other: Reached): Promise<boolean> {
  if (one.channelId === other.channelId) return true;
  if (one.lacksNotice || other.lacksNotice) return false;
  return (await carriesBetween(ctx, { channelId: one.channelId }, { channelId: other.channelId }, "identity")).carried;
}

async function areTooMany(ctx: Ctx, a: RecordId, b: RecordId): Promise<boolean> {
  const most = valuesPerCustomer(await limitsNow(ctx));
  const { rows } = await sql<{ tooMany: boolean }>`
    select customers.would_be_too_many(${a}, ${b}, ${JSON.stringify(most)}::jsonb, ${MOST_LINKS}) as "tooMany"`.execute(ctx.db);
  return rows[0]?.tooMany ?? false;
}

/** One question per two customers: a further pair of theirs says the same again. A pair that was judged stays judged. */
async function ask(ctx: Ctx, { a, b, chance, reasons, version }: Finding): Promise<"asked" | "left"> {
  const evidence = JSON.stringify({ version, reasons });
  const { rows } = await sql`
    insert into customers.review_pair (id, a_record, b_record, because, chance, evidence)
    select ${ctx.newId<Id<"review pair">>()}, least(${a}::uuid, ${b}::uuid), greatest(${a}::uuid, ${b}::uuid), 'alike', ${rounded(chance)}, ${evidence}::jsonb
     where not exists (
       select from customers.review_pair p where p.status = 'open' and (p.a_record, p.b_record) <> (least(${a}::uuid, ${b}::uuid), greatest(${a}::uuid, ${b}::uuid))
          and (   (p.a_record in (select customers.records_of(${a})) and p.b_record in (select customers.records_of(${b})))
               or (p.b_record in (select customers.records_of(${a})) and p.a_record in (select customers.records_of(${b})))))
    on conflict (a_record, b_record) do update set chance = excluded.chance, evidence = review_pair.evidence || excluded.evidence
     where review_pair.status = 'open'
    returning 1`.execute(ctx.db);
  return rows.length > 0 ? "asked" : "left";
}

const rounded = (chance: number): number => Math.round(chance * 10_000) / 10_000;

import { err, ok, type Id, type RecordId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import pg from "pg";
import { auditWrite } from "../../access/index.ts";
import { customerOf, customersByIds } from "../../customers/index.ts";
import { publish, type Ctx, type ReadCtx } from "../../../platform/index.ts";
import type { LoyaltyError } from "../errors.ts";
import { PointsTransferred } from "../events.ts";
import { recordOfCard } from "../queries/points.ts";
import { currentRule } from "../queries/program.ts";
import { whereGiven } from "./grant.ts";

export type PointsTransferId = Id<"points transfer">;
export type WantedTransfer = {
  readonly id: PointsTransferId;
  readonly from: RecordId;
  readonly cardNumber: string;
  readonly points: number;
};

/** Who has a card, as far as a giver is told: enough to see a slip of the finger, too little to collect names. Errors: `loyalty.card_unknown`, `loyalty.own_card`. */
export async function receiverOf(
  ctx: Pick<ReadCtx, "db">,
  from: RecordId,
  cardNumber: string,
): Promise<Result<{ readonly recordId: RecordId; readonly name: string }, LoyaltyError>> {
  const recordId = await recordOfCard(ctx, cardNumber);
  if (!recordId) return err({ code: "loyalty.card_unknown" });
  const customerId = await customerOf(ctx, recordId);
  if (customerId === (await customerOf(ctx, from))) return err({ code: "loyalty.own_card" });
  const [customer] = await customersByIds(ctx, [customerId]);
  const letters = [customer?.givenName, customer?.familyName].flatMap((name) => (name ? [`${[...name][0]}.`] : []));
  return ok({ recordId, name: letters.join(" ") });
}

/**
 * Gives points of one member to another, all or nothing [LOY-28]: the giver's own points, not those of a purse that they share. Lots keep their issuer
 * and their expiry. What is given in a calendar month of the store is limited, also by transfers at the same moment. The same id again is the same
 * transfer. Errors: `loyalty.not_offered`, `loyalty.transfer_too_small`, `loyalty.transfer_over_limit`, `loyalty.transfer_differs`,
 * `loyalty.not_enough_points`, those of `receiverOf`. Publishes `loyalty.points_transferred.v1` for both.
 */
export async function transferPoints(
  ctx: Ctx,
  wanted: WantedTransfer,
): Promise<Result<{ readonly to: string; readonly at: Date }, LoyaltyError>> {
  const { id, from, points } = wanted;
  const [rule, where] = [await currentRule(ctx), await whereGiven(ctx)];
  const terms = rule?.terms.transfers;
  if (!terms || !where) return err({ code: "loyalty.not_offered" });
  const receiver = await receiverOf(ctx, from, wanted.cardNumber);
  if (!receiver.ok) return receiver;
  const { recordId: to, name } = receiver.value;
  const giver = await customerOf(ctx, from);
  await sql`select pg_advisory_xact_lock(hashtextextended('loyalty.transfer/' || ${giver}::text, 0))`.execute(ctx.db);
  const before = await earlier(ctx, { id, from, to, points });
  if (before) return before.ok ? ok({ to: name, at: before.value }) : before;
  if (points < terms.minimum) return err({ code: "loyalty.transfer_too_small", minimum: terms.minimum });
  const left = terms.perMonth - (await givenIn(ctx, from, where.businessDate));
  if (points > left) return err({ code: "loyalty.transfer_over_limit", left: Math.max(0, left) });
  await sql`
    insert into loyalty.transfer (id, program_id, from_record, to_record, points, business_date, at)
    values (${id}, ${rule.programId}, ${from}, ${to}, ${points}, ${where.businessDate}::date, ${ctx.now})`.execute(ctx.db);
  await auditWrite(ctx, { action: "loyalty.transfer", subject: `customer/${giver}`, reason: `${points} points` });
  for (const [recordId, moved] of [[from, -points] as const, [to, points] as const])
    await publish(ctx, PointsTransferred, `record/${recordId}`, { recordId, transferId: id, points: moved });
  const short = await move(ctx, { ...wanted, to, programId: rule.programId, where }); // balances are the last locks
  return short ? err(short) : ok({ to: name, at: ctx.now });
}

async function earlier(
  ctx: Ctx,
  { id, from, to, points }: { readonly id: PointsTransferId; readonly from: RecordId; readonly to: RecordId; readonly points: number },
): Promise<Result<Date, LoyaltyError> | undefined> {
  const { rows } = await sql<{ isSame: boolean; at: Date }>`
    select (from_record = ${from} and to_record = ${to} and points = ${points}) is true as "isSame", at from loyalty.transfer where id = ${id}`.execute(
    ctx.db,
  );
  const [row] = rows;
  return row && (row.isSame ? ok(row.at) : err({ code: "loyalty.transfer_differs" }));
}

async function givenIn(ctx: Ctx, from: RecordId, day: string): Promise<number> {
  const { rows } = await sql<{ points: number }>`
    select coalesce(sum(points), 0)::bigint as points from loyalty.transfer
     where from_record in (select customers.records_of(${from})) and business_date >= date_trunc('month', ${day}::date)`.execute(ctx.db);
  return rows[0]?.points ?? 0;
}

type Moving = WantedTransfer & {
  readonly to: RecordId;
  readonly programId: string;
  readonly where: NonNullable<Awaited<ReturnType<typeof whereGiven>>>;
};

async function move(ctx: Ctx, { id, from, to, points, programId, where }: Moving): Promise<LoyaltyError | undefined> {
  try {
    await sql`
      select ledger.transfer('transfer', ${id}, ${where.placeId}, ${where.channelId}, ${where.businessDate}::date, ${where.timeZone},
        ${ctx.actor.kind}, ${ctx.actor.staff?.id ?? null}, ${JSON.stringify({ kind: "transfer", data: {} })}::jsonb, ${ctx.now},
        loyalty.accounts_of(${from}, ${programId}), (select account_id from loyalty.membership where record_id = ${to}), ${points})`.execute(
      ctx.db,
    );
    return undefined;
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || error.code !== "WF011") throw error;
    const { needed, available } = JSON.parse(error.detail ?? "{}") as { needed: number; available: number }; // ledger.transfer writes exactly this
    return { code: "loyalty.not_enough_points", missing: needed - available };
  }
}

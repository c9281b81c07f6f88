import type { AccountId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import { standingOf, entriesOf, type LedgerEntry } from "../../ledger/index.ts";
import type { ReadCtx } from "../../../platform/index.ts";
import { normalizeCardNumber, type ProgramId } from "../domain/index.ts";
import { pointsUnit } from "./program.ts";

/** The card of a record. */
export type Membership = {
  readonly recordId: RecordId;
  readonly accountId: AccountId;
  readonly cardNumber: string;
  readonly enrolledAt: Date;
};

/** The memberships of some records, the oldest first: a customer shows the card that they have had longest. */
export async function membershipsOf(ctx: Pick<ReadCtx, "db">, recordIds: readonly RecordId[]): Promise<Membership[]> {
  const { rows } = await sql<Membership>`
    select record_id as "recordId", account_id as "accountId", card_number as "cardNumber", enrolled_at as "enrolledAt"
    from loyalty.membership where record_id = any(${[...recordIds]}::uuid[]) order by enrolled_at, record_id`.execute(ctx.db);
  return rows;
}

/** The record that a card number stands for, or null. Blanks and dashes do not count. */
export async function recordOfCard(ctx: Pick<ReadCtx, "db">, cardNumber: string): Promise<RecordId | null> {
  const { rows } = await sql<{ recordId: RecordId }>`
    select record_id as "recordId" from loyalty.membership where card_number = ${normalizeCardNumber(cardNumber)}`.execute(ctx.db);
  return rows[0]?.recordId ?? null;
}

/** What the records' accounts hold together [LOY-3], and what was ever earned on them. */
export type Points = { readonly balance: number; readonly earnedInAll: number };

export async function pointsOf(ctx: Pick<ReadCtx, "db">, recordIds: readonly RecordId[], programId: ProgramId): Promise<Points> {
  const { balance, credited } = await standingOf(ctx, recordIds, pointsUnit(programId));
  return { balance, earnedInAll: credited };
}

/** Every movement of the records' points, newest first. */
export function pointsHistory(
  ctx: Pick<ReadCtx, "db">,
  query: { readonly recordIds: readonly RecordId[]; readonly programId: ProgramId; readonly before: string | null; readonly limit: number },
): Promise<LedgerEntry[]> {
  return entriesOf(ctx, { ...query, unit: pointsUnit(query.programId) });
}

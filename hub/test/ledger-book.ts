import { randomUUID } from "node:crypto";
import { newId, type RecordId } from "@weft/kernel";
import type { GoodsHub } from "./goods-hub.ts";

export const ENTITY = randomUUID();
export const OTHER_ENTITY = randomUUID();
export const UNIT = "points:test";

export type Member = { readonly record: RecordId; readonly account: string };
export type CreditGiven = {
  readonly source?: string;
  readonly entity?: string;
  readonly at?: Date;
  readonly expiresAt?: Date | null;
  readonly usableAt?: Date | null;
};
export type SpendGiven = { readonly source?: string; readonly entity?: string; readonly at?: Date; readonly force?: boolean };

/** The published functions of the ledger, for tests: a source is made where none is given, and answered. */
export type Book = ReturnType<typeof openBook>;

const NOON = new Date("2026-03-02T12:00:00Z");
const DOCUMENT = `null, gen_random_uuid(), '2026-03-02', 'Europe/Paris', 'system', null, '{"kind":"test"}'`;

export function openBook(hub: GoodsHub, unit: string = UNIT) {
  const one = async <T>(text: string, values: readonly unknown[]): Promise<T | undefined> => {
    const [row] = await hub.rows<{ value: T }>(`select ${text} as value`, values);
    return row?.value;
  };
  const reverse = async (name: string, source: string, part: number, keeps: number, at: Date): Promise<number> => {
    const [of, kind] = name === "ledger.take_back" ? ["earn", "take_back"] : ["burn", "give_back"];
    const reversal = `${name}($1, $2, $3, 'order', $4, $5, $6, '2026-03-03', 'system', null, '{"kind":"test"}', $7)`;
    return (await one<number>(reversal, [newId(), of, kind, source, part, keeps, at])) ?? 0;
  };
  return {
    async member(): Promise<Member> {
      const record = randomUUID() as string as RecordId; // tests make their own ids
      const account = await one<string>("ledger.open_account($1, 'member_available', $2, $3)", [randomUUID(), unit, record]);
      return { record, account: account ?? "" };
    },
    async credit(
      to: Member,
      amount: number,
      { source = randomUUID(), entity = ENTITY, at = NOON, expiresAt = null, usableAt = null }: CreditGiven = {},
    ) {
      const credit = `ledger.credit($1, 'earn', 'order', $2, 0, $3, ${DOCUMENT}, $4, $5, $6, $7, $8, 1, $9)`;
      const txn: string = newId();
      const booked = await one<boolean>(credit, [txn, source, entity, at, to.account, unit, amount, expiresAt, usableAt]);
      return { source, booked, txn };
    },
    /** Answers what was taken; null when the source was booked before. */
    async spend(
      from: readonly Member[],
      amount: number,
      { source = randomUUID(), entity = ENTITY, at = NOON, force = false }: SpendGiven = {},
    ) {
      const spend = `ledger.spend($1, 'burn', 'order', $2, 0, $3, ${DOCUMENT}, $4, $5, $6, $7, $8)`;
      const taken = await one<number | null>(spend, [newId(), source, entity, at, from.map(({ account }) => account), unit, amount, force]);
      return { source, taken: taken ?? null };
    },
    /** Whether it was booked now; raises WF011 where there is too little. */
    async transfer(from: Member, to: Member, amount: number, at = NOON) {
      const transfer = `ledger.transfer('transfer', $1, ${DOCUMENT}, $2, array[$3::uuid], $4, $5)`;
      return one<boolean>(transfer, [randomUUID(), at, from.account, to.account, amount]);
    },
    takeBack: (source: string, part: number, keeps: number, at = NOON) => reverse("ledger.take_back", source, part, keeps, at),
    giveBack: (source: string, part: number, keeps: number, at = NOON) => reverse("ledger.give_back", source, part, keeps, at),
    async expire(at: Date, limit = 100): Promise<Map<string, number>> {
      const rows = await hub.rows<{ record: string; amount: number }>(
        "select record_id as record, amount from ledger.expire_due($1, $2, $3)",
        [unit, at, limit],
      );
      return new Map(rows.map(({ record, amount }) => [record, amount]));
    },
    async balance({ account }: Member): Promise<number | undefined> {
      return one<number>("(select balance from ledger.balance where account_id = $1)", [account]);
    },
    /** Balance and lots of some members, in one statement. */
    async standing(members: readonly Member[]): Promise<{ balance: number; lots: number[] }[]> {
      return hub.rows(
        `select b.balance, coalesce((select array_agg(l.remaining order by l.earned_at, l.id) from ledger.lot l where l.account_id = b.account_id), '{}') as lots
         from unnest($1::uuid[]) with ordinality a(id, n) join ledger.balance b on b.account_id = a.id order by a.n`,
        [members.map(({ account }) => account)],
      );
    },
    /** What is left of each lot that was ever credited, the oldest first. */
    async lots({ account }: Member): Promise<number[]> {
      const rows = await hub.rows<{ remaining: number }>("select remaining from ledger.lot where account_id = $1 order by earned_at, id", [
        account,
      ]);
      return rows.map(({ remaining }) => remaining);
    },
    /** What the counter accounts of a legal entity hold, by kind; nothing is left out but zeros. */
    async counters(entity: string): Promise<Record<string, number>> {
      const rows = await hub.rows<{ kind: string; amount: number }>(
        `select account.kind, sum(leg.amount)::bigint as amount from ledger.account join ledger.leg on leg.account_id = account.id
         where entity_id = $1 group by 1 having sum(leg.amount) <> 0 order by 1`,
        [entity],
      );
      return Object.fromEntries(rows.map(({ kind, amount }) => [kind, amount]));
    },
  };
}

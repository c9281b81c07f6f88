import { sql } from "kysely";
import type { ReadCtx } from "../../../platform/index.ts";
import type { OurMovement, SettledLine } from "../domain/reconcile.ts";

export type Period = { readonly account: string; readonly from: string; readonly to: string };

/** What was moved by a provider in a period of days, by our own books, and what it names of other days. Days are of UTC. */
export async function movementsOf(
  ctx: Pick<ReadCtx, "db">,
  { account, from, to }: Period,
  named: readonly string[],
): Promise<OurMovement[]> {
  const { rows } = await sql<Omit<OurMovement, "at"> & { readonly at: Date }>`
    select m.id, m.kind, m.order_id as "orderId", m.amount, m.currency, m.at, m."references" from payments.read_movement m
     where m.provider = ${account}
       and (m.at >= ${from}::date and m.at < ${to}::date + 1 or m."references" && ${[...named]}::text[])
     order by m.at, m.id limit 20000`.execute(ctx.db);
  return rows.map(({ at, ...movement }) => ({ ...movement, at: at.toISOString() }));
}

/** What a provider said it settled in these days, and what it said of these movements on other days. */
export async function linesOf(ctx: Pick<ReadCtx, "db">, { account, from, to }: Period, named: readonly string[]): Promise<SettledLine[]> {
  const { rows } = await sql<SettledLine>`
    select id, kind, reference, amount, fee, currency, settled_on::text as "settledOn" from integrations.settlement_line
     where account = ${account} and (settled_on between ${from}::date and ${to}::date or reference = any(${[...named]}::text[]))
     order by settled_on, id limit 20000`.execute(ctx.db);
  return rows;
}

/** Providers that moved money here, or said so, and until when they said what. */
export async function accountsOf(ctx: Pick<ReadCtx, "db">): Promise<{ readonly account: string; readonly saidUntil: string | null }[]> {
  const { rows } = await sql<{ account: string; saidUntil: string | null }>`
    select a.account, max(l.settled_on)::text as "saidUntil"
      from (select provider as account from payments.read_provider union select distinct account from integrations.settlement_line) a
      left join integrations.settlement_line l on l.account = a.account group by 1 order by 1`.execute(ctx.db);
  return rows;
}

import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import type { NewLine } from "./read-file.ts";

export type Kept = { readonly lines: number; /** Of these, what was known before. */ readonly known: number };

/** Keeps what a provider says it settled; a line that was said before is known and changes nothing [PAY-40]. */
export async function keepLines(ctx: Ctx, account: string, source: "provider" | "file", lines: readonly NewLine[]): Promise<Kept> {
  const { rows } = await sql<{ id: string }>`
    insert into integrations.settlement_line (id, account, line_key, kind, reference, amount, fee, currency, settled_on, source, at, staff_id)
    select uuidv7(), ${account}, l."lineKey", l.kind, l.reference, l.amount, l.fee, l.currency, l."settledOn", ${source}, ${ctx.now}, ${ctx.actor.staff?.id ?? null}
      from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as l("lineKey" text, kind text, reference text, amount bigint, fee bigint, currency text, "settledOn" date)
    on conflict (account, line_key) do nothing returning id`.execute(ctx.db);
  return { lines: lines.length, known: lines.length - rows.length };
}

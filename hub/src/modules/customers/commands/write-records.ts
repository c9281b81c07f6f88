import { err, ok, type RecordId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import type { CustomerError } from "../errors.ts";
import { importRecords, type ImportedRecord } from "./import-records.ts";
import { normalizedInput } from "./normalize-input.ts";
import { writeRecord } from "./write-record.ts";

/** What became of one of many records. */
export type RecordOutcome = Result<{ readonly recordId: RecordId; readonly kind: "created" | "changed" | "same" }, CustomerError>;

type Known = { readonly externalId: string; readonly recordId: RecordId; readonly isSame: boolean };

/**
 * Writes many records of one channel, each by its external id, in the order given: new ones in two dozen statements whatever their number,
 * those that say something else than before one by one as a new version; what says the same writes nothing, so that a file may be read
 * again. A second record of the same id in one call comes after the first. Publishes for changed ones what `writeRecord` publishes.
 */
export async function writeRecords(ctx: Ctx, records: readonly ImportedRecord[]): Promise<RecordOutcome[]> {
  if (records.length === 0) return [];
  const known = await knownOf(ctx, records);
  const first = new Set<string>();
  const fresh = records.filter(({ input: { externalId } }) => {
    if (known.has(externalId) || first.has(externalId)) return false;
    first.add(externalId);
    return true;
  });
  await importRecords(ctx, fresh);
  const created = new Set(fresh);
  const outcomes: RecordOutcome[] = [];
  const repeated = new Set(first);
  for (const record of records) {
    const { externalId } = record.input;
    const before = known.get(externalId);
    if (created.has(record)) outcomes.push(ok({ recordId: record.id, kind: "created" }));
    else if (before?.isSame && !repeated.has(externalId)) outcomes.push(ok({ recordId: before.recordId, kind: "same" }));
    else outcomes.push(await change(ctx, record));
    // What comes again in this call says it after the one before: the comparison above was made before that.
    repeated.add(externalId);
  }
  return outcomes;
}

async function change(ctx: Ctx, record: ImportedRecord): Promise<RecordOutcome> {
  const [before] = (await knownOf(ctx, [record])).values();
  if (before?.isSame) return ok({ recordId: before.recordId, kind: "same" });
  const { channelId, input, verified, isCardHearsay } = record;
  const written = await writeRecord(ctx, {
    channelId,
    input,
    verified,
    verifiedBy: "channel",
    cause: "import",
    ...(isCardHearsay !== undefined && { isCardHearsay }),
  });
  return written.ok ? ok({ recordId: written.value.recordId, kind: "changed" }) : err(written.error);
}

/** The records that are known already, and whether they say all of this: fields, card, and what is proved. */
async function knownOf(ctx: Ctx, records: readonly ImportedRecord[]): Promise<Map<string, Known>> {
  const given = [];
  for (const { channelId, input, verified } of records)
    given.push({
      channel: channelId,
      external: input.externalId,
      attributes: await normalizedInput(ctx, channelId, input),
      card: input.cardNumber ?? null,
      verified,
    });
  const { rows } = await sql<Known>`
    select r.external_id as "externalId", r.id as "recordId",
           r.state = 'known' and r.attributes @> g.attributes
             and (g.card is null or exists (${attached} and i.kind = 'card' and i.value_norm = g.card))
             and not exists (select from jsonb_array_elements_text(g.verified) k
                              where g.attributes ? k and not exists (${attached} and i.kind = k and i.value_norm = g.attributes ->> k and ri.verified_at is not null))
             as "isSame"
      from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g (channel uuid, external text, attributes jsonb, card text, verified jsonb)
      join customers.source_record r on r.channel_id = g.channel and r.external_id = g.external`.execute(ctx.db);
  // Of one id that stands in the call twice both rows must say the same.
  const known = new Map<string, Known>();
  for (const row of rows) known.set(row.externalId, { ...row, isSame: row.isSame && (known.get(row.externalId)?.isSame ?? true) });
  return known;
}

const attached = sql`
  select from customers.record_identifier ri join customers.identifier i on i.id = ri.identifier_id
   where ri.record_id = r.id and ri.valid_to is null`;

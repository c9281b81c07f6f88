import type { ChannelId, EntityId, OrderId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import type { NamedBuyer, DocumentId } from "./due.ts";
import { numberText, type DocumentData, type DocumentKind } from "./plan.ts";

/** A document before it has its number. */
export type Unnumbered = {
  readonly id: DocumentId;
  /** Null for an invoice over a month, which names its company, its month and by when it is paid. */
  readonly orderId: OrderId | null;
  readonly kind: DocumentKind;
  readonly cause: string;
  readonly entityId: EntityId;
  readonly placeId: string | null;
  readonly channelId: ChannelId;
  readonly businessDate: string;
  readonly timeZone: string;
  readonly country: string;
  readonly logPosition: number;
  readonly reverses: DocumentId | null;
  readonly language: string;
  readonly currency: string;
  readonly data: DocumentData;
  readonly companyId?: string;
  readonly month?: string;
  readonly payBy?: string;
};

type Series = Pick<Unnumbered, "entityId" | "country" | "kind"> & { readonly year: number };
const yearOf = ({ businessDate }: Unnumbered): number => Number(businessDate.slice(0, 4));
const keyOf = ({ entityId, country, kind }: Omit<Series, "year">, year: number): string => `${entityId} ${country} ${kind} ${year}`;

/**
 * Gives documents the next numbers of their series, in the order in which they stand here, and keeps them [DOC-1]. The row of a series is
 * its lock until the commit: numbers are taken with the documents that have them, or not at all.
 */
export async function giveNumbers(
  ctx: Pick<Ctx, "db" | "now">,
  documents: readonly Unnumbered[],
  buyers: readonly NamedBuyer[],
): Promise<void> {
  const next = await takeNumbers(ctx, documents);
  const given = new Map<DocumentId, string>();
  const numbered = documents.map((document) => {
    const year = yearOf(document);
    const key = keyOf(document, year);
    const sequence = next.get(key) ?? 0;
    next.set(key, sequence + 1);
    const { total, tax } = document.data;
    const number = numberText(document.kind, document.country, year, sequence);
    given.set(document.id, number);
    // An invoice that is numbered here as well comes before what is taken back from it.
    const data = { ...document.data, reverses: document.data.reverses ?? (document.reverses && (given.get(document.reverses) ?? null)) };
    return { ...document, year, sequence, number, total, tax, data };
  });
  await sql`
    insert into orders.document (id, order_id, kind, cause, entity_id, place_id, channel_id, business_date, time_zone, country, year, sequence,
      number, issued_at, log_position, reverses, language, currency, total, tax, data,
      company_id, month, pay_by)
    select d.id, d."orderId", d.kind, d.cause, d."entityId", d."placeId", d."channelId", d."businessDate", d."timeZone", d.country, d.year,
      d.sequence, d.number, ${ctx.now}, d."logPosition", d.reverses, d.language, d.currency, d.total, d.tax, d.data,
      d."companyId", d.month, d."payBy"
    from jsonb_to_recordset(${JSON.stringify(numbered)}::jsonb) as d(id uuid, "orderId" uuid, kind text, cause text, "entityId" uuid,
      "placeId" uuid, "channelId" uuid, "businessDate" date, "timeZone" text, country text, year integer, sequence integer, number text,
      "logPosition" bigint, reverses uuid, language text, currency text, total bigint, tax bigint, data jsonb, "companyId" uuid,
      month date, "payBy" date)`.execute(ctx.db);
  if (buyers.length > 0)
    await sql`
      insert into orders.document_buyer (document_id, record_id, name, address)
      select b."documentId", b."recordId", b.name, nullif(b.address, 'null')
      from jsonb_to_recordset(${JSON.stringify(buyers)}::jsonb) as b("documentId" uuid, "recordId" uuid, name text, address jsonb)`.execute(
      ctx.db,
    );
}

/** Takes as many numbers of each series as there are documents of it, series by series in one order; answers the first of each. */
async function takeNumbers(ctx: Pick<Ctx, "db">, documents: readonly Unnumbered[]): Promise<Map<string, number>> {
  const wanted = new Map<string, Series & { count: number }>();
  for (const document of documents) {
    const { entityId, country, kind } = document;
    const year = yearOf(document);
    const series = wanted.get(keyOf(document, year));
    if (series) series.count += 1;
    else wanted.set(keyOf(document, year), { entityId, country, kind, year, count: 1 });
  }
  const first = new Map<string, number>();
  for (const [key, { entityId, country, kind, year, count }] of [...wanted].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const { rows } = await sql<{ last: number }>`
      insert into orders.number_series as s (entity_id, country, kind, year, last) values (${entityId}, ${country}, ${kind}, ${year}, ${count})
      on conflict (entity_id, country, kind, year) do update set last = s.last + excluded.last returning last`.execute(ctx.db);
    first.set(key, (rows[0]?.last ?? count) - count + 1);
  }
  return first;
}

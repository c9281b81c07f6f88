import type { RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import { catalogSnapshot } from "../../catalog/index.ts";
import { importOrders } from "../../checkout/index.ts";
import { importRecords, senderRecords } from "../../customers/index.ts";
import { importedSales, type ImportedFacts } from "../../orders/index.ts";
import { importedReturns, importReturns } from "../../returns/index.ts";
import { quarantineAll, writeHistory } from "../../touchpoints/index.ts";
import { firstTime, orderOf, returnOf, touchOf } from "./documents.ts";
import type { Invoice, LinePlace, PlacedLine, RefusedLine } from "./gather.ts";
import type { House } from "./house.ts";
import { exactValue, isReturn } from "./line.ts";
import type { Sum } from "./sums.ts";

/** What came of some invoices: lines that stand in the books now, whenever they were written, and lines that were put aside. */
export type InvoicesImported = {
  readonly accepted: readonly PlacedLine[];
  readonly refused: readonly RefusedLine[];
  /** Documents that were not there before. */
  readonly made: number;
  /** What the books hold for the lines that were accepted, as the database adds it up. */
  readonly books: readonly Sum[];
};

/**
 * Writes invoices as orders and returns, with the customers that they name, as history [IMP-1]. Each is one per (channel, invoice): what is
 * known stays as it is, so files may be read again. Lines that are put aside are told to quarantine once [IMP-3].
 */
export async function importInvoices(ctx: Ctx, house: House, invoices: readonly Invoice[]): Promise<InvoicesImported> {
  const whole = invoices.filter(({ lines }) => lines.length > 0);
  const recordIds = await importCustomers(ctx, house, whole);
  const known = { house, catalog: await ctx.snapshots.current(catalogSnapshot), recordIds };
  const [returned, sold] = partition(whole, ({ id }) => isReturn(id));
  const orders = sold.map((invoice) => orderOf(ctx, invoice, known));
  const returns = returned.map((invoice) => returnOf(ctx, invoice, known));
  const made = (await importOrders(ctx, orders)) + (await importReturns(ctx, returns));
  await writeHistory(ctx, [...orders, ...returns].flatMap(touchOf));
  const stored = new Map([
    ...(await importedSales(ctx, house.channelId, idsOf(sold))),
    ...(await importedReturns(ctx, house.channelId, idsOf(returned))),
  ]);
  // A document that was there before with other lines is not this one: nothing of it is written, so all of it is put aside.
  const [same, others] = partition(whole, (invoice) => isStored(invoice, stored.get(invoice.id)));
  const refused = [
    ...invoices.flatMap((invoice) => invoice.refused),
    ...others.flatMap((invoice) => refuseAll(invoice, "invoice_differs", null)),
  ];
  await putAside(ctx, house, refused);
  return { accepted: same.flatMap(({ lines }) => lines), refused, made, books: booksOf(same, stored, recordIds) };
}

function partition<T>(items: readonly T[], isFirst: (item: T) => boolean): [T[], T[]] {
  return [items.filter(isFirst), items.filter((item) => !isFirst(item))];
}

const idsOf = (invoices: readonly Invoice[]): string[] => invoices.map(({ id }) => id);

/** Puts a whole invoice aside, line by line. */
export function refuseAll({ lines }: Invoice, reason: RefusedLine["reason"], detail: string | null): RefusedLine[] {
  return lines.map(({ line: _line, ...place }) => ({ ...place, reason, detail }));
}

/** Whether a stored document holds what this invoice says: as many lines and units, and the same value. */
function isStored({ lines }: Invoice, stored: ImportedFacts | undefined): boolean {
  const units = lines.reduce((sum, { line }) => sum + line.quantity, 0);
  const value = lines.reduce((sum, { line }) => sum + exactValue(line), 0n);
  return stored?.lines === lines.length && stored.units === units && stored.value === value;
}

function booksOf(
  invoices: readonly Invoice[],
  stored: ReadonlyMap<string, ImportedFacts>,
  recordIds: ReadonlyMap<string, RecordId>,
): Sum[] {
  const customers = new Map([...recordIds].map(([customer, recordId]) => [recordId, customer]));
  return invoices.flatMap(({ id }) => {
    const facts = stored.get(id);
    if (!facts) return [];
    const customer = facts.recordId === null ? "" : (customers.get(facts.recordId) ?? facts.recordId);
    return [{ month: facts.month, customer, value: isReturn(id) ? -facts.value : facts.value }];
  });
}

/** The records of the customers that these invoices name, by the source's own ids. Guests have none. */
async function importCustomers(ctx: Ctx, { channelId }: House, invoices: readonly Invoice[]): Promise<Map<string, RecordId>> {
  const named = new Map<string, { since: string; country: string | null }>();
  for (const { lines } of invoices) {
    const customer = lines[0]?.line.customer;
    if (!customer) continue;
    const since = firstTime(lines);
    const known = named.get(customer);
    if (!known || since < known.since) named.set(customer, { since, country: lines[0]?.line.country ?? null });
  }
  if (named.size === 0) return new Map();
  await importRecords(
    ctx,
    [...named].map(([externalId, { since, country }]) => ({
      id: ctx.newId<RecordId>(),
      channelId,
      input: { externalId, ...(country === null ? {} : { traits: { country } }) },
      verified: [],
      knownSince: new Date(`${since}Z`),
    })),
  );
  const externalIds = [...named.keys()].toSorted();
  const recordIds = await senderRecords(
    ctx,
    externalIds.map((externalId) => ({ channelId, externalId })),
  );
  return new Map(externalIds.flatMap((externalId, index) => (recordIds[index] ? [[externalId, recordIds[index]] as const] : [])));
}

/** The kind under which the lines stand in quarantine. */
export const ORDER_LINE = "import.order_line";

/** What a line in quarantine keeps beside its text: no personal values. */
export type KeptLine = Pick<LinePlace, "key" | "number" | "columns"> & { readonly house: House };

/** Tells quarantine of lines, each once however often its file is read [IMP-3]. */
export async function putAside(ctx: Ctx, house: House, lines: readonly RefusedLine[]): Promise<void> {
  if (lines.length === 0) return;
  const { channelId } = house;
  const { rows } = await sql<{ line_key: string }>`
    insert into integrations.refused_line (channel_id, line_key)
    select ${channelId}, k from unnest(${lines.map(({ key }) => key)}::text[]) k
    on conflict do nothing returning line_key`.execute(ctx.db);
  const fresh = new Set(rows.map((row) => row.line_key));
  await quarantineAll(
    ctx,
    lines
      .filter(({ key }) => fresh.has(key))
      .map(({ key, file, number, raw, columns, reason, detail }) => ({
        kind: ORDER_LINE,
        channelId,
        reason,
        detail: `line ${number} of ${file.split(/[/\\]/).at(-1)}${detail === null ? "" : `: ${detail}`}`,
        raw,
        context: { key, number, columns, house } satisfies KeptLine,
      })),
  );
}

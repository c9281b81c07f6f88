import { ok, type Result } from "@weft/kernel";
import { sql } from "kysely";
import pg from "pg";
import { analyzeFilled, inTransaction, type Ctx, type Surroundings } from "../../../platform/index.ts";
import { countLines, gatherInvoices, type Invoice, type LineFiles } from "./gather.ts";
import { openHouse, type House, type WantedHouse } from "./house.ts";
import { importInvoices, putAside, refuseAll, type InvoicesImported } from "./import-invoices.ts";
import { netSums, sumOfLine, type NetValue } from "./sums.ts";

/** What an import has come to. `accepted` and the refused lines together are all lines of the files [IMP-2]. */
export type OrderImport = {
  readonly lines: number;
  readonly accepted: number;
  readonly refused: ReadonlyMap<string, number>;
  /** Documents that were not there before. */
  readonly made: number;
  readonly file: NetValue;
  readonly books: NetValue;
};

export type WantedImport = Omit<LineFiles, "currency"> & WantedHouse;

/** Told now and then how many of the lines are done. */
export type Watch = (done: number, of: number) => void;

/** About as many lines go into one transaction: what is lost when it is killed, and what is in memory. */
const BATCH_LINES = 4_000;

/** Batches after which the tables are so much bigger that other plans are better. */
const ANALYZED_AFTER: ReadonlySet<number> = new Set([1, 10, 100]);

/**
 * Imports files of order lines [IMP-1]. Ended in the middle, it is simply run again: each batch of whole invoices is one transaction, and what
 * is known is left alone. Errors: what the legal entity contradicts; `FileError` for a file that cannot be read at all.
 */
export async function importOrderFiles(
  around: Surroundings,
  wanted: WantedImport,
  watch: Watch,
  batchLines = BATCH_LINES,
): Promise<Result<OrderImport, string>> {
  const files: LineFiles = { paths: wanted.paths, map: wanted.map, currency: wanted.currency };
  const counts = await countLines(files);
  const house = await transact(around, (ctx) => openHouse(ctx, wanted));
  if (!house.ok) return house;
  around.snapshots.invalidate();
  const [file, books] = [netSums(), netSums()];
  const refused = new Map<string, number>();
  let [accepted, made, done] = [0, 0, 0];
  for await (const invoices of batches(gatherInvoices(files, counts), batchLines)) {
    const batch = await importOrHalve(around, house.value, invoices);
    for (const { line } of batch.accepted) file.add(sumOfLine(line));
    for (const sum of batch.books) books.add(sum);
    for (const { reason } of batch.refused) refused.set(reason, (refused.get(reason) ?? 0) + 1);
    accepted += batch.accepted.length;
    made += batch.made;
    // Plans that were made while the tables were empty would stay.
    if (ANALYZED_AFTER.has(++done)) await analyzeFilled(around.pool);
    watch(accepted + [...refused.values()].reduce((sum, count) => sum + count, 0), counts.lines);
  }
  return ok({ lines: counts.lines, accepted, refused, made, file: file.value(), books: books.value() });
}

async function transact<T, E>(around: Surroundings, command: (ctx: Ctx) => Promise<Result<T, E>>): Promise<Result<T, E>> {
  // What takes long on a busy small machine must not stop the run; a request would have been given up long before.
  const outcome = await inTransaction(around, async (ctx) => {
    await sql`set local statement_timeout = '10min'`.execute(ctx.db);
    return command(ctx);
  });
  if (outcome.kind !== "done") throw new Error("an import has no key");
  return outcome.result;
}

async function* batches(invoices: AsyncIterable<Invoice>, most: number): AsyncGenerator<Invoice[]> {
  let batch: Invoice[] = [];
  let lines = 0;
  for await (const invoice of invoices) {
    batch.push(invoice);
    lines += invoice.lines.length + invoice.refused.length;
    if (lines < most) continue;
    yield batch;
    batch = [];
    lines = 0;
  }
  if (batch.length > 0) yield batch;
}

/** A batch with something that the database cannot hold is halved until that invoice stands alone, and is put aside: it stops nobody. */
async function importOrHalve(around: Surroundings, house: House, invoices: readonly Invoice[]): Promise<InvoicesImported> {
  try {
    return await must(around, (ctx) => importInvoices(ctx, house, invoices));
  } catch (error) {
    if (!isAboutData(error)) throw error;
    const [only, ...others] = invoices;
    if (only && others.length === 0) {
      const refused = [...only.refused, ...refuseAll(only, "refused_by_database", error.message)];
      await must(around, (ctx) => putAside(ctx, house, refused));
      return { accepted: [], refused, made: 0, books: [] };
    }
    const middle = Math.ceil(invoices.length / 2);
    const first = await importOrHalve(around, house, invoices.slice(0, middle));
    const second = await importOrHalve(around, house, invoices.slice(middle));
    return {
      accepted: [...first.accepted, ...second.accepted],
      refused: [...first.refused, ...second.refused],
      made: first.made + second.made,
      books: [...first.books, ...second.books],
    };
  }
}

async function must<T>(around: Surroundings, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  const done = await transact<T, never>(around, async (ctx) => ok(await work(ctx)));
  if (!done.ok) throw new Error("nothing refuses here");
  return done.value;
}

/** Classes 22 and 23 of SQLSTATE: a value or a constraint. */
const isAboutData = (error: unknown): error is pg.DatabaseError => error instanceof pg.DatabaseError && /^2[23]/.test(error.code ?? "");

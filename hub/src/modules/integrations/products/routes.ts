import { Readable } from "node:stream";
import { ok } from "@weft/kernel";
import {
  dbOn,
  edgeProblem,
  inTransaction,
  problemOf,
  raw,
  sendAnswer,
  sendProblem,
  type RawCall,
  type Route,
} from "../../../platform/index.ts";
import { auditWrite, mayActAt } from "../../access/index.ts";
import { IMPORT_PROBLEMS, type ImportError } from "../errors.ts";
import { catalogLines } from "./file-lines.ts";
import { importCatalog } from "./import-catalog.ts";
import { productsText } from "./export-products.ts";

/** A larger catalog is imported by the command line, which answers nobody who waits. */
const MOST_BYTES = 32 * 1024 * 1024;
const MOST_NAMED = 100;

/** The catalog as a file, out and in. */
export const productFileRoutes: readonly Route[] = [
  raw("exports.products", answerExport),
  raw("products.import", answerImport, { streamed: true }),
];

async function answerExport({ reply, around }: RawCall) {
  const ctx = { ...around, db: dbOn(around.pool) };
  await inTransaction(around, async (inside) => {
    await auditWrite(inside, { action: "exports.products", subject: "catalog" });
    return ok(null);
  });
  const day = new Date().toISOString().slice(0, 10);
  return reply
    .code(200)
    .header("content-disposition", `attachment; filename="products-${day}.csv"`)
    .header("cache-control", "no-store")
    .type("text/csv; charset=utf-8")
    .send(
      Readable.from(
        productsText(ctx, () => undefined),
        { objectMode: false, highWaterMark: 64 * 1024 },
      ),
    );
}

async function answerImport({ request, reply, actor, around }: RawCall) {
  const refuse = (error: ImportError) => sendProblem(reply, problemOf(error, IMPORT_PROBLEMS[error.code], request.id));
  if (!mayActAt(actor, null)) return sendProblem(reply, edgeProblem("access.forbidden", request.id));
  // What says that it is too large is not read first.
  if (Number(request.headers["content-length"] ?? 0) > MOST_BYTES) {
    reply.header("connection", "close");
    return refuse({ code: "import.too_large", mostBytes: MOST_BYTES });
  }
  const body = (request.body as AsyncIterable<Buffer> | null | undefined) ?? []; // the route asks for a stream
  const limit = { isPassed: false };
  const done = await importCatalog(around, catalogLines(upTo(asBytes(body), limit)));
  around.snapshots.invalidate();
  if (limit.isPassed) return refuse({ code: "import.too_large", mostBytes: MOST_BYTES });
  if (!done.ok) return refuse(done.error);
  const { lines, made, changed, same, refused } = done.value;
  await inTransaction(around, async (ctx) => {
    const reason = `${made} made, ${changed} changed, ${same} same, ${refused.length} put aside`;
    await auditWrite(ctx, { action: "products.import", subject: "catalog", reason });
    return ok(null);
  });
  const refusals = refused.slice(0, MOST_NAMED).map(({ number, reason, detail }) => ({ line: number, reason, detail }));
  return sendAnswer("products.import", 200, { lines, made, changed, same, refused: refused.length, refusals }, reply, false);
}

async function* asBytes(body: AsyncIterable<Buffer | string> | Iterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const chunk of body) yield typeof chunk === "string" ? Buffer.from(chunk) : chunk;
}

/** The bytes of a file until there are too many. What was read by then may be imported: given again in parts it doubles nothing. */
async function* upTo(bytes: AsyncIterable<Buffer>, limit: { isPassed: boolean }): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.length;
    if (size > MOST_BYTES) {
      limit.isPassed = true;
      return;
    }
    yield chunk;
  }
}

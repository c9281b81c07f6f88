import type { ImportKind } from "@weft/contracts";
import { asId, err, ok, type ChannelId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { Readable } from "node:stream";
import { z } from "zod";
import {
  dbOn,
  edgeProblem,
  inTransaction,
  pageFrom,
  problemOf,
  raw,
  read,
  readCursor,
  sendAnswer,
  sendProblem,
  write,
  type Ctx,
  type Input,
  type RawCall,
  type ReadCtx,
  type Route,
  type Vault,
} from "../../../platform/index.ts";
import { auditWrite } from "../../access/index.ts";
import { IMPORT_PROBLEMS, type ImportError } from "../errors.ts";
import { presentOne, startImport, stopImport } from "./commands.ts";
import { exportText, type ExportKind } from "./export.ts";
import { previewImport } from "./preview.ts";
import { refusedLines } from "./refused-lines.ts";
import { COLUMNS, presentImports, readImport, type StoredImport } from "./store.ts";
import { MOST_UPLOAD_BYTES, takeUpload } from "./upload.ts";

export type FilesDeps = { readonly vault: Vault };

const EXPORTS = { "exports.customers": "customers", "exports.events": "events", "exports.consents": "consents" } as const;

/** Files on their way in, and exports on their way out. */
export const filesRoutes = ({ vault }: FilesDeps): readonly Route[] => [
  read("imports.list", async (ctx, { query }) => ok(await listImports(ctx, vault, query)), { problems: {} }),
  raw("imports.upload", (call) => answerUpload(vault, call), { streamed: true }),
  read("imports.read", (ctx, { params }) => presentOne(ctx, vault, params.id), { problems: IMPORT_PROBLEMS }),
  read(
    "imports.preview",
    async (ctx, { params, body }) => {
      const stored = await readImport(ctx, params.id);
      if (!stored || stored.shape === null) return err({ code: "import.unknown" as const });
      if (stored.state !== "waiting") return err({ code: "import.not_waiting" as const, state: stored.state });
      return ok(await previewImport(ctx, vault, stored, body.settings));
    },
    { problems: IMPORT_PROBLEMS, audit: ({ params }) => `import/${params.id}` },
  ),
  write("imports.start", (ctx, { params, body }) => startImport(ctx, vault, params.id, body.settings), { problems: IMPORT_PROBLEMS }),
  write("imports.stop", (ctx, { params }) => stopImport(ctx, vault, params.id), { problems: IMPORT_PROBLEMS }),
  raw("imports.refused", (call) => answerRefused(call)),
  ...(Object.keys(EXPORTS) as (keyof typeof EXPORTS)[]) // its keys are operations
    .map((operation) => raw(operation, (call) => answerExport(call, operation))),
  write("exports.list", (ctx, { body }) => keepListTaken(ctx, body), { problems: {} }),
];

async function listImports(
  ctx: ReadCtx,
  vault: Vault,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
) {
  const [at, id] = readCursor(z.tuple([z.iso.datetime(), z.uuid()]), cursor) ?? [null, null];
  const { rows } = await sql<StoredImport>`
    select ${COLUMNS} from integrations.data_import
     where state <> 'uploading' and (${at}::timestamptz is null or (date_trunc('milliseconds', uploaded_at), id) < (${at}::timestamptz, ${id}::uuid))
     order by date_trunc('milliseconds', uploaded_at) desc, id desc limit ${limit + 1}`.execute(ctx.db);
  const { items, nextCursor } = pageFrom(
    rows,
    limit,
    (row) => row,
    (row) => [row.uploadedAt.toISOString(), row.id],
  );
  return { items: await presentImports(ctx, vault, items), nextCursor };
}

async function answerUpload(vault: Vault, { request, reply, around, input }: RawCall) {
  const { kind, channelId, fileName } = input.query as { kind: ImportKind; channelId: string; fileName: string }; // by the contract
  // What says that it is too large is not read first.
  if (Number(request.headers["content-length"] ?? 0) > MOST_UPLOAD_BYTES)
    return refuse(reply.header("connection", "close"), { code: "import.too_large", mostBytes: MOST_UPLOAD_BYTES }, request.id);
  const body = (request.body as AsyncIterable<Buffer> | null | undefined) ?? []; // the route asks for a stream
  const taken = await takeUpload(around, vault, { kind, channelId: asId<ChannelId>(channelId), fileName }, asBytes(body));
  if (!taken.ok) return refuse(reply, taken.error, request.id);
  const run = await presentOne({ ...around, db: dbOn(around.pool) }, vault, taken.value);
  if (!run.ok) return refuse(reply, run.error, request.id);
  return sendAnswer("imports.upload", 201, run.value, reply, false);
}

async function* asBytes(body: AsyncIterable<Buffer | string> | Iterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const chunk of body) yield typeof chunk === "string" ? Buffer.from(chunk) : chunk;
}

type Reply = RawCall["reply"];

const refuse = (reply: Reply, error: ImportError, requestId: string) =>
  sendProblem(reply, problemOf(error, IMPORT_PROBLEMS[error.code], requestId));

async function answerRefused({ request, reply, around, input }: RawCall) {
  const { id } = input.params as { id: string }; // by the contract
  const ctx = { db: dbOn(around.pool) };
  const stored = await readImport(ctx, id);
  if (!stored || stored.shape === null) return refuse(reply, { code: "import.unknown" }, request.id);
  await auditGiven({ around }, "imports.refused", `import/${id}`);
  return sendText(reply, "csv", `refused-lines-${id.slice(-6)}.csv`, refusedLines(ctx, stored));
}

/**
 * Streams an export: some rows are in memory at a time, and it ends when nobody reads any more. Who takes what is in the audit before the
 * first row leaves, and how many rows it was when it is over [IMP-12]. A channel's key gets what is its channel's own.
 */
async function answerExport({ request, reply, actor, around, input }: RawCall, operation: keyof typeof EXPORTS) {
  const query = input.query as { channelId?: string; format: "csv" | "jsonl"; from?: string; until?: string; recipient?: string }; // by the contract
  const isKey = actor.kind === "secret" && actor.staff === null;
  if (isKey && actor.channelId === null) return sendProblem(reply, edgeProblem("access.forbidden", request.id));
  const channelId = isKey ? actor.channelId : query.channelId === undefined ? null : asId<ChannelId>(query.channelId);
  const kind: ExportKind = EXPORTS[operation];
  const subject = `export/${kind}${channelId === null ? "" : ` of channel/${channelId}`}`;
  await auditGiven(
    { around },
    operation,
    subject,
    `begun, ${query.format}${query.recipient === undefined ? "" : `, for ${query.recipient}`}`,
  );
  let rows = 0;
  const wanted = { kind, format: query.format, channelId, from: dateOf(query.from), until: dateOf(query.until) };
  const text = exportText({ ...around, db: dbOn(around.pool) }, wanted, (more) => (rows += more));
  async function* audited(): AsyncGenerator<string> {
    let isWhole = false;
    try {
      yield* text;
      isWhole = true;
    } finally {
      await auditGiven({ around }, operation, subject, `${isWhole ? "complete" : "broken off"}, ${rows} rows`);
    }
  }
  const day = new Date().toISOString().slice(0, 10);
  return sendText(reply, query.format, `${kind}-${day}.${query.format}`, audited());
}

const dateOf = (text: string | undefined): Date | null => (text === undefined ? null : new Date(text));

/** What staff see on a page leaves as a file that the page makes itself: the office gives it only after this stands in the audit [IMP-12]. */
async function keepListTaken(ctx: Ctx, { list, rows, customerId }: Input<"exports.list">["body"]): Promise<Result<null, never>> {
  const subject = customerId === undefined ? `list/${list}` : `customer/${customerId}`;
  await auditWrite(ctx, { action: "exports.list", subject, reason: `${rows} rows of ${list}` });
  return ok(null);
}

async function auditGiven({ around }: Pick<RawCall, "around">, action: string, subject: string, reason?: string): Promise<void> {
  await inTransaction(around, async (ctx) => {
    await auditWrite(ctx, { action, subject, ...(reason !== undefined && { reason }) });
    return ok(null);
  });
}

function sendText(reply: Reply, format: "csv" | "jsonl", fileName: string, text: AsyncGenerator<string>) {
  return reply
    .code(200)
    .header("content-disposition", `attachment; filename="${fileName}"`)
    .header("cache-control", "no-store")
    .type(format === "csv" ? "text/csv; charset=utf-8" : "application/x-ndjson; charset=utf-8")
    .send(Readable.from(text, { objectMode: false, highWaterMark: 64 * 1024 }));
}

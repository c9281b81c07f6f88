import type { ImportKind, ImportRun } from "@weft/contracts";
import type { ChannelId, Id } from "@weft/kernel";
import { sql } from "kysely";
import type { z } from "zod";
import type { ReadCtx, Vault } from "../../../platform/index.ts";
import { channelsSnapshot } from "../../channels/index.ts";
import { UnreadableFile } from "./lines.ts";
import type { Settings } from "./read-row.ts";
import type { FileShape } from "./shape.ts";

export type ImportId = Id<"data import">;
export type ImportState = "waiting" | "running" | "done" | "stopped" | "failed";

/** A file and how far it is. */
export type StoredImport = {
  readonly id: ImportId;
  readonly kind: ImportKind;
  readonly channelId: ChannelId;
  /** Sealed. */
  readonly fileName: string;
  readonly bytes: number;
  readonly shape: FileShape;
  readonly settings: Settings | null;
  readonly names: readonly string[] | null;
  readonly state: ImportState;
  readonly failure: string | null;
  readonly lines: number;
  readonly readBytes: number;
  readonly created: number;
  readonly changed: number;
  readonly same: number;
  readonly refused: number;
  readonly workedMs: number;
  readonly uploadedAt: Date;
  readonly startedAt: Date | null;
  readonly startedBy: string | null;
  readonly endedAt: Date | null;
};

type Reader = Pick<ReadCtx, "db">;

export const COLUMNS =
  sql.raw(`id, kind, channel_id as "channelId", file_name as "fileName", bytes::float8, shape, settings, names, state, failure,
  lines::float8, read_bytes::float8 as "readBytes", created::float8, changed::float8, same::float8, refused::float8,
  worked_ms::float8 as "workedMs", uploaded_at as "uploadedAt", started_at as "startedAt", started_by as "startedBy", ended_at as "endedAt"`);

export async function readImport({ db }: Reader, id: string): Promise<StoredImport | undefined> {
  const { rows } = await sql<StoredImport>`select ${COLUMNS} from integrations.data_import where id = ${id}`.execute(db);
  return rows[0];
}

/** How far an import is. Throws when there is none. */
export async function importStanding(
  ctx: Reader,
  id: ImportId,
): Promise<StoredImport & { readonly reasons: readonly { reason: string; count: number }[] }> {
  const stored = await readImport(ctx, id);
  if (!stored) throw new Error(`there is no import ${id}`);
  return { ...stored, reasons: (await reasonsOf(ctx, [id])).get(id) ?? [] };
}

/** An import of the very same file into the same channel that was begun and is not over. */
export async function resumableImport(
  { db }: Reader,
  { kind, channelId, digest }: { readonly kind: ImportKind; readonly channelId: ChannelId; readonly digest: Buffer },
): Promise<ImportId | undefined> {
  const { rows } = await sql<{ id: ImportId }>`
    select id from integrations.data_import
     where state = 'running' and kind = ${kind} and channel_id = ${channelId} and digest = ${digest} order by started_at desc limit 1`.execute(
    db,
  );
  return rows[0]?.id;
}

/** The same, with its row locked: whoever starts, stops or writes a part waits here. */
export async function lockImport({ db }: Reader, id: string): Promise<StoredImport | undefined> {
  const { rows } = await sql<StoredImport>`select ${COLUMNS} from integrations.data_import where id = ${id} for update`.execute(db);
  return rows[0];
}

/** The bytes of a file, part by part, opened. Throws `UnreadableFile` when they are not all there or were sealed by another secret. */
export async function* partsOf({ db }: Reader, vault: Vault, id: ImportId): AsyncGenerator<Buffer> {
  for (let part = 0; ; part++) {
    const { rows } = await sql<{ sealed: Buffer }>`
      select sealed from integrations.import_part where import_id = ${id} and part = ${part}`.execute(db);
    const [row] = rows;
    if (!row && part === 0) throw new UnreadableFile("missing_part");
    if (!row) return;
    const bytes = vault.openBytes(row.sealed);
    if (bytes === null) throw new UnreadableFile("sealed_by_another");
    yield bytes;
  }
}

/** Refused lines of some imports by reason, the most frequent first. */
export async function reasonsOf({ db }: Reader, ids: readonly ImportId[]): Promise<Map<ImportId, { reason: string; count: number }[]>> {
  const { rows } = await sql<{ id: ImportId; reason: string; count: number }>`
    select import_id as id, reason, count(*)::integer as count from integrations.import_refusal
     where import_id = any(${[...ids]}::uuid[]) group by import_id, reason order by count desc, reason`.execute(db);
  const found = new Map<ImportId, { reason: string; count: number }[]>();
  for (const { id, reason, count } of rows) found.set(id, [...(found.get(id) ?? []), { reason, count }]);
  return found;
}

export async function presentImports(
  ctx: Reader & Pick<ReadCtx, "snapshots">,
  vault: Vault,
  stored: readonly StoredImport[],
): Promise<z.output<typeof ImportRun>[]> {
  const reasons = await reasonsOf(
    ctx,
    stored.map(({ id }) => id),
  );
  const { channels } = await ctx.snapshots.current(channelsSnapshot);
  return stored.map((one) => ({
    id: one.id,
    kind: one.kind,
    channelId: one.channelId,
    channelName: channels.get(one.channelId)?.name ?? "",
    fileName: vault.open(one.fileName) ?? "",
    bytes: one.bytes,
    state: one.state,
    failure: one.failure,
    readBytes: one.readBytes,
    lines: one.lines,
    created: one.created,
    changed: one.changed,
    same: one.same,
    refused: one.refused,
    reasons: reasons.get(one.id) ?? [],
    uploadedAt: one.uploadedAt.toISOString(),
    startedAt: one.startedAt?.toISOString() ?? null,
    endedAt: one.endedAt?.toISOString() ?? null,
    seconds: one.workedMs / 1000,
  }));
}

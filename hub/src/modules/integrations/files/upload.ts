import { createHash } from "node:crypto";
import type { ImportKind } from "@weft/contracts";
import { err, newId, ok, type ChannelId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { dbOn, type Db, type Surroundings, type Vault } from "../../../platform/index.ts";
import { channelsSnapshot } from "../../channels/index.ts";
import type { ImportError } from "../errors.ts";
import { unpack, UnreadableFile, type Bytes } from "./lines.ts";
import { HEAD_BYTES, readShape, type FileShape } from "./shape.ts";
import { partsOf, type ImportId } from "./store.ts";

export type Upload = { readonly kind: ImportKind; readonly channelId: ChannelId; readonly fileName: string };

/** A file may have so many bytes as it comes: ten million customers in plain text. */
export const MOST_UPLOAD_BYTES = 1024 ** 3;
const PART_BYTES = 512 * 1024;

/**
 * Takes a file part by part, each sealed before it is stored [IMP-7], in memory that does not grow with the file. What is no file to be
 * imported is deleted at once. Errors: `import.channel_unknown`, `import.too_large`, `import.empty`, and what the bytes are instead.
 */
export async function takeUpload(
  { pool, snapshots, actor }: Surroundings,
  vault: Vault,
  { kind, channelId, fileName }: Upload,
  source: Bytes,
  mostBytes = MOST_UPLOAD_BYTES,
): Promise<Result<ImportId, ImportError>> {
  const { channels } = await snapshots.current(channelsSnapshot);
  if (!channels.has(channelId)) return err({ code: "import.channel_unknown", channelId });
  const db = dbOn(pool);
  const id = newId<ImportId>();
  await sql`
    insert into integrations.data_import (id, kind, channel_id, file_name, uploaded_by)
    values (${id}, ${kind}, ${channelId}, ${vault.seal(fileName)}, ${actor.staff?.id ?? null})`.execute(db);
  try {
    const stored = await storeParts(db, vault, id, source, mostBytes);
    if (stored === null) return await leave(db, id, { code: "import.too_large", mostBytes });
    const shape = await shapeOf(db, vault, id);
    if (!shape.ok) return await leave(db, id, { code: `import.${shape.error}` });
    await sql`
      update integrations.data_import set bytes = ${stored.bytes}, digest = ${stored.digest}, shape = ${JSON.stringify(shape.value)}::jsonb, state = 'waiting'
       where id = ${id}`.execute(db);
    return ok(id);
  } catch (error) {
    // Whoever sends went away in the middle, or the database did: half a file is none.
    await leave(db, id, { code: "import.empty" }).catch(() => undefined);
    throw error;
  }
}

async function leave(db: Db, id: ImportId, error: ImportError): Promise<Result<never, ImportError>> {
  await sql`delete from integrations.data_import where id = ${id}`.execute(db);
  return err(error);
}

async function storeParts(
  db: Db,
  vault: Vault,
  id: ImportId,
  source: Bytes,
  mostBytes: number,
): Promise<{ readonly bytes: number; readonly digest: Buffer } | null> {
  const hash = createHash("sha256");
  let [bytes, part] = [0, 0];
  let waiting: Buffer[] = [];
  let size = 0;
  const store = async (): Promise<void> => {
    if (size === 0) return;
    const sealed = vault.sealBytes(Buffer.concat(waiting));
    [waiting, size] = [[], 0];
    await sql`insert into integrations.import_part (import_id, part, sealed) values (${id}, ${part++}, ${sealed})`.execute(db);
  };
  for await (const chunk of source) {
    bytes += chunk.length;
    if (bytes > mostBytes) return null;
    hash.update(chunk);
    waiting.push(chunk);
    size += chunk.length;
    if (size >= PART_BYTES) await store();
  }
  await store();
  return { bytes, digest: vault.mac("import file", hash.digest("hex")) };
}

type Unfit = "empty" | "archive" | "spreadsheet" | "not_text" | "broken_gzip";

async function shapeOf(db: Db, vault: Vault, id: ImportId): Promise<Result<FileShape, Unfit>> {
  try {
    const first = await headOf(partsOf({ db }, vault, id), 2);
    const isGzip = first[0] === 0x1f && first[1] === 0x8b;
    const parts = partsOf({ db }, vault, id);
    return readShape(await headOf(isGzip ? unpack(parts) : parts, HEAD_BYTES), isGzip);
  } catch (error) {
    if (error instanceof UnreadableFile) return err(error.code === "missing_part" ? "empty" : "broken_gzip");
    throw error;
  }
}

async function headOf(source: Bytes, most: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of source) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= most) break;
  }
  return Buffer.concat(chunks).subarray(0, most);
}

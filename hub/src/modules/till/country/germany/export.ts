import { createWriteStream, type WriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { err, ok, type EntityId, type Result } from "@weft/kernel";
import { ZipFile } from "yazl";
import { placesSnapshot } from "../../../places/index.ts";
import type { ReadCtx } from "../../../../platform/index.ts";
import type { ArchivePeriod } from "../../archive/format.ts";
import type { TillError } from "../../errors.ts";
import { closedShifts, closingOf } from "./closings.ts";
import { indexXml } from "./index-xml.ts";
import { rowsOf, type DsfinvkRow } from "./rows.ts";
import { DSFINVK_TABLES, LEFT_OUT, type DsfinvkColumn, type DsfinvkFile, type DsfinvkTable } from "./tables.ts";
import type { Tse } from "./tse.ts";

type Wanted = { readonly entityId: EntityId; readonly period: ArchivePeriod; readonly tse: Tse | null; readonly softwareVersion: string };

/**
 * DSFinV-K 2.3 of a German legal entity as a ZIP [ARC-7]: every closed shift of the period with its single recordings, master data and sums.
 * Twenty files grow side by side, so they lie on the disk until they are packed; memory holds one shift. Errors: `till.entity_unknown`,
 * `till.not_its_country`, `till.nothing_to_archive`.
 */
export async function dsfinvkZip(
  ctx: Pick<ReadCtx, "db" | "snapshots">,
  { entityId, period, tse, softwareVersion }: Wanted,
): Promise<Result<Readable, TillError>> {
  const entity = (await ctx.snapshots.current(placesSnapshot)).entities.get(entityId);
  if (!entity) return err({ code: "till.entity_unknown" });
  if (entity.country !== "DE") return err({ code: "till.not_its_country" });
  const shifts = await closedShifts(ctx, entityId, period);
  if (shifts.length === 0) return err({ code: "till.nothing_to_archive" });
  const master = tse && (await tse.master().catch(() => null)); // a device that is off has signed nothing lately; what it signed before is kept
  const directory = await mkdtemp(join(tmpdir(), "weft-dsfinvk-"));
  try {
    const files = openFiles(directory);
    for (const shift of shifts) await files.add(rowsOf(await closingOf(ctx, entity, shift, { tse: master, softwareVersion })));
    await files.end();
  } catch (error) {
    await rm(directory, { recursive: true, force: true });
    throw error;
  }
  return ok(
    packed(directory, indexXml({ supplier: entity.name, place: entity.address?.city ?? "", period: `${period.from} bis ${period.until}` })),
  );
}

function openFiles(directory: string) {
  const open = new Map<DsfinvkFile, { readonly stream: WriteStream; readonly table: DsfinvkTable }>();
  for (const table of DSFINVK_TABLES) {
    const stream = createWriteStream(join(directory, table.file));
    stream.write(csv(table.columns.map(({ name }) => name)));
    open.set(table.file, { stream, table });
  }
  return {
    async add(rows: Partial<Record<DsfinvkFile, readonly DsfinvkRow[]>>): Promise<void> {
      for (const [file, { stream, table }] of open) {
        const text = (rows[file] ?? []).map((row) => csv(table.columns.map((column) => fieldText(column, row[column.name])))).join("");
        if (text !== "" && !stream.write(text)) await once(stream, "drain");
      }
    },
    end: () =>
      Promise.all([...open.values()].map(({ stream }) => new Promise<void>((done, failed) => void stream.on("error", failed).end(done)))),
  };
}

/** A text is cut to the length that the standard allows; a number has a comma, and no more decimals than it may have. */
export function fieldText({ length, decimals }: DsfinvkColumn, value: string | number | undefined): string {
  if (value === undefined) return "";
  if (typeof value === "string") return length === undefined ? value : value.slice(0, length);
  return value.toFixed(decimals ?? 0).replace(".", ",");
}

const csv = (fields: readonly string[]): string => `${fields.map(quoted).join(";")}\r\n`;
const quoted = (field: string): string => (/[";\r\n]/.test(field) ? `"${field.replaceAll('"', '""').replaceAll(/\r?\n/g, " ")}"` : field);

function packed(directory: string, index: string): Readable {
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from(index), "index.xml");
  zip.addBuffer(Buffer.from(`${LEFT_OUT.join("\r\n")}\r\n`), "LIESMICH.txt");
  for (const { file } of DSFINVK_TABLES) zip.addFile(join(directory, file), file);
  const bytes = Readable.from(zip.outputStream);
  zip.on("error", (error: Error) => bytes.destroy(error));
  zip.end();
  // Also when nobody reads to the end.
  bytes.on("close", () => void rm(directory, { recursive: true, force: true }));
  return bytes;
}

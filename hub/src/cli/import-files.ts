import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { IMPORT_FIELDS, type ImportField, type ImportKind } from "@weft/contracts";
import type { ChannelId } from "@weft/kernel";
import { channelsSnapshot } from "../modules/channels/index.ts";
import {
  importStanding,
  previewOf,
  resumableImport,
  runImport,
  startImport,
  takeUpload,
  type ImportId,
  type ImportSettingsGiven,
} from "../modules/integrations/index.ts";
import { dbOn, inTransaction, type Surroundings, type Vault } from "../platform/index.ts";

/** What the command line says of a file of customers, events or consents. */
export type FileWishes = {
  readonly kind: ImportKind;
  readonly path: string;
  /** The channel's code. */
  readonly channel: string;
  /** `{ email: "Mail privat" }`: columns that are called otherwise. */
  readonly map: Readonly<Record<string, string>>;
  readonly dateOrder: "dmy" | "mdy" | undefined;
  readonly verified: readonly ("email" | "phone")[];
  readonly because: string | null;
  readonly confirmedBecause: string | null;
  /** The version of the notice under which these people were collected, `none`, or null for the one in force [IMP-13]. */
  readonly notice: string | null;
};

/** What came of a file. */
export type FileDone = Awaited<ReturnType<typeof importStanding>>;

/** What was asked for cannot be done as it was asked. */
export class WishError extends Error {
  override readonly name = "WishError";
}

/** Another process may be at the same import: how often one looks how far it is. */
const LOOK_MS = 500;

/**
 * Imports one file as the office does: given, read by what its columns tell and what was said of them, and run to its end. A file whose run
 * was killed goes on behind its last line.
 */
export async function importFile(
  around: Surroundings,
  vault: Vault,
  wishes: FileWishes,
  watch: (done: number, of: number) => void,
): Promise<FileDone> {
  const channelId = await channelOfCode(around, wishes.channel);
  const digest = await digestOf(vault, wishes.path);
  const id =
    (await resumableImport({ db: dbOn(around.pool) }, { kind: wishes.kind, channelId, digest })) ??
    (await begin(around, vault, wishes, channelId));
  await runImport(around, vault, id, { watch: ({ readBytes, bytes }) => watch(readBytes, bytes) });
  for (;;) {
    const standing = await importStanding({ db: dbOn(around.pool) }, id);
    if (standing.state !== "running") return standing;
    // A hub that runs heard of it too, and was first.
    watch(standing.readBytes, standing.bytes);
    await pause(LOOK_MS);
  }
}

async function channelOfCode({ snapshots }: Surroundings, code: string): Promise<ChannelId> {
  const { channels } = await snapshots.current(channelsSnapshot);
  const channel = [...channels.values()].find((one) => one.code === code);
  if (channel) return channel.id;
  throw new WishError(`There is no channel ${code}. There are: ${[...channels.values()].map((one) => one.code).join(", ")}`);
}

async function digestOf(vault: Vault, path: string): Promise<Buffer> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer); // without an encoding a stream gives bytes
  return vault.mac("import file", hash.digest("hex"));
}

async function begin(around: Surroundings, vault: Vault, wishes: FileWishes, channelId: ChannelId): Promise<ImportId> {
  const { kind, path } = wishes;
  const source = createReadStream(path) as AsyncIterable<Buffer>; // the same
  const taken = await takeUpload(around, vault, { kind, channelId, fileName: basename(path) }, source);
  if (!taken.ok) throw new WishError(`${path}: ${taken.error.code}`);
  const found = await previewOf({ db: dbOn(around.pool), snapshots: around.snapshots }, vault, taken.value);
  const settings = { ...settingsFrom(found.settings, found.columns, wishes), notice: noticeOf(found.notices, wishes.notice) };
  const outcome = await inTransaction(around, (ctx) => startImport(ctx, vault, taken.value, settings));
  if (outcome.kind === "done" && !outcome.result.ok) throw new WishError(`${path}: ${JSON.stringify(outcome.result.error)}`);
  return taken.value;
}

/** The notice by its version, which is what a person can name: as the mapping screen lists those that the channel shows or has shown. */
function noticeOf(shown: readonly { readonly id: string; readonly version: string }[], version: string | null): string {
  if (version === null || version === "none") return version ?? "in_force";
  const named = shown.find((notice) => notice.version === version);
  if (named) return named.id;
  const known = shown.map((notice) => notice.version).join(", ") || "none";
  throw new WishError(`This channel never showed a notice ${JSON.stringify(version)}. It has shown: ${known}.`);
}

function settingsFrom(
  found: ImportSettingsGiven,
  columns: readonly { readonly name: string; readonly field: ImportField }[],
  { kind, map, dateOrder, verified, because, confirmedBecause }: FileWishes,
): ImportSettingsGiven {
  const chosen = columns.map(({ field }) => field);
  for (const [name, column] of Object.entries(map)) {
    const field = (IMPORT_FIELDS[kind] as readonly ImportField[]).find((one) => one === name); // its entries are fields
    const at = columns.findIndex((one) => one.name === column);
    if (field === undefined) throw new WishError(`--map takes FIELD=COLUMN, with one of the fields ${IMPORT_FIELDS[kind].join(", ")}.`);
    if (at === -1)
      throw new WishError(`There is no column ${JSON.stringify(column)}. There are: ${columns.map((one) => one.name).join(", ")}`);
    const before = chosen.indexOf(field);
    if (before !== -1 && field !== "trait" && field !== "ignore") chosen[before] = "ignore";
    chosen[at] = field;
  }
  return {
    ...found,
    columns: chosen,
    dateOrder: dateOrder ?? found.dateOrder,
    verified: { email: verified.includes("email"), phone: verified.includes("phone"), because },
    consent: { ...found.consent, confirmedBecause },
  };
}

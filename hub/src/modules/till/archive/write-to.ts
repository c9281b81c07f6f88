import type { Readable } from "node:stream";
import type { Ctx, ReadCtx } from "../../../platform/index.ts";
import { gatherArchive, type WantedArchive } from "./gather.ts";
import { archiveMade, writeHubEntry, type HubJournal } from "./hub-journal.ts";
import { writeArchive } from "./write-archive.ts";

export type WrittenArchive = {
  readonly entries: number;
  /** Says in the hub's journal that it was made [ARC-5]; for a transaction, once its file is safe. */
  readonly tell: (ctx: Ctx, fileHash: string) => Promise<void>;
};

/** Writes an archive to wherever `take` brings its bytes: a file of the command line, parts in the database. */
export async function writeArchiveTo(
  ctx: Pick<ReadCtx, "db" | "snapshots">,
  hub: HubJournal,
  wanted: WantedArchive,
  take: (bytes: Readable) => Promise<unknown>,
  told: (entries: number, of: number) => void,
): Promise<WrittenArchive> {
  const { source, expected } = await gatherArchive(ctx, hub, wanted);
  let written = 0;
  const archive = writeArchive(source, hub.signer, (more) => told((written += more), expected));
  await take(archive.bytes);
  const manifest = await archive.manifest;
  const { id: archiveId, entityId, period } = wanted;
  return {
    entries: expected,
    tell: (write, fileHash) =>
      writeHubEntry(
        write,
        hub,
        entityId,
        archiveMade({ archiveId, from: period.from, to: period.until, totals: manifest.totals, fileHash }),
      ),
  };
}

import type { ImportKind } from "@weft/contracts";
import { ok, type ChannelId, type EntityId } from "@weft/kernel";
import type { z } from "zod";
import type { ImportPreview } from "@weft/contracts";
import { upsertChannels } from "../src/modules/channels/index.ts";
import { startImport } from "../src/modules/integrations/files/commands.ts";
import { previewImport } from "../src/modules/integrations/files/preview.ts";
import type { Settings } from "../src/modules/integrations/files/read-row.ts";
import { runImport, type RunEnd } from "../src/modules/integrations/files/run-import.ts";
import { readImport, type ImportId, type StoredImport } from "../src/modules/integrations/files/store.ts";
import { takeUpload } from "../src/modules/integrations/files/upload.ts";
import { upsertEntities } from "../src/modules/places/index.ts";
import { openVault, type Vault } from "../src/platform/index.ts";
import { testId } from "./goods-hub.ts";
import { openTestHub, type TestHub } from "./hub.ts";

/** A channel in France, and one in Germany, where a yes by mail is asked for twice. */
export const OLD_SHOP: ChannelId = testId("channel", 1);
export const OLD_SHOP_DE: ChannelId = testId("channel", 2);

export type FilesHub = TestHub & {
  readonly vault: Vault;
  upload(kind: ImportKind, file: string | Buffer, channelId?: ChannelId): Promise<ImportId>;
  preview(id: ImportId, settings?: Settings): Promise<z.output<typeof ImportPreview>>;
  /** Gives a file, starts it with what was found in it, changed as told, and runs it to its end. */
  take(kind: ImportKind, file: string | Buffer, change?: (found: Settings) => Settings, channelId?: ChannelId): Promise<Taken>;
  start(id: ImportId, change?: (found: Settings) => Settings): Promise<void>;
  go(id: ImportId, batchLines?: number): Promise<RunEnd>;
  read(id: ImportId): Promise<StoredImport>;
};

export type Taken = Pick<StoredImport, "id" | "state" | "lines" | "created" | "changed" | "same" | "refused">;

/** A hub with two channels of a shop that was there before, into which files are imported. */
export async function filesHub(): Promise<FilesHub> {
  const base = await openTestHub();
  const vault = openVault("a secret of the tests, 32 letters long");
  await base.must(async (ctx) => {
    const [france, germany]: EntityId[] = [testId("entity", 1), testId("entity", 2)];
    if (!france || !germany) throw new Error("two were made");
    const rest = { vatId: null, currency: "EUR" };
    await upsertEntities(ctx, [
      { ...rest, id: france, name: "Trama", country: "FR", timeZone: "Europe/Paris" },
      { ...rest, id: germany, name: "Trama Deutschland", country: "DE", timeZone: "Europe/Berlin" },
    ]);
    const channel = { kind: "web" as const, placeId: null, vouches: false, allowedOrigins: [], app: null };
    await upsertChannels(ctx, [
      { ...channel, id: OLD_SHOP, code: "old-shop", name: "Old shop", entityId: france },
      { ...channel, id: OLD_SHOP_DE, code: "old-shop-de", name: "Old shop, Germany", entityId: germany },
    ]);
    return ok(null);
  });
  base.around.snapshots.invalidate();
  async function read(id: ImportId): Promise<StoredImport> {
    const stored = await readImport(base, id);
    if (!stored) throw new Error("there is no such import");
    return stored;
  }
  const hub: FilesHub = {
    ...base,
    vault,
    read,
    async upload(kind, file, channelId = OLD_SHOP) {
      const bytes = typeof file === "string" ? Buffer.from(file) : file;
      async function* source() {
        for (let from = 0; from < bytes.length; from += 1000) yield bytes.subarray(from, from + 1000);
      }
      const taken = await takeUpload(base.around, vault, { kind, channelId, fileName: "list.csv" }, source());
      if (!taken.ok) throw new Error(taken.error.code);
      return taken.value;
    },
    preview: async (id, settings) => previewImport({ ...base, snapshots: base.around.snapshots }, vault, await read(id), settings),
    async start(id, change = (found) => found) {
      const { settings } = await hub.preview(id);
      await base.must((ctx) => startImport(ctx, vault, id, change(settings)));
    },
    go: (id, batchLines) => runImport(base.around, vault, id, batchLines === undefined ? {} : { batchLines }),
    async take(kind, file, change, channelId) {
      const id = await hub.upload(kind, file, channelId);
      await hub.start(id, change);
      await hub.go(id);
      const { state, lines, created, changed, same, refused } = await read(id);
      return { id, state, lines, created, changed, same, refused };
    },
  };
  return hub;
}

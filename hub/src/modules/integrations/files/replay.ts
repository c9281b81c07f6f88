import { err, ok } from "@weft/kernel";
import type { Vault } from "../../../platform/index.ts";
import type { QuarantineHandler } from "../../touchpoints/index.ts";
import { readFields } from "../import/read-csv.ts";
import type { KeptFileLine } from "./put-aside.ts";
import { readRow } from "./read-row.ts";
import { readingOf } from "./run-import.ts";
import { readImport } from "./store.ts";
import { readCard } from "./vcard.ts";
import { writeRows } from "./write-rows.ts";

/** Takes a line of a file from quarantine again, mended or not, by the settings of its import. */
export const replayFileLine =
  (vault: Vault): QuarantineHandler =>
  async (ctx, { raw, context }) => {
    const { importId } = context as KeptFileLine; // what the import wrote beside it
    const imported = await readImport(ctx, importId);
    if (!imported || imported.settings === null || imported.names === null) return err({ code: "import.unknown" });
    const { kind, channelId, settings, names, uploadedAt, startedBy, shape } = imported;
    const fields = shape.format === "vcard" ? readCard(raw) : readFields(raw, settings.delimiter);
    if (!fields) return err({ code: "broken_line" });
    const row = readRow(fields, await readingOf(ctx, { kind, channelId, settings, names, uploadedAt }));
    if (!row.ok) return err(row.error);
    const own = { ...ctx, actor: { ...ctx.actor, channelId } };
    const [written] = await writeRows(own, { vault, channelId, settings, staffId: startedBy, uploadedAt }, [row.value]);
    return written?.kind === "refused" ? err(written.problem) : ok(null);
  };

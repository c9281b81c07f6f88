import { createHash } from "node:crypto";
import { asId, type ChannelId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import { quarantineAll } from "../../touchpoints/index.ts";
import type { Column } from "./columns.ts";
import type { AsideLine } from "./read-line.ts";

/** The kind under which lines of a catalog stand in quarantine. */
export const PRODUCT_LINE = "import.product_line";

/** What a line in quarantine keeps beside its text. */
export type KeptLine = { readonly line: number; readonly columns: readonly (Column | null)[] };

/** A catalog comes by no channel: its lines are known under the id that belongs to nobody. */
const NO_CHANNEL = asId<ChannelId>("00000000-0000-0000-0000-000000000000"); // the nil UUID (RFC 9562)

/** Tells quarantine of lines with their reason, each once however often its file is read [IMP-3]. */
export async function putAside(ctx: Ctx, columns: readonly (Column | null)[], lines: readonly AsideLine[]): Promise<void> {
  const keyed = new Map(lines.map((line) => [`product:${createHash("sha256").update(line.text).digest("hex")}`, line]));
  const { rows } = await sql<{ key: string }>`
    insert into integrations.refused_line (channel_id, line_key)
    select ${NO_CHANNEL}, k from unnest(${[...keyed.keys()]}::text[]) k on conflict do nothing returning line_key as key`.execute(ctx.db);
  await quarantineAll(
    ctx,
    rows.flatMap(({ key }) => {
      const line = keyed.get(key);
      if (!line) return [];
      const { number, text, reason, detail } = line;
      const context: KeptLine = { line: number, columns };
      return [
        {
          kind: PRODUCT_LINE,
          channelId: null,
          reason,
          detail: `line ${number}${detail === null ? "" : `: ${detail}`}`,
          raw: text,
          context,
        },
      ];
    }),
  );
}

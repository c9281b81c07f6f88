import { CSV_MARK, csvLine } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../../platform/index.ts";
import { waitingRaw, type QuarantineId } from "../../touchpoints/index.ts";
import { readFields } from "../import/read-csv.ts";
import type { StoredImport } from "./store.ts";
import { readCard, VCARD_HEADER } from "./vcard.ts";

const PAGE_LINES = 500;
/** What is added stands in front, so that a line that is too short stays so; it is passed over when the file is given again, mended. */
const ADDED = ["weft_line", "weft_reason", "weft_detail"] as const;

type Refusal = { readonly line: number; readonly reason: string; readonly id: QuarantineId };

/** The lines of an import that still wait, as CSV like their file, with line number and reason before them [IMP-11]. */
export async function* refusedLines(ctx: Pick<ReadCtx, "db">, { id, shape, settings, names }: StoredImport): AsyncGenerator<string> {
  const isCard = shape.format === "vcard";
  const delimiter = isCard ? "," : (settings?.delimiter ?? shape.delimiter);
  const header = isCard ? VCARD_HEADER : (names ?? []);
  yield CSV_MARK + csvLine([...ADDED, ...header.map((name, index) => name || `column_${index + 1}`)], delimiter);
  let after = 0;
  for (;;) {
    const { rows } = await sql<Refusal>`
      select line::float8 as line, reason, quarantine_id as id from integrations.import_refusal
       where import_id = ${id} and line > ${after} and quarantine_id is not null order by line limit ${PAGE_LINES}`.execute(ctx.db);
    const items = await waitingRaw(
      ctx,
      rows.map((row) => row.id),
    );
    yield rows
      .flatMap(({ line, id: itemId }) => {
        const item = items.get(itemId);
        if (!item) return [];
        const fields = (isCard ? readCard(item.raw) : readFields(item.raw, delimiter)) ?? [item.raw];
        return [csvLine([line, item.reason, item.detail, ...fields], delimiter)];
      })
      .join("");
    const last = rows.at(-1);
    if (!last || rows.length < PAGE_LINES) return;
    after = last.line;
  }
}

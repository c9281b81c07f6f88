import type { Locale } from "@weft/contracts";
import { PARITY_VERDICTS } from "@weft/contracts/client";
import { CSV_MARK, csvLine } from "@weft/kernel";
import type { ReadCtx } from "../../platform/index.ts";
import { MOST_KEPT } from "./findings.ts";
import { listDifferences, type DifferenceFilter } from "./queries.ts";

const COLUMNS = [
  "verdict",
  "window",
  "channel",
  "place",
  "sku",
  "name",
  "attribute",
  "expected",
  "shown",
  "because",
  "details",
  "since",
  "fix",
  "fix_id",
] as const;

/** So many lines are written at once. */
const LINES_AT_ONCE = 500;

/**
 * All differences of the last check as CSV, in the order of the list, by the words of the API [PAR-8]. They are read in one statement, so
 * that no file is of two checks; there are never more than a check keeps.
 */
export async function* differencesText(
  ctx: Pick<ReadCtx, "db" | "snapshots">,
  filter: Omit<DifferenceFilter, "after" | "limit">,
  locale: Locale,
): AsyncGenerator<string> {
  const differences = await listDifferences(ctx, { ...filter, after: null, limit: MOST_KEPT * PARITY_VERDICTS.length });
  yield CSV_MARK + csvLine(COLUMNS);
  for (let start = 0; start < differences.length; start += LINES_AT_ONCE)
    yield differences
      .slice(start, start + LINES_AT_ONCE)
      .map(({ verdict, window, channelName, placeName, sku, name, attribute, expected, shown, because, since, fix, fixId }) => {
        const named = name && (name[locale] || name.en);
        const details = because.data === undefined ? "" : JSON.stringify(because.data);
        return csvLine([
          verdict,
          window,
          channelName,
          placeName,
          sku,
          named,
          attribute,
          expected,
          shown,
          because.kind,
          details,
          since,
          fix,
          fixId,
        ]);
      })
      .join("");
}

import { sql } from "kysely";
import type { JobContext } from "../../platform/index.ts";
import type { FeedLine } from "./domain/index.ts";
import { digestOf, keptFeeds, linesOf, packedFeed, type FeedFacts } from "./feeds.ts";

/** Lines that are written at once. */
const LINES_AT_ONCE = 2000;

/**
 * Reads the feeds back as they were made, line by line, for the pages of a check: some lines are in memory at a time. Answers the feeds whose
 * text is not what was made, as `channel/kind/language`.
 */
export async function stageFeeds(job: JobContext): Promise<ReadonlySet<string>> {
  const changed = new Set<string>();
  await job.write(({ db }) => sql`delete from parity.feed_line`.execute(db));
  for (const feed of await keptFeeds(job.read)) {
    const packed = await packedFeed(job.read, feed);
    if (!packed) continue;
    if (digestOf(packed) !== feed.digest) changed.add(`${feed.channelId}/${feed.kind}/${feed.locale}`);
    let waiting: FeedLine[] = [];
    for await (const lines of linesOf(feed.kind, packed, new Date())) {
      waiting = waiting.concat(lines);
      if (waiting.length < LINES_AT_ONCE) continue;
      await keepLines(job, feed, waiting);
      waiting = [];
    }
    await keepLines(job, feed, waiting);
  }
  return changed;
}

/** Of two lines about one thing the first counts, as its readers take it. */
async function keepLines(job: JobContext, { channelId, kind, locale }: FeedFacts, lines: readonly FeedLine[]): Promise<void> {
  if (lines.length === 0) return;
  await job.write(({ db }) =>
    sql`
      insert into parity.feed_line (channel_id, kind, locale, sku, store_code, says)
      select ${channelId}::uuid, ${kind}, ${locale}, "sku", "storeCode", "values"
        from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as r ("sku" text, "storeCode" text, "values" jsonb)
      on conflict do nothing`.execute(db),
  );
}

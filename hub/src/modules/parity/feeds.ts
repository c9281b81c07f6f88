import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import type { Locale } from "@weft/contracts";
import type { ChannelId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../platform/index.ts";
import { readInventoryHead, readInventoryLine, readProductItems, type FeedLine } from "./domain/index.ts";

type Reader = Pick<ReadCtx, "db">;

export type FeedKind = "products" | "inventory";
export type FeedKey = { readonly kind: FeedKind; readonly channelId: ChannelId; readonly locale: Locale };

/** A feed as it was made last: with which revisions, and when. */
export type FeedFacts = FeedKey & {
  readonly madeAt: Date;
  readonly ageMs: number;
  readonly catalogRevision: number;
  readonly pricingRevision: number;
  /** Of the packed text; a feed that does not fit it was changed after it was made. */
  readonly digest: string;
};

const FACTS = sql`kind, channel_id as "channelId", locale, made_at as "madeAt", (extract(epoch from now() - made_at) * 1000)::float8 as "ageMs",
  catalog_revision as "catalogRevision", pricing_revision as "pricingRevision", digest`;

/** All feeds that were made, by channel and kind. */
export async function keptFeeds({ db }: Reader): Promise<FeedFacts[]> {
  const { rows } = await sql<FeedFacts>`select ${FACTS} from parity.feed order by channel_id, kind, locale`.execute(db);
  return rows;
}

/** One feed as it was made last; undefined when nobody has asked for it yet. */
export async function keptFeed({ db }: Reader, { kind, channelId, locale }: FeedKey): Promise<FeedFacts | undefined> {
  const { rows } = await sql<FeedFacts>`
    select ${FACTS} from parity.feed where channel_id = ${channelId} and kind = ${kind} and locale = ${locale}`.execute(db);
  return rows[0];
}

/** The packed text of a feed. */
export async function packedFeed({ db }: Reader, { kind, channelId, locale }: FeedKey): Promise<Buffer | undefined> {
  const { rows } = await sql<{ packed: Buffer }>`
    select packed from parity.feed where channel_id = ${channelId} and kind = ${kind} and locale = ${locale}`.execute(db);
  return rows[0]?.packed;
}

export type MadeFeed = Pick<FeedFacts, "madeAt" | "catalogRevision" | "pricingRevision"> & { readonly packed: Buffer };

/** Keeps a feed for every node to give out, until the next is made. One that was begun earlier does not stand in for a later one. */
export async function keepFeed({ db }: Reader, key: FeedKey, made: MadeFeed): Promise<void> {
  await sql`
    insert into parity.feed as f (channel_id, kind, locale, made_at, catalog_revision, pricing_revision, digest, packed)
    values (${key.channelId}, ${key.kind}, ${key.locale}, ${made.madeAt}, ${made.catalogRevision}, ${made.pricingRevision},
            ${digestOf(made.packed)}, ${made.packed})
    on conflict (channel_id, kind, locale) do update
       set made_at = excluded.made_at, catalog_revision = excluded.catalog_revision, pricing_revision = excluded.pricing_revision,
           digest = excluded.digest, packed = excluded.packed
     where f.made_at <= excluded.made_at`.execute(db);
}

export const digestOf = (packed: Buffer): string => createHash("sha256").update(packed).digest("base64url");

/** The lines of a packed feed, some at a time: no more of it than that is ever unpacked in memory. */
export async function* linesOf(kind: FeedKind, packed: Buffer, at: Date): AsyncGenerator<readonly FeedLine[]> {
  const text = Readable.from([packed]).pipe(createGunzip()).setEncoding("utf8");
  yield* kind === "products" ? itemsIn(text, at) : rowsIn(text, at);
}

async function* itemsIn(text: AsyncIterable<string>, at: Date): AsyncGenerator<readonly FeedLine[]> {
  let rest = "";
  for await (const chunk of text) {
    const part = readProductItems(rest + chunk, at);
    rest = part.rest;
    if (part.lines.length > 0) yield part.lines;
  }
}

async function* rowsIn(text: AsyncIterable<string>, at: Date): AsyncGenerator<readonly FeedLine[]> {
  let rest = "";
  let columns: readonly number[] | undefined;
  for await (const chunk of text) {
    const rows = (rest + chunk).split("\n");
    rest = rows.pop() ?? "";
    if (columns === undefined && rows.length > 0) columns = readInventoryHead(rows.shift() ?? "") ?? [];
    const known = columns;
    if (known !== undefined && known.length > 0) yield rows.flatMap((row) => readInventoryLine(row, known, at) ?? []);
  }
}

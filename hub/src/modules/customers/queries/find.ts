import type { ChannelId, CustomerId, RecordId } from "@weft/kernel";
import { sql, type RawBuilder } from "kysely";
import type { ReadCtx } from "../../../platform/index.ts";
import { contactIn } from "../commands/challenges.ts";
import { readSearch, type IdentifierKind, type Search } from "../domain/index.ts";
import { isLiving } from "../living.ts";
import { hashOf } from "../normalize.ts";

type Reader = Pick<ReadCtx, "db" | "snapshots">;

/** What `loyalty`, which stands above, knows of cards. */
export type CardPorts = {
  recordOfCard(ctx: Pick<ReadCtx, "db">, cardNumber: string): Promise<RecordId | null>;
  readCardToken(token: string): Promise<RecordId | null>;
};

export type FindOptions = {
  /** Whose country a phone without prefix is of. */
  readonly channelId: ChannelId | null;
  /** Only customers whom this channel has a record of. */
  readonly onlyOnChannel: ChannelId | null;
  readonly limit: number;
  /** Where the page before ended. */
  readonly after: FoundPosition | null;
};

/** The sort values of a hit: an exact one has none. */
export type FoundPosition = { readonly word: string; readonly other: string; readonly seen: string; readonly id: string };
export type Found = { readonly customerId: CustomerId } & FoundPosition;

/** Whoever has more hits than this by one value types more of it. */
const MOST_RECORDS = 200;
/** At most this many words of the dictionary are followed for one part of a name. */
const MOST_WORDS = 30;
/** The last character of Unicode: ranges are prefixes, and stay one in a generic plan where `like $1 || '%'` would scan. */
const END = "\u{10FFFF}";

/** Customers by anything that tells who they are, the best first [IDN-16]. */
export async function findCustomers(ctx: Reader, text: string, options: FindOptions, cards: CardPorts): Promise<Found[]> {
  const search = readSearch(text);
  if (search.kind === "name") return findByName(ctx, search.words, options);
  const records = await recordsFor(ctx, search, options, cards);
  const { rows } = await sql<{ customerId: CustomerId }>`
    select customer as "customerId" from (
      select distinct customers.customer_of(r.id) as customer from customers.source_record r
       where r.id = any (${records}::uuid[]) and r.state = 'known') hits
     where (${options.after === null} or customer > ${options.after?.id ?? null}::uuid) and ${onChannel(sql`customer`, options)}
     order by customer limit ${options.limit}`.execute(ctx.db);
  return rows.map(({ customerId }) => ({ customerId, word: "", other: "", seen: "", id: customerId }));
}

async function recordsFor(
  ctx: Reader,
  search: Exclude<Search, { kind: "name" }>,
  options: FindOptions,
  cards: CardPorts,
): Promise<RecordId[]> {
  switch (search.kind) {
    case "card_token":
      return some(await cards.readCardToken(search.token));
    case "email": {
      const contact = await contactIn(ctx, search.text, options.channelId);
      return contact ? recordsWith(ctx, contact.kind, contact.address) : [];
    }
    case "last_digits":
      return recordsByLastDigits(ctx, search.digits);
    case "number": {
      const contact = await contactIn(ctx, search.text, options.channelId);
      const byPhone = contact ? await recordsWith(ctx, contact.kind, contact.address) : [];
      return byPhone.length > 0 ? byPhone : byCode(ctx, search.text, options, cards);
    }
    case "code":
      return byCode(ctx, search.text, options, cards);
  }
}

const some = (record: RecordId | null): RecordId[] => (record ? [record] : []);

async function byCode(ctx: Reader, text: string, { onlyOnChannel, channelId }: FindOptions, cards: CardPorts): Promise<RecordId[]> {
  const member = await cards.recordOfCard(ctx, text);
  if (member) return [member];
  const card = await recordsWith(ctx, "card", text);
  if (card.length > 0) return card;
  const channel = onlyOnChannel ?? channelId;
  return channel ? recordsWith(ctx, "external", `${channel}:${text}`) : [];
}

async function recordsWith(ctx: Reader, kind: IdentifierKind, value: string): Promise<RecordId[]> {
  const { rows } = await sql<{ id: RecordId }>`
    select ri.record_id as id from customers.identifier i join customers.record_identifier ri on ri.identifier_id = i.id and ri.valid_to is null
     where i.kind = ${kind} and i.value_hash = ${hashOf(kind, value)} limit ${MOST_RECORDS}`.execute(ctx.db);
  return rows.map(({ id }) => id);
}

async function recordsByLastDigits(ctx: Reader, digits: string): Promise<RecordId[]> {
  const { rows } = await sql<{ id: RecordId }>`
    select ri.record_id as id
      from (select id from customers.identifier where kind = 'phone' and ${phoneEndsWith(digits)} limit ${MOST_RECORDS}) i
      join customers.record_identifier ri on ri.identifier_id = i.id and ri.valid_to is null`.execute(ctx.db);
  return rows.map(({ id }) => id);
}

/** A prefix of the reversed number, as its index has it. */
export function phoneEndsWith(digits: string): RawBuilder<boolean> {
  const start = [...digits].toReversed().join("");
  return sql`reverse(value_norm) collate "C" >= ${start}::text and reverse(value_norm) collate "C" < ${start + END}::text`;
}

/** Which of these customers a channel's own key may see: null stands for all. */
function onChannel(customer: RawBuilder<unknown>, { onlyOnChannel }: FindOptions): RawBuilder<boolean> {
  // Most customers have the record that they are named by on that channel: one look-up by key instead of a walk over their records.
  return sql`(${onlyOnChannel}::uuid is null
    or exists (select from customers.source_record s where s.id = ${customer} and s.channel_id = ${onlyOnChannel}::uuid)
    or exists (select from customers.records_of(${customer}) own join customers.source_record s on s.id = own where s.channel_id = ${onlyOnChannel}::uuid))`;
}

/** Words of the dictionary that begin with a part, else those that have it in their middle, then their people, the newest first. */
async function findByName(ctx: Reader, words: readonly string[], options: FindOptions): Promise<Found[]> {
  const [longest = "", second] = [...words].sort((a, b) => b.length - a.length);
  if (longest === "") return [];
  return second === undefined ? byOneWord(ctx, longest, options) : byTwoWords(ctx, longest, second, words, options);
}

async function byOneWord(ctx: Reader, word: string, options: FindOptions): Promise<Found[]> {
  const newest = await oneWordHits(ctx, word, options, false);
  // Only when somebody else's customer is among the newest of these words are the channel's own looked for one by one.
  return newest.every(({ isVisible }) => isVisible) ? newest : oneWordHits(ctx, word, options, true);
}

type Hit = Found & { readonly isVisible: boolean };

async function oneWordHits(ctx: Reader, word: string, options: FindOptions, isExact: boolean): Promise<Hit[]> {
  const { limit, after } = options;
  const seen = sql`${after?.seen || null}::timestamptz`;
  const { rows } = await sql<Hit>`
    with starts as materialized (select word from customers.name_word where word >= ${word} and word < ${word + END} order by word limit ${MOST_WORDS}),
    words as materialized (
      select word from starts
      union all
      (select word from customers.name_word
        where word like ${`%${word}%`} and ${word.length >= 3} and (select count(*) from starts) = 0 order by word limit ${MOST_WORDS})
    ), hits as (
      select n.customer_id, max(n.last_seen) as seen from words cross join lateral (
        select customer_id, last_seen from customers.name_index n
         where n.word = words.word and ${isLiving("n")}
           and (${after === null} or (n.last_seen <= ${seen} and (n.last_seen < ${seen} or n.customer_id > ${after?.id ?? null}::uuid)))
           and (${!isExact} or ${onChannel(sql`n.customer_id`, options)})
         order by n.last_seen desc, n.customer_id limit ${limit}) n
       group by n.customer_id
    )
    select customer_id as "customerId", '' as word, '' as other, seen::text as seen, customer_id::text as id,
           ${isExact} or ${onChannel(sql`top.customer_id`, options)} as "isVisible"
      from (select * from hits order by seen desc, customer_id limit ${limit}) top order by top.seen desc, customer_id`.execute(ctx.db);
  return rows;
}

async function byTwoWords(ctx: Reader, first: string, second: string, all: readonly string[], options: FindOptions): Promise<Found[]> {
  const others = all.filter((word) => word !== first && word !== second);
  const parts = { first, second, others };
  const hits = await twoWordHits(ctx, parts, options, false);
  const found = hits.every(({ isVisible }) => isVisible) ? hits : await twoWordHits(ctx, parts, options, true);
  return onePerCustomer(found);
}

type Parts = { readonly first: string; readonly second: string; readonly others: readonly string[] };

/** Two parts in either order, each the beginning of a word; further parts must be words of the person as well. */
async function twoWordHits(ctx: Reader, { first, second, others }: Parts, options: FindOptions, isExact: boolean): Promise<Hit[]> {
  const { limit, after } = options;
  const { rows } = await sql<Hit>`
    with words as materialized (select word from customers.name_word where word >= ${first} and word < ${first + END} order by word limit ${MOST_WORDS}),
    hits as (
      select n.customer_id, words.word, n.other from words cross join lateral (
        select customer_id, other from customers.name_pair n
         where n.word = words.word and n.other >= ${second} and n.other < ${second + END} and ${isLiving("n")}
           and (${after === null} or (n.word, n.other, n.customer_id) > (${after?.word ?? ""}, ${after?.other ?? ""}, ${after?.id ?? null}::uuid))
           and not exists (select from unnest(${[...others]}::text[]) part where not exists (
                 select from customers.name_index x where x.customer_id = n.customer_id and ${isLiving("x")} and x.word >= part and x.word < part || ${END}))
           and (${!isExact} or ${onChannel(sql`n.customer_id`, options)})
         order by n.other, n.customer_id limit ${limit}) n
    )
    select customer_id as "customerId", word, other, '' as seen, customer_id::text as id,
           ${isExact} or ${onChannel(sql`top.customer_id`, options)} as "isVisible"
      from (select * from hits order by word, other, customer_id limit ${limit}) top order by word, other, customer_id`.execute(ctx.db);
  return rows;
}

/** One who is called `Mar Marti` stands there twice. */
function onePerCustomer(found: readonly Found[]): Found[] {
  const first = new Map<CustomerId, Found>();
  for (const hit of found) if (!first.has(hit.customerId)) first.set(hit.customerId, hit);
  return [...first.values()];
}

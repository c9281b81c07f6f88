import type { ChannelId, CustomerId, RecordId } from "@weft/kernel";
import { sql, type RawBuilder } from "kysely";
import { idList, type Ctx, type ReadCtx } from "../../../platform/index.ts";
import { contactIn } from "../commands/challenges.ts";
import { readSearch, type IdentifierKind, type Search } from "../domain/index.ts";
import { isLiving } from "../living.ts";
import { hashOf } from "../normalize.ts";
import { isOnChannels } from "./visible.ts";

type Reader = Pick<ReadCtx, "db" | "snapshots" | "now">;

/** What `loyalty`, which stands above, knows of cards. */
export type CardPorts = {
  recordOfCard(ctx: Pick<ReadCtx, "db">, cardNumber: string): Promise<RecordId | null>;
  readCardToken(ctx: Pick<ReadCtx, "now">, token: string): Promise<RecordId | null>;
  /** Notes to whom a card was shown; false when its code was shown to another till before, and is a copy. */
  claimShownCard(ctx: Ctx, text: string): Promise<boolean>;
};

export type FindOptions = {
  /** Whose country a phone without prefix is of. */
  readonly channelId: ChannelId | null;
  /** Only customers with a record on these channels: null for all. */
  readonly channels: readonly ChannelId[] | null;
  /** The same for whoever shows their card [IDN-19]; as `channels` when it is left out. */
  readonly cardChannels?: readonly ChannelId[] | null;
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
/** Letters that a part must have to be looked for in the middle of words. */
const LEAST_IN_MIDDLE = 3;
/** The last character of Unicode: ranges are prefixes, and stay one in a generic plan where `like $1 || '%'` would scan. */
const END = "\u{10FFFF}";

/** Customers by anything that tells who they are, the best first [IDN-16]. */
export async function findCustomers(ctx: Reader, text: string, options: FindOptions, cards: CardPorts): Promise<Found[]> {
  const search = readSearch(text);
  if (search.kind === "name") return findByName(ctx, search.words, options);
  const { records, byCard } = await recordsFor(ctx, search, options, cards);
  const channels = byCard && options.cardChannels !== undefined ? options.cardChannels : options.channels;
  // Sorted first and not looked into before: customers are read only until the page is full.
  const { rows } = await sql<{ customerId: CustomerId }>`
    select customer as "customerId" from (
      select distinct coalesce(rc.customer_id, r.id) as customer
        from unnest(${idList(records)}) as r (id) left join customers.read_joined rc on rc.record_id = r.id
       order by 1 offset 0) hits
     where (${options.after === null} or customer > ${options.after?.id ?? null}::uuid)
       and exists (select from customers.source_record s where s.id = customer and s.state = 'known')
       and ${isOnChannels(sql`customer`, channels)}
     order by customer limit ${options.limit}`.execute(ctx.db);
  return rows.map(({ customerId }) => ({ customerId, word: "", other: "", seen: "", id: customerId }));
}

async function recordsFor(
  ctx: Reader,
  search: Exclude<Search, { kind: "name" }>,
  options: FindOptions,
  cards: CardPorts,
): Promise<FoundRecords> {
  switch (search.kind) {
    case "card_token":
      return shown(some(await cards.readCardToken(ctx, search.token)));
    case "email": {
      const contact = await contactIn(ctx, search.text, options.channelId);
      return named(contact ? await recordsWith(ctx, contact.kind, contact.address) : []);
    }
    case "last_digits":
      return named(await recordsByLastDigits(ctx, search.digits));
    case "number": {
      const contact = await contactIn(ctx, search.text, options.channelId);
      const byPhone = contact ? await recordsWith(ctx, contact.kind, contact.address) : [];
      return byPhone.length > 0 ? named(byPhone) : byCode(ctx, search.text, options, cards);
    }
    case "code":
      return byCode(ctx, search.text, options, cards);
  }
}

/** Records, and whether they were found by a card, which its owner showed. */
type FoundRecords = { readonly records: readonly RecordId[]; readonly byCard: boolean };

const some = (record: RecordId | null): RecordId[] => (record ? [record] : []);
const named = (records: readonly RecordId[]): FoundRecords => ({ records, byCard: false });
const shown = (records: readonly RecordId[]): FoundRecords => ({ records, byCard: true });

async function byCode(ctx: Reader, text: string, { channelId }: FindOptions, cards: CardPorts): Promise<FoundRecords> {
  const card = await recordsOfCard(ctx, text, cards);
  if (card.length > 0) return shown(card);
  return named(channelId ? await recordsWith(ctx, "external", `${channelId}:${text}`) : []);
}

async function recordsOfCard(ctx: Reader, text: string, cards: Pick<CardPorts, "recordOfCard">): Promise<RecordId[]> {
  const member = await cards.recordOfCard(ctx, text);
  return member ? [member] : recordsWith(ctx, "card", text);
}

/** The records of the card that somebody shows: the text of its QR, or its number. None when it is no card. */
export async function recordsOfShownCard(
  ctx: Reader,
  text: string,
  cards: Pick<CardPorts, "recordOfCard" | "readCardToken">,
): Promise<RecordId[]> {
  const search = readSearch(text);
  if (search.kind === "card_token") return some(await cards.readCardToken(ctx, search.token));
  return search.kind === "number" || search.kind === "code" ? recordsOfCard(ctx, search.text, cards) : [];
}

async function recordsWith(ctx: Reader, kind: IdentifierKind, value: string): Promise<RecordId[]> {
  const { rows } = await sql<{ id: RecordId }>`
    select ri.record_id as id from customers.identifier i join customers.record_identifier ri on ri.identifier_id = i.id and ri.valid_to is null
     where i.kind = ${kind} and i.value_hash = ${hashOf(kind, value)} limit ${MOST_RECORDS}`.execute(ctx.db);
  return rows.map(({ id }) => id);
}

async function recordsByLastDigits(ctx: Reader, digits: string): Promise<RecordId[]> {
  const { rows } = await sql<{ id: RecordId }>`
    select record_id as id from customers.contact_point where ${isPhoneEndingIn(digits)} limit ${MOST_RECORDS}`.execute(ctx.db);
  return rows.map(({ id }) => id);
}

/** Whether a contact point is a phone with these last digits: a prefix of the reversed number, as its index has it. */
export function isPhoneEndingIn(digits: string): RawBuilder<boolean> {
  const start = [...digits].toReversed().join("");
  return sql`kind = 'phone' and state <> 'withdrawn'
    and reverse(address) collate "C" >= ${start}::text and reverse(address) collate "C" < ${start + END}::text`;
}

/** Words of the dictionary, then their people, the newest first. */
async function findByName(ctx: Reader, words: readonly string[], options: FindOptions): Promise<Found[]> {
  const [longest = "", second] = [...words].sort((a, b) => b.length - a.length);
  if (longest === "") return [];
  return second === undefined ? byOneWord(ctx, longest, options) : byTwoWords(ctx, longest, second, words, options);
}

async function byOneWord(ctx: Reader, part: string, options: FindOptions): Promise<Found[]> {
  const words = await wordsWith(ctx, part);
  if (words.length === 0) return [];
  const newest = await oneWordHits(ctx, words, options, false);
  // Only when somebody else's customer is among the newest of these words are the channel's own looked for one by one.
  return newest.every(({ isVisible }) => isVisible) ? newest : oneWordHits(ctx, words, options, true);
}

/** Words of the dictionary that begin with a part, else those that have it in their middle. */
async function wordsWith(ctx: Reader, part: string): Promise<string[]> {
  const starts = await sql<{ word: string }>`
    select word from customers.name_word where word >= (select ${part}::text) and word < (select ${part + END}::text)
     order by word limit ${MOST_WORDS}`.execute(ctx.db);
  if (starts.rows.length > 0 || part.length < LEAST_IN_MIDDLE) return starts.rows.map(({ word }) => word);
  // Planned for each part: only then does PostgreSQL see that the trigrams of this one lead to few words.
  const middles = await sql<{ word: string }>`
    select word from customers.name_word where word like ${`%${part}%`} order by word limit ${MOST_WORDS}`.execute(ctx.db);
  return middles.rows.map(({ word }) => word);
}

type Hit = Found & { readonly isVisible: boolean };

async function oneWordHits(ctx: Reader, words: readonly string[], options: FindOptions, isExact: boolean): Promise<Hit[]> {
  const { limit, after } = options;
  // Parameters in selects of their own, as in `idList`: half a millisecond of planning for each look otherwise.
  const seen = sql`(select coalesce(${after?.seen || null}::timestamptz, 'infinity'))`;
  const most = sql`(select ${limit}::integer)`;
  const { rows } = await sql<Hit>`
    with hits as (
      select n.customer_id, max(n.last_seen) as seen from unnest((select ${[...words]}::text[])) as w (word) cross join lateral (
        select customer_id, last_seen from customers.name_index n
         where n.word = w.word and ${isLiving("n")}
           and n.last_seen <= ${seen} and (n.last_seen < ${seen} or n.customer_id > ${after?.id ?? null}::uuid)
           and ${isExact ? isOnChannels(sql`n.customer_id`, options.channels) : sql`true`}
         order by n.last_seen desc, n.customer_id limit ${most}) n
       group by n.customer_id
    )
    select customer_id as "customerId", '' as word, '' as other, seen::text as seen, customer_id::text as id,
           ${isExact ? sql`true` : isOnChannels(sql`top.customer_id`, options.channels)} as "isVisible"
      from (select * from hits order by seen desc, customer_id limit ${most}) top order by top.seen desc, customer_id`.execute(ctx.db);
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
    with words as materialized (select word from customers.name_word where word >= (select ${first}::text) and word < (select ${first + END}::text) order by word limit ${MOST_WORDS}),
    hits as (
      select n.customer_id, words.word, n.other from words cross join lateral (
        select customer_id, other from customers.name_pair n
         where n.word = words.word and n.other >= (select ${second}::text) and n.other < (select ${second + END}::text) and ${isLiving("n")}
           and (${after === null} or (n.word, n.other, n.customer_id) > (${after?.word ?? ""}, ${after?.other ?? ""}, ${after?.id ?? null}::uuid))
           and not exists (select from unnest(${[...others]}::text[]) part where not exists (
                 select from customers.name_index x where x.customer_id = n.customer_id and ${isLiving("x")} and x.word >= part and x.word < part || ${END}))
           and ${isExact ? isOnChannels(sql`n.customer_id`, options.channels) : sql`true`}
         order by n.other, n.customer_id limit ${limit}) n
    )
    select customer_id as "customerId", word, other, '' as seen, customer_id::text as id,
           ${isExact ? sql`true` : isOnChannels(sql`top.customer_id`, options.channels)} as "isVisible"
      from (select * from hits order by word, other, customer_id limit ${limit}) top order by word, other, customer_id`.execute(ctx.db);
  return rows;
}

/** One who is called `Mar Marti` stands there twice. */
function onePerCustomer(found: readonly Found[]): Found[] {
  const first = new Map<CustomerId, Found>();
  for (const hit of found) if (!first.has(hit.customerId)) first.set(hit.customerId, hit);
  return [...first.values()];
}

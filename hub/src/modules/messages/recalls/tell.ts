import type { Locale } from "@weft/contracts";
import type { MessageId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx, ReadCtx } from "../../../platform/index.ts";
import { nameOfRecalled, recallById, type RecallId, type StoredRecall } from "../../batches/index.ts";
import { catalogSnapshot } from "../../catalog/index.ts";
import { namesOf, type BuyerCalledBack, type BuyerId } from "../../orders/index.ts";
import { reachOfBuyer } from "../buyer.ts";
import { queueMessage } from "../commands.ts";
import { recallMail, recallText, type Brand, type RecallNews } from "../templates/index.ts";
import type { RecallOutcome } from "./settle.ts";

/** The first half of the advisory lock of a recall: two jobs of one recall must not write to one customer by two records. */
const TELL_LOCK = 7_461_313;

/** A recall whose buyers are told; undefined before somebody said so, and when it was lifted. */
export async function recallToTell(ctx: Pick<ReadCtx, "db">, id: RecallId): Promise<StoredRecall | undefined> {
  const recall = await recallById(ctx, id);
  return recall && recall.tellingSince !== null && recall.liftedAt === null ? recall : undefined;
}

/** Writes to some buyers of a recall, whom nobody told by another record of theirs. False where nobody is to be told any longer. */
export async function tellSome(ctx: Ctx, brand: Brand, id: RecallId, buyers: readonly BuyerCalledBack[]): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(${TELL_LOCK}::integer, hashtext(${id}))`.execute(ctx.db);
  const recall = await recallToTell(ctx, id);
  if (!recall) return false;
  const before = await toldBefore(
    ctx,
    id,
    buyers.map(({ buyerId }) => buyerId),
  );
  const reachedNow = new Map<string, Written>();
  const told: (Written & { readonly buyerId: BuyerId })[] = [];
  for (const buyer of buyers) {
    const { buyerId } = buyer;
    const { customerId, isTold, reached } = before.get(buyerId) ?? { customerId: buyerId, isTold: false, reached: null };
    if (isTold) continue;
    const written = reached ?? reachedNow.get(customerId) ?? (await writeTo(ctx, brand, recall, buyer));
    if (written.outcome !== "no_address") reachedNow.set(customerId, written);
    told.push({ buyerId, ...written });
  }
  await keepTold(ctx, id, told);
  return true;
}

type Written = { readonly outcome: RecallOutcome; readonly messageId: MessageId | null };
type Before = {
  readonly customerId: string;
  readonly isTold: boolean;
  /** By another record of theirs. One that could not be reached says nothing: this one may have been bought with an address. */
  readonly reached: Written | null;
};

/** What buyers were told before, by any record of the customers that they are now. */
async function toldBefore(ctx: Ctx, id: RecallId, buyers: readonly BuyerId[]): Promise<ReadonlyMap<BuyerId, Before>> {
  const { rows } = await sql<{ buyerId: BuyerId } & Before>`
    select b.id as "buyerId", coalesce(m.customer_id, b.id) as "customerId", coalesce(t.is_told, false) as "isTold", t.reached
      from unnest(${[...buyers]}::uuid[]) b (id)
      left join customers.read_record_customer m on m.record_id = b.id
      left join lateral (
        select bool_or(r.record_id = b.id) as is_told,
               (array_agg(json_build_object('outcome', r.outcome, 'messageId', r.message_id)) filter (where r.outcome <> 'no_address'))[1] as reached
          from messages.recall_receiver r
         where r.recall_id = ${id}
           and r.record_id = any (array(select o.record_id from customers.read_record_customer o where o.customer_id = m.customer_id) || b.id)) t on true`.execute(
    ctx.db,
  );
  return new Map(rows.map(({ buyerId, ...before }) => [buyerId, before]));
}

async function keepTold(ctx: Ctx, id: RecallId, told: readonly (Written & { readonly buyerId: BuyerId })[]): Promise<void> {
  if (told.length === 0) return;
  const columns = [told.map(({ buyerId }) => buyerId), told.map(({ outcome }) => outcome), told.map(({ messageId }) => messageId)] as const;
  await sql`
    insert into messages.recall_receiver (recall_id, record_id, outcome, message_id, at)
    select ${id}, t.buyer, t.outcome, t.message, ${ctx.now}
      from unnest(${columns[0]}::uuid[], ${columns[1]}::text[], ${columns[2]}::uuid[]) as t (buyer, outcome, message)`.execute(ctx.db);
}

async function writeTo(ctx: Ctx, brand: Brand, recall: StoredRecall, buyer: BuyerCalledBack): Promise<Written> {
  const { recordId, orderId, channelId } = buyer;
  const { email, phone, locale } = await reachOfBuyer(ctx, orderId, recordId, channelId);
  const to = phone ?? email;
  if (to === null) return { outcome: "no_address", messageId: null };
  const news = await newsFor(ctx, recall, buyer, locale);
  const messageId = await queueMessage(ctx, {
    recordId,
    kind: phone === null ? "email" : "sms",
    template: "recall",
    channelId,
    to,
    rendered: phone === null ? recallMail(brand, locale, news) : recallText(brand, locale, news),
    // What nobody is known by has one cause for each address that was left.
    cause: recordId === null ? `recall ${recall.id} ${orderId}` : `recall ${recall.id}`,
  });
  return { outcome: "queued", messageId };
}

async function newsFor(
  ctx: Ctx,
  recall: StoredRecall,
  { number, placeId, at, timeZone, trace }: BuyerCalledBack,
  locale: Locale,
): Promise<RecallNews> {
  const name = nameOfRecalled(await ctx.snapshots.current(catalogSnapshot), recall);
  const inLanguage = (text: typeof recall.reason): string => text[locale] ?? text.en;
  return {
    name: inLanguage(name),
    batch: trace?.batch ?? null,
    serial: trace?.serial ?? null,
    orderNumber: number,
    placeName: placeId && (await namesOf(ctx.snapshots)).placeName(placeId),
    day: new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone }).format(at),
    reason: inLanguage(recall.reason),
    advice: recall.advice && inLanguage(recall.advice),
  };
}

import type { Locale } from "@weft/contracts";
import type { MessageId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import { nameOfRecalled, recallById, type RecallId, type StoredRecall } from "../../batches/index.ts";
import { catalogSnapshot } from "../../catalog/index.ts";
import { customerOf, recordsOf } from "../../customers/index.ts";
import { buyersCalledBack, namesOf, type BuyerCalledBack } from "../../orders/index.ts";
import { reachOfBuyer } from "../buyer.ts";
import { queueMessage } from "../commands.ts";
import { recallMail, recallText, type Brand, type RecallNews } from "../templates/index.ts";
import type { RecallOutcome } from "./settle.ts";

/** People that one transaction writes to. */
const STEP_PEOPLE = 100;
/** The first half of the advisory lock of a recall: two jobs of one recall must not write to one customer by two records. */
const TELL_LOCK = 7_461_313;

/** Writes to the next buyers of a recall, behind a record. Answers the last of them; null when there are no more, or nobody is to be told any longer. */
export async function tellSome(ctx: Ctx, brand: Brand, id: RecallId, after: RecordId | null): Promise<RecordId | null> {
  await sql`select pg_advisory_xact_lock(${TELL_LOCK}::integer, hashtext(${id}))`.execute(ctx.db);
  const recall = await recallById(ctx, id);
  if (!recall || recall.tellingSince === null || recall.liftedAt !== null) return null;
  const buyers = await buyersCalledBack(ctx, recall, { after, limit: STEP_PEOPLE });
  for (const buyer of buyers) await tellOne(ctx, brand, recall, buyer);
  return buyers.length === STEP_PEOPLE ? (buyers.at(-1)?.recordId ?? null) : null;
}

type Told = { readonly recordId: RecordId; readonly outcome: RecallOutcome; readonly messageId: MessageId | null };

/** Writes to a buyer, whom nobody told by another record of theirs. */
async function tellOne(ctx: Ctx, brand: Brand, recall: StoredRecall, buyer: BuyerCalledBack): Promise<void> {
  const own = await recordsOf(ctx, await customerOf(ctx, buyer.recordId));
  const { rows } = await sql<Told>`
    select record_id as "recordId", outcome, message_id as "messageId" from messages.recall_receiver
     where recall_id = ${recall.id} and record_id = any (${[buyer.recordId, ...own]}::uuid[])`.execute(ctx.db);
  if (rows.some(({ recordId }) => recordId === buyer.recordId)) return;
  // Another record that could not be reached says nothing of this one: it may have been bought with an address.
  const before = rows.find(({ outcome }) => outcome !== "no_address");
  const { outcome, messageId } = before ?? (await writeTo(ctx, brand, recall, buyer));
  await sql`
    insert into messages.recall_receiver (recall_id, record_id, outcome, message_id, at)
    values (${recall.id}, ${buyer.recordId}, ${outcome}, ${messageId}, ${ctx.now})`.execute(ctx.db);
}

async function writeTo(ctx: Ctx, brand: Brand, recall: StoredRecall, buyer: BuyerCalledBack): Promise<Omit<Told, "recordId">> {
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
    cause: `recall ${recall.id}`,
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

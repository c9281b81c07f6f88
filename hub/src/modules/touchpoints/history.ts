import { newId, type ChannelId, type PlaceId, type RecordId } from "@weft/kernel";
import type { Ctx } from "../../platform/index.ts";
import { journeyOf, type FactKind, type SentKind, type Touch, type TouchId } from "./domain.ts";
import { messageKey } from "./keys.ts";
import { createRecordCache } from "./record-cache.ts";
import { insertTouches } from "./store.ts";

/** Something that happened before the hub was there. */
export type PastTouch = {
  /** What makes it one, however often it is imported: `order/<id>`. */
  readonly source: string;
  readonly recordId: RecordId;
  readonly channelId: ChannelId;
  readonly placeId: PlaceId | null;
  readonly kind: FactKind | SentKind;
  readonly name: string | null;
  readonly at: Date;
  readonly reference: { readonly kind: string; readonly id: string } | null;
  readonly data: Readonly<Record<string, unknown>>;
  /** The sender's own id of it: what an event client sent already is the same and is not written again [TCH-1]. */
  readonly messageId?: string;
};

/** Writes history to the timelines, many entries in one statement. Coming again, an entry is not written again. Answers how many were new. */
export async function writeHistory(ctx: Pick<Ctx, "db" | "now">, past: readonly PastTouch[]): Promise<number> {
  const receivedAt = ctx.now.toISOString();
  const touches = past.map(({ source, recordId, at, data, messageId, ...rest }): Touch => ({
    ...rest,
    id: newId<TouchId>(),
    key: messageKey(messageId === undefined ? `${rest.channelId}\nhistory\n${source}` : `${rest.channelId}\n${messageId}`, at.getTime()),
    holder: { recordId },
    messageId: null,
    occurredAt: at.toISOString(),
    receivedAt,
    sentAt: null,
    originalAt: null,
    fingerprint: null,
    payload: JSON.stringify(data),
    journeyRef: journeyOf(rest.reference),
    shown: null,
  }));
  return insertTouches(ctx.db, touches, createRecordCache(1), new Map());
}

import type { ChannelId, RecordId } from "@weft/kernel";
import type { ReadCtx } from "../../platform/index.ts";
import { preferencesOf, recordSetsOf, type Preferences } from "../consent/index.ts";
import { reachOf } from "../customers/index.ts";

type Reader = Pick<ReadCtx, "db" | "snapshots">;

/** How somebody wants to be written to on a channel. */
export async function wishesOf(ctx: Reader, recordId: RecordId, channelId: ChannelId | null): Promise<Preferences> {
  return preferencesOf(ctx, (await recordSetsOf(ctx, recordId)).customer, channelId);
}

/** The language that somebody reads: the one they asked for, else that of their profile. */
export async function languageOf(ctx: Reader, recordId: RecordId, channelId: ChannelId | null): Promise<string | null> {
  const { language } = await wishesOf(ctx, recordId, channelId);
  return language ?? (await reachOf(ctx, recordId)).locale;
}

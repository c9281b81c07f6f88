import type { ChannelId } from "@weft/kernel";
import type { Ctx } from "../../platform/index.ts";
import type { KeyKind } from "./domain/index.ts";
import type { KeyId } from "./snapshot.ts";

/** A key as the office lists it, living or revoked. */
export type KnownKey = {
  readonly id: KeyId;
  readonly channelId: ChannelId;
  readonly kind: KeyKind;
  readonly display: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
};

/** The keys of a channel, or of all (`null`), oldest first. */
export async function keysOf(ctx: Pick<Ctx, "db">, channelId: ChannelId | null): Promise<KnownKey[]> {
  const rows = await ctx.db
    .selectFrom("channels.key")
    .select([
      "id",
      "channel_id as channelId",
      "kind",
      "display",
      "created_at as createdAt",
      "last_used_at as lastUsedAt",
      "revoked_at as revokedAt",
    ])
    .$if(channelId !== null, (query) => query.where("channel_id", "=", channelId))
    .orderBy("id")
    .execute();
  return rows as KnownKey[]; // brands and unions exist only in types
}

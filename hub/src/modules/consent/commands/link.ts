import type { MessageId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx, Vault } from "../../../platform/index.ts";
import type { PreferenceLink } from "../queries.ts";
import { linkToken, tokenHash } from "../tokens.ts";

export type NewLink = PreferenceLink & { readonly messageId: MessageId };

/** Makes the link of a message to its preference page, once, and answers its token: 128 bits that nobody can guess [CNS-9]. */
export async function makeLink(ctx: Pick<Ctx, "db" | "now">, vault: Vault, link: NewLink): Promise<string> {
  const token = linkToken(vault, "preference link", link.messageId);
  await sql`
    insert into consent.link (token_hash, record_id, purpose, topic, channel_kind, channel_id, created_at)
    values (${tokenHash(token)}, ${link.recordId}, ${link.purpose}, ${link.topic}, ${link.channelKind}, ${link.channelId}, ${ctx.now})
    on conflict (token_hash) do nothing`.execute(ctx.db);
  return token;
}

import type { Id } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import { grantHolderOf } from "../queries.ts";

/** What was shown opens its object for so long [ACC-12]. */
const GRANT_MINUTES = 30;

/**
 * Keeps that a customer showed the caller something that names one object: `record/<id>` for a card, `order/<id>` for its number or receipt.
 * It opens that object and nothing beside it, until it runs out or the session ends [ACC-12]. Answers when it runs out.
 */
export async function grantShown(ctx: Ctx, subject: string, proof: string): Promise<Date> {
  const expiresAt = new Date(ctx.now.getTime() + GRANT_MINUTES * 60_000);
  await sql`
    insert into access.grant (id, holder, subject, proof, expires_at)
    values (${ctx.newId<Id<"grant">>()}, ${grantHolderOf(ctx.actor)}, ${subject}, ${proof}, ${expiresAt})`.execute(ctx.db);
  return expiresAt;
}

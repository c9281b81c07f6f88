import type { Id } from "@weft/kernel";
import { sql } from "kysely";
import type { Actor, Ctx, ReadCtx } from "../../../platform/index.ts";

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
    values (${ctx.newId<Id<"grant">>()}, ${holderOf(ctx.actor)}, ${subject}, ${proof}, ${expiresAt})`.execute(ctx.db);
  return expiresAt;
}

/** Whether one of these objects was shown to the caller within the half hour. Asked only where a seam does not carry. */
export async function isGranted(ctx: Pick<ReadCtx, "db" | "actor">, subjects: readonly string[]): Promise<boolean> {
  const { rows } = await sql`
    select 1 from access.grant where holder = ${holderOf(ctx.actor)} and subject = any (${[...subjects]}::text[]) and expires_at > now()
     limit 1`.execute(ctx.db);
  return rows.length > 0;
}

/** Staff at a till share its device, and a session ends with its person: so the session holds it, the device only when it is alone. */
function holderOf({ staff, device, credential }: Actor): string {
  if (staff) return `session/${staff.sessionId}`;
  return device ? `device/${device.id}` : credential;
}

import type { Id } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import { grantHolderOf } from "../queries.ts";

/** What was shown opens its object for so long [ACC-12]. */
const GRANT_MINUTES = 30;
/** So long may pass between a manager's PIN and the act that it was given for. */
const ONCE_MINUTES = 5;

/**
 * Keeps that a customer showed the caller something that names one object: `record/<id>` for a card, `order/<id>` for its number or receipt.
 * It opens that object and nothing beside it, until it runs out or the session ends [ACC-12]. Answers when it runs out.
 */
export const grantShown = (ctx: Ctx, subject: string, proof: string): Promise<Date> => grant(ctx, { subject, proof }, GRANT_MINUTES);

/** Somebody stood behind one act of the caller [ACC-14]: `subject` names the act, `proof` who it was. It is used up by `spendGrants`, or runs out. */
export const grantOnce = (ctx: Ctx, subject: string, proof: string): Promise<Date> => grant(ctx, { subject, proof }, ONCE_MINUTES);

/** The grants that the caller has for these acts, by subject; whoever asks has used them. */
export async function spendGrants(ctx: Ctx, subjects: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ subject: string; proof: string; isOpen: boolean }>`
    delete from access.grant where holder = ${grantHolderOf(ctx.actor)} and subject = any(${[...subjects]}::text[])
    returning subject, proof, expires_at > now() as "isOpen"`.execute(ctx.db);
  return new Map(rows.flatMap(({ subject, proof, isOpen }) => (isOpen ? [[subject, proof] as const] : [])));
}

type Granted = { readonly subject: string; readonly proof: string };

async function grant(ctx: Ctx, { subject, proof }: Granted, minutes: number): Promise<Date> {
  const expiresAt = new Date(ctx.now.getTime() + minutes * 60_000);
  await sql`
    insert into access.grant (id, holder, subject, proof, expires_at)
    values (${ctx.newId<Id<"grant">>()}, ${grantHolderOf(ctx.actor)}, ${subject}, ${proof}, ${expiresAt})`.execute(ctx.db);
  return expiresAt;
}

import type { RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../platform/index.ts";
import { giveBackHeld } from "./change-links/end.ts";
import type { ChangeLinkId } from "./prepare-change.ts";

/** Forgets what attempts of erased people carried. One that still waits is left to end: it holds money. A change that was offered by a link is offered no more. */
export async function eraseAttempts(ctx: Ctx, recordIds: readonly RecordId[]): Promise<void> {
  await sql`update checkout.attempt set body = body - 'contact' where record_id = any(${[...recordIds]}::uuid[]) and body is not null`.execute(
    ctx.db,
  );
  await sql`
    update checkout.change_attempt set wish = wish || '{"contact": null, "address": null}'::jsonb
     where record_id = any(${[...recordIds]}::uuid[]) and wish is not null`.execute(ctx.db);
  const { rows } = await sql<{ id: ChangeLinkId }>`
    update checkout.change_link set state = 'revoked', wish = null, ended_at = ${ctx.now}
     where record_id = any(${[...recordIds]}::uuid[]) and state = 'open' returning id`.execute(ctx.db);
  for (const { id } of rows) await giveBackHeld(ctx, id);
}

import { asId, type CustomerId, type RecordId } from "@weft/kernel";
import type { Ctx, ReadCtx } from "../../platform/index.ts";
import { auditWrite, visibleFields } from "../access/index.ts";
import { customerOf, isOpenedAtTill, recordIdOf, recordsOf } from "./queries/who.ts";

/** A customer whom this caller may serve: themselves, those of its channel for a server, for a cashier whom they opened at the till. */
export type Served = { readonly customerId: CustomerId; readonly recordId: RecordId; readonly recordIds: readonly RecordId[] };

/** The customer that a path names, `me` for whoever is signed in; undefined when this caller may not. */
export async function servedCustomer(ctx: Pick<ReadCtx, "db" | "actor" | "snapshots">, id: string): Promise<Served | undefined> {
  const recordId = await recordIdOf(ctx, id);
  if (!recordId) return undefined;
  const customerId = await customerOf(ctx, recordId);
  if (ctx.actor.staff && !visibleFields(ctx.actor).has("contact") && !(await isOpenedAtTill(ctx, customerId))) return undefined;
  return { customerId, recordId, recordIds: await recordsOf(ctx, customerId) };
}

/** The same for the customer of a record, such as a list's or a booking's. */
export async function servedRecord(ctx: Pick<ReadCtx, "db" | "actor" | "snapshots">, recordId: RecordId): Promise<Served | undefined> {
  return servedCustomer(ctx, await customerOf(ctx, recordId));
}

/** What staff do for a customer stands in the audit. */
export async function auditServing(ctx: Ctx, action: string, recordId: RecordId): Promise<void> {
  if (!ctx.actor.staff) return;
  await auditWrite(ctx, { action, subject: `customer/${asId<CustomerId>(await customerOf(ctx, recordId))}` });
}

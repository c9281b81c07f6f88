import { err, ok, type Money, type PlaceId, type RecordId, type Result, type StaffId } from "@weft/kernel";
import { sql } from "kysely";
import type { Role } from "@weft/contracts";
import { mayActAt } from "../../access/index.ts";
import { businessDateAt, documentPlace, placeOf } from "../../places/index.ts";
import type { ReadCtx, Vault } from "../../../platform/index.ts";
import {
  judgeUnproven,
  planUnproven,
  UNPROVEN_DAYS,
  unprovenPolicyOf,
  type PlannedUnproven,
  type UnprovenRisk,
  type UnprovenUnits,
} from "../domain/index.ts";
import type { ReturnError } from "../errors.ts";
import { valueUnproven, type Taking } from "./value.ts";

/** Who takes more than a place takes without a manager. */
export const UNPROVEN_APPROVERS: readonly Role[] = ["owner", "manager"];

/** What goods without proof come to here for one customer, and whether somebody else has to stand behind it. */
export type UnprovenOffer = {
  readonly place: Taking;
  readonly plan: PlannedUnproven;
  readonly taxIncluded: boolean;
  readonly risk: Exclude<UnprovenRisk, "closed">;
  readonly most: Money;
  /** What is left of what is taken of this customer without a manager. */
  readonly left: Money;
};

/**
 * Judges goods that a customer brings without proof [RET-14]. Who would decide by it holds the customer's lock. Errors: `return.other_place`,
 * `return.unproven_closed` where nothing is taken without proof, and those of `planUnproven`.
 */
export async function unprovenOffer(
  ctx: Pick<ReadCtx, "db" | "snapshots" | "actor" | "now">,
  placeId: PlaceId,
  recordId: RecordId,
  units: readonly UnprovenUnits[],
): Promise<Result<UnprovenOffer, ReturnError>> {
  const found = await documentPlace(ctx, placeId);
  const settings = (await placeOf(ctx, placeId))?.settings;
  if (!found || !settings || !mayActAt(ctx.actor, placeId)) return err({ code: "return.other_place" });
  const place = { ...found, today: businessDateAt(found, ctx.now) };
  const { goods, terms } = await valueUnproven(
    ctx,
    place,
    units.map(({ sku }) => sku),
  );
  const planned = planUnproven(goods, units, terms);
  if (!planned.ok) return planned;
  const policy = unprovenPolicyOf(settings);
  const before = await takenBefore(ctx, recordId, place.currency);
  const risk = judgeUnproven(policy, planned.value.total, before);
  if (risk === "closed") return err({ code: "return.unproven_closed" });
  const money = (amount: number): Money => ({ amount, currency: place.currency });
  return ok({
    place,
    plan: planned.value,
    taxIncluded: terms.included,
    risk: isApprover(ctx) ? "free" : risk,
    most: money(policy.most),
    left: money(Math.max(0, policy.mostOfCustomer - before)),
  });
}

const isApprover = ({ actor }: Pick<ReadCtx, "actor">): boolean =>
  actor.staff?.roles.some((role) => UNPROVEN_APPROVERS.includes(role)) ?? false;

/** What was taken of a customer without proof within the days that are counted, whichever of their records it names. */
async function takenBefore(ctx: Pick<ReadCtx, "db" | "now">, recordId: RecordId, currency: string): Promise<number> {
  const { rows } = await sql<{ total: number }>`
    select coalesce(sum(total), 0)::bigint as total from returns.return_order
     where proof = 'unproven' and record_id = any(array(select customers.records_of(${recordId}))) and currency = ${currency}
       and at > ${ctx.now}::timestamptz - make_interval(days => ${UNPROVEN_DAYS})`.execute(ctx.db);
  return rows[0]?.total ?? 0;
}

/** What somebody stood behind with their PIN: this return, at most this much. */
export type Approval = { readonly returnId: string; readonly customerId: string; readonly amount: number; readonly staffId: StaffId };

/** An approval as the till keeps it with its act: nobody but the hub makes or changes one. */
export const sealApproval = (vault: Vault, approval: Approval): string => vault.seal(MARK + JSON.stringify(approval));

/** What tells an approval from all else that is sealed here. */
const MARK = "unproven return ";

/** Who stood behind a return by the approval that came with it; null when it is none, or for another customer, return or for less. */
export function approverOf(
  vault: Vault,
  sealed: string | undefined,
  { returnId, customerId, amount }: Omit<Approval, "staffId">,
): StaffId | null {
  const opened = sealed === undefined ? null : vault.open(sealed);
  if (!opened?.startsWith(MARK)) return null;
  const approval = JSON.parse(opened.slice(MARK.length)) as Approval; // sealed by `sealApproval`, and by nobody else
  const fits = approval.returnId === returnId && approval.customerId === customerId && amount <= approval.amount;
  return fits ? approval.staffId : null;
}

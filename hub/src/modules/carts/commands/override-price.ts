import type { CartOperation } from "@weft/contracts";
import { err, ok, type LineId, type StaffId } from "@weft/kernel";
import { readStaff, spendGrants } from "../../access/index.ts";
import type { Ctx } from "../../../platform/index.ts";
import { mostOff, offerBefore, overriddenOffer, type LoadedCart, type OperationFacts, type PriceHold } from "../domain/index.ts";
import { assessCart } from "../queries/assess-cart.ts";

/** Days for which a price that staff gave holds; an offer holds it as long as it stands. */
const OVERRIDE_DAYS = 7;

/**
 * The prices that staff may give the lines of a cart [CRT-23], against those of its lists: what their own role allows, or what a manager stood
 * behind at the till. Undefined for everybody else, and without pricing anything where no operation asks for it.
 */
export async function overrideJudge(
  ctx: Ctx,
  cart: LoadedCart,
  operations: readonly CartOperation[],
): Promise<NonNullable<OperationFacts["overrideFor"]> | undefined> {
  const { staff } = ctx.actor;
  if (!staff || !operations.some(({ kind }) => kind === "setPrice")) return undefined;
  const own = mostOff(staff.roles);
  const behind = own < 100 ? await approvals(ctx, operations) : new Map<string, Behind>();
  const { lines } = (
    await assessCart(ctx.snapshots, { ...cart, lines: cart.lines.map((line) => ({ ...line, priceHold: null })) }, { at: ctx.now })
  ).priced;
  const listed = new Map<LineId, (typeof lines)[number]>(lines.map((line) => [line.lineId, line]));
  return (line, unitAmount, reason) => {
    const now = listed.get(line.id);
    const approved = behind.get(priceGrant(line.id, unitAmount));
    const isCovered = approved !== undefined && line.quantity <= approved.units;
    const before = offerBefore(
      line,
      now && { unitPrice: now.unitPrice, listId: now.listId, taxIncluded: now.taxIncluded, minQuantity: now.minQuantity },
    );
    const offer = overriddenOffer(before, unitAmount, isCovered ? Math.max(own, approved.most) : own);
    if (!offer.ok || !before) return offer.ok ? err({ code: "price.unknown", data: {} }) : offer;
    const hold: PriceHold = {
      ...offer.value,
      channelId: cart.sellingChannelId,
      cap: overrideEnd(ctx.now),
      override: { insteadOf: before.unitPrice, reason, ...(isCovered && { units: approved.units }) },
    };
    return ok(hold);
  };
}

/** The act that a manager stands behind with their PIN: this price for a unit of this line. */
export const priceGrant = (lineId: string, unitAmount: number): string => `price/${lineId}/${unitAmount}`;

/** Who stood behind a price, for at most how many units, as `priceGrant` keeps it. */
export const priceProof = (staffId: StaffId, units: number): string => `${staffId} ${units}`;

type Behind = { readonly most: number; readonly units: number };

/** What managers stood behind of these operations, each used once: who asks again with another price asks for the PIN again. */
async function approvals(ctx: Ctx, operations: readonly CartOperation[]): Promise<ReadonlyMap<string, Behind>> {
  const acts = operations.flatMap((one) =>
    one.kind === "setPrice" && one.unitAmount !== null ? [priceGrant(one.lineId, one.unitAmount)] : [],
  );
  const found = [...(await spendGrants(ctx, acts))].map(async ([act, proof]): Promise<[string, Behind]> => {
    const [staffId = "", units] = proof.split(" ");
    const approver = await readStaff(ctx, staffId as StaffId); // written by `priceProof`
    return [act, { most: mostOff(approver?.roles ?? []), units: Number(units) }];
  });
  return new Map(await Promise.all(found));
}

const overrideEnd = (now: Date): Date => new Date(now.getTime() + OVERRIDE_DAYS * 86_400_000);

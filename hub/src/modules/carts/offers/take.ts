import type { CartView } from "@weft/contracts";
import { err, ok, type CartId, type Id, type LineId, type Result } from "@weft/kernel";
import type { Ctx } from "../../../platform/index.ts";
import { touchCart } from "../commands/hand-over.ts";
import { operate } from "../commands/operate.ts";
import type { LoadedCart, StoredLine } from "../domain/index.ts";
import type { CartError } from "../errors.ts";
import { lockCart } from "../queries/load-cart.ts";
import { endOffer } from "./end.ts";
import { offerByToken, stateOfOffer } from "./stored.ts";

type Wanted = {
  /** The customer's own cart. */
  readonly cartId: CartId;
  /** Null: all of it. */
  readonly lineIds: readonly string[] | null;
};

/**
 * Takes lines of a proposal over into its customer's own cart, beside what is there [CRT-41]: each keeps its options, its note, its time and who advised it, and
 * is priced as what is put there today. Once all of it is taken the proposal has ended. Errors: `offer.unknown`, `offer.ended`, `cart.not_yours` for
 * another's cart, `offer.not_taken` with why for what cannot be had, those of `operate`.
 */
export async function takeProposal(ctx: Ctx, token: string, { cartId, lineIds }: Wanted): Promise<Result<CartView, CartError>> {
  const known = await offerByToken(ctx, token);
  if (known?.kind !== "proposal") return err({ code: "offer.unknown" });
  const proposed = (await lockCart(ctx, known.cartId))?.cart;
  const offer = await offerByToken(ctx, token);
  if (!proposed?.isMine || !offer) return err({ code: "offer.unknown" });
  const state = stateOfOffer(offer, ctx.now);
  if (state !== "open") return err({ code: "offer.ended", state });
  const lines = proposed.lines.filter(({ id }) => lineIds === null || lineIds.includes(id));
  const own = (await lockCart(ctx, cartId))?.cart;
  if (!own?.isMine || own.id === proposed.id || own.offer) return err({ code: "cart.not_yours" });
  // A line has its id once: a service is out of the one cart before it is in the other.
  const isAll = lines.length === proposed.lines.length;
  const dropped = await dropLines(ctx, proposed, isAll ? lines.filter(({ booked }) => booked) : lines, own.id);
  if (!dropped.ok) return dropped;
  if (isAll) await endOffer(ctx, proposed, offer.id, { because: "taken", reason: null });
  const taken = await addAll(ctx, own, lines);
  if (!taken.ok) return taken;
  await touchCart(ctx, proposed);
  return taken;
}

async function addAll(ctx: Ctx, own: LoadedCart, lines: readonly StoredLine[]): Promise<Result<CartView, CartError>> {
  const named = lines.map((line) => ({ line, lineId: line.booked ? line.id : ctx.newId<LineId>() }));
  const done = await operate(ctx, {
    cartId: own.id,
    operations: named.map(({ line: { sku, quantity, options, note, topUp }, lineId }) => ({
      id: ctx.newId<Id<"operation">>(),
      kind: "add" as const,
      sku,
      quantity,
      options: [...options],
      lineId,
      ...(note !== undefined && { note }),
      ...(topUp && { topUp: { cardId: topUp.cardId, amount: topUp.amount } }),
    })),
    adders: new Map(named.map(({ line, lineId }) => [lineId, line.addedBy])),
    booked: new Map(named.flatMap(({ line: { booked }, lineId }) => (booked ? [[lineId, booked] as const] : []))),
  });
  if (!done.ok) return done;
  const refused = done.value.results.find(({ outcome }) => outcome === "refused");
  return refused ? err({ code: "offer.not_taken", because: refused.code ?? "", data: refused.data ?? {} }) : ok(done.value.cart);
}

/** What was taken is proposed no more; a service takes its time along. */
async function dropLines(ctx: Ctx, proposed: LoadedCart, lines: readonly StoredLine[], movedTo: CartId): Promise<Result<null, CartError>> {
  const operations = lines.map(({ id: lineId }) => ({ id: ctx.newId<Id<"operation">>(), kind: "remove" as const, lineId }));
  if (operations.length === 0) return ok(null);
  const done = await operate(ctx, { cartId: proposed.id, operations, movedTo });
  return done.ok ? ok(null) : done;
}

import { createHash } from "node:crypto";
import { TillCommand } from "@weft/contracts";
import type { CartId, CodedError, OrderId } from "@weft/kernel";
import { completeCart, saleRequest } from "../../checkout/index.ts";
import { dbOn, type Surroundings } from "../../../platform/index.ts";
import type { AnyCommand } from "../domain/index.ts";
import type { Head } from "./command-row.ts";
import { operatorOf, type TillDeps } from "./context.ts";

export type Asked =
  | { readonly kind: "placed"; readonly orderId: OrderId }
  /** The provider has not decided: nothing is answered, and nothing else is charged at this register until it has. */
  | { readonly kind: "waiting" }
  | { readonly kind: "refused"; readonly error: CodedError };

/** A card that nobody decides on the spot, or a sale that is being asked about already. */
const GOES_ON_OUTSIDE: ReadonlySet<string> = new Set(["payment.method_not_offered", "cart.completing", "cart.closed"]);

/** Whether a refused sale goes on at its payment provider, outside of the command's transaction. */
export function asksOutside(raw: AnyCommand, { code }: CodedError): boolean {
  if (raw["kind"] !== "sale.complete" || !GOES_ON_OUTSIDE.has(code)) return false;
  const parsed = TillCommand.safeParse(raw);
  return parsed.success && parsed.data.kind === "sale.complete" && parsed.data.body.completion.tenders.some(({ kind }) => kind === "card");
}

/**
 * Charges through checkout's two transactions, under the command's id as key: sent again, also after a crash, it goes on from the state
 * of the cart and its intents, and is never a second charge [PAY-5].
 */
export async function askOutside(around: Surroundings, deps: TillDeps, { id, hash, raw }: Head): Promise<Asked> {
  const command = TillCommand.parse(raw);
  if (command.kind !== "sale.complete") throw new Error("only a sale is paid outside");
  const { actor } = await operatorOf({ db: dbOn(around.pool), actor: around.actor }, command.staffId, command.id);
  const cartId = command.body.cartId as CartId; // an id by the contract
  const key = {
    credential: `register/${command.registerId}`,
    route: "till.commands",
    key: id,
    requestHash: createHash("sha256").update(hash).digest(),
  };
  const completion = await completeCart({ ...around, actor }, deps, saleRequest(cartId, command.body.completion), key);
  switch (completion.kind) {
    case "placed":
      return { kind: "placed", orderId: completion.view.id as OrderId }; // an id of the book
    case "pending":
      return { kind: "waiting" };
    case "refused":
      return completion;
    case "stored":
      return storedOutcome(completion.stored);
  }
}

function storedOutcome(stored: { readonly kind: string; readonly status?: number; readonly response?: string }): Asked {
  if (stored.kind === "running") return { kind: "waiting" };
  if (stored.kind !== "stored" || stored.response === undefined) return { kind: "refused", error: { code: "till.command_conflict" } };
  const answer = JSON.parse(stored.response) as { id: OrderId } & CodedError; // an order or a problem, as checkout stored it
  return stored.status === 201 ? { kind: "placed", orderId: answer.id } : { kind: "refused", error: answer };
}

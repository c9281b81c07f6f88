import { createHash } from "node:crypto";
import { TillCommand } from "@weft/contracts";
import { asId, type CartId, type CodedError, type FulfillmentId, type LineId, type OrderId } from "@weft/kernel";
import { collectOrder, completeCart, saleRequest } from "../../checkout/index.ts";
import type { LineUnits } from "../../fulfillment/index.ts";
import { dbOn, type Key, type StoredAnswer, type Surroundings } from "../../../platform/index.ts";
import type { AnyCommand } from "../domain/index.ts";
import type { Head } from "./command-row.ts";
import { operatorOf, type CommandContext, type TillDeps } from "./context.ts";

export type Asked =
  | { readonly kind: "placed"; readonly orderId: OrderId }
  | { readonly kind: "handed_over" }
  /** The provider has not decided: nothing is answered, and nothing else is charged at this register until it has. */
  | { readonly kind: "waiting" }
  | { readonly kind: "refused"; readonly error: CodedError };

/** A card that nobody decides on the spot, or something that is being asked about already. */
const GOES_ON_OUTSIDE: ReadonlySet<string> = new Set([
  "payment.method_not_offered",
  "cart.completing",
  "cart.closed",
  "fulfillment.being_paid",
]);

type PaidCommand = Extract<TillCommand, { kind: "sale.complete" | "collection.hand_over" }>;

/** Whether a refused sale or hand-over goes on at its payment provider, outside of the command's transaction. */
export function asksOutside(raw: AnyCommand, { code }: CodedError): boolean {
  if (!GOES_ON_OUTSIDE.has(code)) return false;
  const parsed = TillCommand.safeParse(raw);
  if (!parsed.success) return false;
  const command = parsed.data;
  if (command.kind !== "sale.complete" && command.kind !== "collection.hand_over") return false;
  return tendersOf(command).some(({ kind }) => kind === "card");
}

function tendersOf({ kind, body }: PaidCommand) {
  return kind === "sale.complete" ? body.completion.tenders : body.tenders;
}

/** Under which a command's payment is asked for: its own id, at its register. */
export const paymentKey = (registerId: string, commandId: string): Omit<Key, "requestHash"> => ({
  credential: `register/${registerId}`,
  route: "till.commands",
  key: commandId,
});

/**
 * Charges through checkout's two transactions, under the command's id as key: sent again, also after a crash, it goes on from the state
 * of the cart or hand-over and its intents, and is never a second charge [PAY-5].
 */
export async function askOutside(
  around: Surroundings,
  deps: TillDeps,
  { id, hash, raw }: Head,
  mode: CommandContext["mode"],
): Promise<Asked> {
  const command = TillCommand.parse(raw);
  const { actor } = await operatorOf({ db: dbOn(around.pool), actor: around.actor }, command.staffId, command.id);
  const key: Key = { ...paymentKey(command.registerId, id), requestHash: createHash("sha256").update(hash).digest() };
  const theirs = { ...around, actor };
  if (command.kind === "sale.complete") return askForSale(theirs, deps, command, { key, mode });
  if (command.kind === "collection.hand_over") return askForHandOver(theirs, deps, command, key);
  throw new Error("only a sale and a hand-over are paid outside");
}

async function askForSale(
  around: Surroundings,
  deps: TillDeps,
  { body }: Extract<PaidCommand, { kind: "sale.complete" }>,
  { key, mode }: { readonly key: Key; readonly mode: CommandContext["mode"] },
): Promise<Asked> {
  const cartId = body.cartId as CartId; // an id by the contract
  const completion = await completeCart(around, deps, saleRequest(cartId, body.completion), key, mode);
  switch (completion.kind) {
    case "placed":
      return { kind: "placed", orderId: completion.view.id as OrderId }; // an id of the book
    case "pending":
      return { kind: "waiting" };
    case "refused":
      return completion;
    case "stored":
      // An order, as checkout stored it.
      return storedOutcome(completion.stored, (order) => ({ kind: "placed", orderId: (order as { id: OrderId }).id }));
  }
}

async function askForHandOver(
  around: Surroundings,
  deps: TillDeps,
  { body }: Extract<PaidCommand, { kind: "collection.hand_over" }>,
  key: Key,
): Promise<Asked> {
  const fulfillmentId = body.fulfillmentId as FulfillmentId; // an id by the contract
  const { code, proof, tenders, receivedBy } = body;
  const collection = await collectOrder(around, deps, { fulfillmentId, code, proof, tenders, lines: takenOf(body), receivedBy }, key);
  switch (collection.kind) {
    case "handed_over":
      return { kind: "handed_over" };
    case "pending":
      return { kind: "waiting" };
    case "refused":
      return { kind: "refused", error: collection.error };
    case "stored":
      return storedOutcome(collection.stored, () => ({ kind: "handed_over" }));
  }
}

/** What of an order a hand-over is about; all of it when nothing is named. */
export function takenOf({ lines = [] }: Extract<PaidCommand, { kind: "collection.hand_over" }>["body"]): LineUnits[] {
  return lines.map(({ orderLineId, quantity }) => ({ orderLineId: asId<LineId>(orderLineId), quantity }));
}

function storedOutcome(stored: StoredAnswer, done: (answer: unknown) => Asked): Asked {
  if (stored.kind === "running") return { kind: "waiting" };
  if (stored.kind !== "stored") return { kind: "refused", error: { code: "till.command_conflict" } };
  const answer: unknown = JSON.parse(stored.response);
  return stored.status < 300 ? done(answer) : { kind: "refused", error: answer as CodedError }; // a problem, as checkout stored it
}

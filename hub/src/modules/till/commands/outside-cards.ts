import { createHash } from "node:crypto";
import { TillCommand } from "@weft/contracts";
import { asId, type CartId, type CodedError, type FulfillmentId, type LineId, type OrderId } from "@weft/kernel";
import { attemptOfKey, collectOrder, completeCart, saleRequest, type SaleRequest } from "../../checkout/index.ts";
import type { LineUnits } from "../../fulfillment/index.ts";
import { dbOn, type Actor, type Key, type StoredAnswer, type Surroundings } from "../../../platform/index.ts";
import type { AnyCommand } from "../domain/index.ts";
import type { Head } from "./command-row.ts";
import { operatorOf, type CommandContext, type TillDeps } from "./context.ts";
import { exchangeRequest } from "./exchanges.ts";

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
  "return.already_taken",
]);

type PaidCommand = Extract<TillCommand, { kind: "sale.complete" | "exchange.take" | "collection.hand_over" }>;

/**
 * Whether a refused sale, exchange or hand-over goes on at its payment provider, outside of the command's transaction. An exchange whose card has been
 * asked does so whatever it is refused for by now: what becomes of it is said there alone [TIL-64].
 */
export async function asksOutside(around: Surroundings, { id, raw }: Head, { code }: CodedError): Promise<boolean> {
  const command = paidCommandOf(raw);
  if (!command || !tendersOf(command).some(({ kind }) => kind === "card")) return false;
  if (GOES_ON_OUTSIDE.has(code)) return true;
  if (command.kind !== "exchange.take") return false;
  const cartId = asId<CartId>(command.body.cartId);
  return (await attemptOfKey({ db: dbOn(around.pool) }, cartId, paymentKey(command.registerId, id))) !== null;
}

function paidCommandOf(raw: AnyCommand): PaidCommand | undefined {
  const parsed = TillCommand.safeParse(raw);
  if (!parsed.success) return undefined;
  const command = parsed.data;
  return command.kind === "sale.complete" || command.kind === "exchange.take" || command.kind === "collection.hand_over"
    ? command
    : undefined;
}

const tendersOf = (command: PaidCommand) =>
  command.kind === "collection.hand_over" ? command.body.tenders : command.body.completion.tenders;

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
  const command = paidCommandOf(raw);
  if (!command) throw new Error("only a sale, an exchange and a hand-over are paid outside");
  const { actor } = await operatorOf({ db: dbOn(around.pool), actor: around.actor }, command.staffId, command.id);
  const key: Key = { ...paymentKey(command.registerId, id), requestHash: createHash("sha256").update(hash).digest() };
  const theirs = { ...around, actor };
  if (command.kind === "collection.hand_over") return askForHandOver(theirs, deps, command, key);
  const request = requestOf(command, actor);
  return request ? askForSale(theirs, deps, request, { key, mode }) : { kind: "refused", error: { code: "till.register_unknown" } };
}

/** Null for an exchange without a place or a channel. */
function requestOf(command: Exclude<PaidCommand, { kind: "collection.hand_over" }>, { channelId, device }: Actor): SaleRequest | null {
  if (command.kind === "sale.complete") return saleRequest(asId<CartId>(command.body.cartId), command.body.completion);
  return channelId && device ? exchangeRequest(command, { placeId: device.placeId, channelId }) : null;
}

async function askForSale(
  around: Surroundings,
  deps: TillDeps,
  request: SaleRequest,
  { key, mode }: { readonly key: Key; readonly mode: CommandContext["mode"] },
): Promise<Asked> {
  const completion = await completeCart(around, deps, request, key, mode);
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

import { edgeProblem, isIdempotencyKey, keyOf, sendProblem, type RawCall, type Vault } from "../../platform/index.ts";

/** The idempotency key of a call that may wait for the world outside; or its refusal, sent already. */
export function keyOfCall(
  { request, reply, actor }: RawCall,
  { vault }: { readonly vault: Vault },
  operation: "checkout.complete" | "fulfillments.collect" | "orders.change" | "orders.payDue" | "changeLinks.pay",
) {
  const given = request.headers["idempotency-key"];
  if (isIdempotencyKey(given)) return { key: keyOf(vault, actor, operation, given, request) };
  if (given === undefined) return { refusal: sendProblem(reply, edgeProblem("idempotency.key_missing", request.id)) };
  const errors = [{ path: "/headers/idempotency-key", code: "invalid_format", message: "8 to 200 printable characters" }];
  return { refusal: sendProblem(reply, edgeProblem("request.invalid", request.id, { errors })) };
}

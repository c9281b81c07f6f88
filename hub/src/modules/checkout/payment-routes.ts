import { asId, asIdOrNull, err, ok, type CartId, type PlaceId, type RegisterId } from "@weft/kernel";
import { z } from "zod";
import { problemOf, raw, read, readCursor, sendProblem, write, type RawCall, type Route } from "../../platform/index.ts";
import { loadCart, mayUseCart } from "../carts/index.ts";
import { PAYMENT_PROBLEMS, providerFor, type RefundId } from "../payments/index.ts";
import { PLACES_PROBLEMS, placesSnapshot, type PlacesError } from "../places/index.ts";
import { waitingAttemptOf } from "./attempt.ts";
import { disputeRoutes } from "./disputes.ts";
import { CHECKOUT_PROBLEMS, type CheckoutError } from "./errors.ts";
import { deskOn } from "./late-answers.ts";
import { abandonAttempt, type SettleDeps } from "./settle.ts";
import { askForRefundAgain, listUnsettledRefunds, noteRefundPaid } from "./refunds.ts";

const Cursor = z.tuple([z.iso.datetime(), z.uuid()]);

/** How cards pay where, and the refunds that somebody has to look after. */
export const paymentRoutes = (deps: SettleDeps): readonly Route[] => [
  raw("checkout.giveUp", (call) => giveUp(call, deps)),
  read(
    "payments.methods",
    async (ctx, { query }) => {
      const placeId = asId<PlaceId>(query.placeId);
      const place = (await ctx.snapshots.current(placesSnapshot)).places.get(placeId);
      if (!place) return err<PlacesError>({ code: "places.unknown", placeId });
      return ok({ placeId, card: providerFor(deps, place.entityId).cardWay({ registerId: asIdOrNull<RegisterId>(query.registerId) }) });
    },
    { problems: PLACES_PROBLEMS },
  ),
  ...disputeRoutes,
  read(
    "refunds.list",
    async (ctx, { query }) =>
      ok(await listUnsettledRefunds(ctx, { limit: query.limit, after: readCursor(Cursor, query.cursor) ?? undefined })),
    {
      problems: {},
    },
  ),
  write("refunds.retry", (ctx, { params }) => askForRefundAgain(ctx, asId<RefundId>(params.id)), { problems: PAYMENT_PROBLEMS }),
  write("refunds.settle", (ctx, { params, body }) => noteRefundPaid(ctx, asId<RefundId>(params.id), body.note), {
    problems: PAYMENT_PROBLEMS,
  }),
];

/** What waits is ended; a cart whose payment has come to its end already stays as it is. */
async function giveUp({ request, reply, around, input }: RawCall, deps: SettleDeps) {
  const desk = deskOn(around);
  const { id } = input.params as unknown as { id: string }; // parsed by this operation's contract, whose types a raw call does not carry
  const cart = await loadCart(desk.read, asId<CartId>(id));
  const unknown: CheckoutError = { code: "cart.unknown" };
  if (!cart || !mayUseCart(around.actor, cart)) return sendProblem(reply, problemOf(unknown, CHECKOUT_PROBLEMS[unknown.code], request.id));
  const attemptId = await waitingAttemptOf(desk.read, cart.id);
  if (attemptId) await abandonAttempt(desk, deps, attemptId);
  return reply.code(204).send();
}

import type { Locale, TillCustomerView } from "@weft/contracts";
import { err, ok, type CustomerId } from "@weft/kernel";
import { auditWrite } from "../../access/index.ts";
import { write, type Actor, type Route, type ShownTouch } from "../../../platform/index.ts";
import { createAtTill, openCustomer } from "../commands/at-till.ts";
import { CUSTOMER_PROBLEMS, type CustomerError } from "../errors.ts";
import { recordsOfShownCard } from "../queries/find.ts";
import type { CustomersDeps } from "./deps.ts";

export const tillRoutes = (deps: CustomersDeps): readonly Route[] => [
  write(
    "customers.openAtTill",
    async (ctx, { params, body }) => {
      if (body?.shown !== undefined && !(await deps.cards.claimShownCard(ctx, body.shown)))
        return err<CustomerError>({ code: "customer.card_copied" });
      const shown = body?.shown === undefined ? [] : await recordsOfShownCard(ctx, body.shown, deps.cards);
      const opened = await openCustomer(ctx, params.id as CustomerId, shown); // an id by the contract
      if (!opened.ok) return opened;
      await auditWrite(ctx, { action: "customers.openAtTill", subject: `customer/${params.id}` });
      return ok(await deps.screens.till(ctx, opened.value));
    },
    {
      problems: CUSTOMER_PROBLEMS,
      recordOf: ({ recordId }) => recordId,
      shown: (customer, _input, actor) => shownAtTill(customer, actor),
    },
  ),
  write(
    "customers.createAtTill",
    async (ctx, { body, request }) => {
      const locale = body.locale ?? (request.locale as Locale); // one of the hub's languages, see localeOf
      const made = await createAtTill(ctx, deps, { ...body, locale, ip: request.ip });
      if (!made.ok) return made;
      const { resolution, challengeId, claimCode } = made.value;
      await auditWrite(ctx, { action: "customers.createAtTill", subject: `customer/${resolution.customerId}` });
      const customer = await deps.screens.till(ctx, resolution.recordId);
      const claimUrl = `${deps.publicUrl}/shop/claim/${claimCode}`;
      return ok({ customer, resolution: resolution.resolution, challengeId, claimCode, claimUrl });
    },
    { problems: CUSTOMER_PROBLEMS, recordOf: ({ customer }) => customer.recordId },
  ),
];

/** What a till showed of somebody it opened. Each opening is a showing of its own: a balance has no version. */
function shownAtTill({ recordId, points, currentCart, collections, preferences }: TillCustomerView, actor: Actor): ShownTouch | null {
  if (actor.channelId === null) return null;
  const now = Date.now();
  return {
    recordId,
    channelId: actor.channelId,
    placeId: actor.device?.placeId ?? null,
    subject: `customer/${recordId}`,
    version: now,
    kind: "customer.shown",
    shown: {
      balance: { points, asOf: new Date(now).toISOString() },
      ...(currentCart && { cart: { id: currentCart.id, version: currentCart.version, total: currentCart.total } }),
      collections: collections.map(({ orderNumber, state }) => ({ orderNumber, state })),
      preferences,
    },
  };
}

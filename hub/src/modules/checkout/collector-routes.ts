import { asId, ok, type FulfillmentId, type Result } from "@weft/kernel";
import { write, type Ctx, type Route, type Vault } from "../../platform/index.ts";
import { auditWrite } from "../access/index.ts";
import { nameCollector, noteArrival, withdrawCollector, type WholeFulfillment } from "../fulfillment/index.ts";
import { CHECKOUT_PROBLEMS, type CheckoutError } from "./errors.ts";
import { lockOwnPart } from "./own-part.ts";
import { presentWork } from "./settle-hand-over.ts";

/** Who fetches an order, and when they come [FUL-65]; who does it instead of its customer [FUL-31]. The code is the customer's to give: staff who write a name down do not see it. */
export const collectorRoutes = ({ vault }: { readonly vault: Vault }): readonly Route[] => [
  write(
    "fulfillments.nameCollector",
    async (ctx, { params: { id }, body }) => {
      const named = await change(ctx, vault, id, (whole) => nameCollector(ctx, vault, whole, body.name));
      if (named.ok && ctx.actor.staff) await auditWrite(ctx, { action: "fulfillments.nameCollector", subject: `fulfillment/${id}` });
      return named;
    },
    { problems: CHECKOUT_PROBLEMS },
  ),
  write(
    "fulfillments.withdrawCollector",
    async (ctx, { params: { id } }) => {
      const ended = await change(ctx, vault, id, (whole) => withdrawCollector(ctx, whole));
      if (ended.ok && ctx.actor.staff) await auditWrite(ctx, { action: "fulfillments.withdrawCollector", subject: `fulfillment/${id}` });
      return ended;
    },
    { problems: CHECKOUT_PROBLEMS },
  ),
  write(
    "fulfillments.arrive",
    async (ctx, { params: { id }, body: { where } }) => {
      const found = await lockOwnPart(ctx, asId<FulfillmentId>(id));
      if (!found.ok) return found;
      const noted = await noteArrival(ctx, found.value, where);
      return noted.ok ? ok({ fulfillmentId: id, arrival: noted.value.arrival ?? where }) : noted;
    },
    { problems: CHECKOUT_PROBLEMS },
  ),
];

async function change(
  ctx: Ctx,
  vault: Vault,
  id: string,
  act: (whole: WholeFulfillment) => Promise<Result<WholeFulfillment, CheckoutError>>,
) {
  const found = await lockOwnPart(ctx, asId<FulfillmentId>(id));
  if (!found.ok) return found;
  const changed = await act(found.value);
  if (!changed.ok) return changed;
  const view = await presentWork(ctx, changed.value);
  if (ctx.actor.staff !== null || view.collector === null) return ok(view);
  const sealed = changed.value.collector?.code_sealed ?? null;
  return ok({ ...view, collector: { ...view.collector, code: sealed === null ? null : vault.open(sealed) } });
}

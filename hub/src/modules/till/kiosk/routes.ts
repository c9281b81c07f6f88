import type { CartView, Role } from "@weft/contracts";
import { asId, err, ok, type CartId, type Id, type Result } from "@weft/kernel";
import { ACCESS_PROBLEMS, approveByPin, auditWrite } from "../../access/index.ts";
import { CART_PROBLEMS, operate, type CartError } from "../../carts/index.ts";
import {
  CUSTOMER_PROBLEMS,
  customerOf,
  openCustomer,
  recordsOfShownCard,
  type CardPorts,
  type CustomerError,
} from "../../customers/index.ts";
import { placeOf, placeOpenState } from "../../places/index.ts";
import { committed, read, write, type Ctx, type Route, type Vault } from "../../../platform/index.ts";
import { TILL_PROBLEMS } from "../errors.ts";
import { cartOfKiosk, kioskOf, orderAtKiosk } from "./orders.ts";
import { waysAt } from "./ways.ts";

type Deps = { readonly vault: Vault; readonly cards: CardPorts };

/** Who may change how a kiosk is set up, and end it. */
const KEEPERS: readonly Role[] = ["owner", "manager"];

const problems = { ...CART_PROBLEMS, ...TILL_PROBLEMS };

/** What kiosks ask beside goods and carts [KSK-1]. */
export const kioskRoutes = (deps: Deps): readonly Route[] => [
  read(
    "kiosks.read",
    async (ctx) => {
      const here = kioskOf(ctx);
      const place = here && (await placeOf(ctx, here.placeId));
      if (!here || !place) return err({ code: "kiosk.not_a_kiosk" as const });
      const registerId = ctx.actor.device?.registerId ?? null;
      const ways = [...waysAt(place.settings.kioskPayment, registerId !== null)];
      const { id: placeId, name: placeName, timeZone, dayEnd } = place;
      const { state, nextChange, because } = placeOpenState(place, ctx.now);
      const open = { state, nextChange: nextChange?.toISOString() ?? null, because };
      return ok({ placeId, placeName, timeZone, dayEnd, open, registerId, ways });
    },
    { problems },
  ),
  write(
    "kiosks.order",
    async (ctx, { body }) => {
      const cartId = asId<CartId>(body.cartId); // an id by the contract
      const number = await orderAtKiosk(ctx, { cartId, way: body.way });
      return number.ok ? ok({ cartId, number: number.value }) : number;
    },
    { problems },
  ),
  write(
    "kiosks.showCard",
    async (ctx, { params, body }) => {
      const joined = await joinMember(ctx, deps.cards, asId<CartId>(params.id), body.shown); // an id by the contract
      return joined.ok ? ok(joined.value.cart) : joined;
    },
    { problems: { ...problems, ...CUSTOMER_PROBLEMS } },
  ),
  write(
    "kiosks.unlock",
    async (ctx, { body }) => {
      const asked = await approveByPin(ctx, deps.vault, { pin: body.pin, roles: KEEPERS });
      if (!asked.ok) return asked;
      if (asked.value.kind === "refused") return ok(committed({ code: "access.sign_in_refused" as const }));
      await auditWrite(ctx, { action: "kiosks.unlock", subject: `staff/${asked.value.staffId}` });
      return ok(null);
    },
    { problems: ACCESS_PROBLEMS },
  ),
];

/** The cart becomes that of the member whose card is shown [KSK-4]. Errors: `cart.unknown`, `customer.unknown`, `customer.card_copied`, `customer.not_shown`. */
async function joinMember(
  ctx: Ctx,
  cards: CardPorts,
  cartId: CartId,
  shown: string,
): Promise<Result<{ readonly cart: CartView }, CartError | CustomerError>> {
  const own = await cartOfKiosk(ctx, cartId);
  if (!own.ok) return own;
  if (!(await cards.claimShownCard(ctx, shown))) return err({ code: "customer.card_copied" });
  const records = await recordsOfShownCard(ctx, shown, cards);
  const [record] = records;
  const customerId = record && (await customerOf(ctx, record));
  if (!customerId) return err({ code: "customer.unknown" });
  const opened = await openCustomer(ctx, customerId, records);
  if (!opened.ok) return opened;
  await auditWrite(ctx, { action: "kiosks.showCard", subject: `customer/${customerId}` });
  return operate(ctx, { cartId, operations: [{ id: ctx.newId<Id<"operation">>(), kind: "setCustomer", customerId }] });
}

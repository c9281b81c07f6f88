import { z } from "zod";
import { Cart } from "./carts.ts";
import { OpenState } from "./places.ts";
import { IdParams, Uuid, type Endpoint } from "./shared.ts";

/** How an order of a kiosk is paid: with the money at the counter, or with a card at the terminal beside it. */
export const KIOSK_WAYS = ["counter", "card"] as const;
const Way = z.enum(KIOSK_WAYS);

/** What a kiosk is. The goods of its store are read as any visitor reads them. */
export const Kiosk = z
  .object({
    placeId: Uuid,
    placeName: z.string(),
    timeZone: z.string(),
    /** Minutes after midnight at which the business day ends. */
    dayEnd: z.int(),
    open: OpenState,
    /** The register that it sells through by itself; null: it takes no money. */
    registerId: Uuid.nullable(),
    /** As the store wants it, and as far as the kiosk can. */
    ways: z.array(Way).min(1),
  })
  .meta({ id: "Kiosk" });

/** The number that is called: it stands on the screens of the store, whichever way the order is paid. */
export const KioskOrder = z.object({ cartId: Uuid, number: z.string() }).meta({ id: "KioskOrder" });

export const kiosksEndpoints = {
  "kiosks.read": { summary: "What this kiosk is, and which ways to pay it offers", tag: "kiosks", response: Kiosk, status: 200 },
  "kiosks.order": {
    summary:
      "Gives the cart of this kiosk its number of the day, and, where it is paid at the counter, puts it there for any till of the store. Asked again it keeps its number",
    tag: "kiosks",
    body: z.object({ cartId: Uuid, way: Way }),
    response: KioskOrder,
    status: 201,
  },
  "kiosks.showCard": {
    summary:
      "A member card that is held in front of the kiosk: the cart is that member's, and earns for them. Answers the cart, with a first name alone",
    tag: "kiosks",
    params: IdParams,
    body: z.object({ shown: z.string().min(1).max(600) }),
    response: Cart,
    status: 200,
  },
  "kiosks.unlock": {
    summary: "Lets a manager into the settings of the kiosk by PIN. Nobody is signed in by it; wrong ones are counted",
    tag: "kiosks",
    body: z.object({ pin: z.string().regex(/^\d{4,8}$/) }),
    response: null,
    status: 204,
  },
} satisfies Record<string, Endpoint>;

import { ADVISORS, MANAGEMENT } from "../role-sets.ts";
import { CART_HOLDERS, SHOP_WINDOW, type Right, type RightsOf } from "./right.ts";

/** What somebody booked is seen and changed by themselves, and by who serves them: a cashier for those whom they opened at the till. */
const BOOKED: Right = { customer: "own", secret: "channel", staff: ["owner", "manager", "cashier", "agent"] };

/** Services, who gives them, and who has booked them. */
export const BOOKINGS_RIGHTS: RightsOf<"services" | "advisers" | "bookings"> = {
  "services.list": SHOP_WINDOW,
  "services.create": { staff: MANAGEMENT },
  "services.update": { staff: MANAGEMENT },
  "services.openings": SHOP_WINDOW,
  "advisers.list": { staff: [...ADVISORS, "read_only"] },
  "advisers.set": { staff: MANAGEMENT },
  "advisers.remove": { staff: MANAGEMENT },
  "advisers.makeCalendar": { staff: ADVISORS },
  // Whoever has the link, 128 random bits: calendars sign in nowhere.
  "advisers.calendar": { anonymous: true },
  "bookings.ofCustomer": { ...BOOKED, staff: ["owner", "manager", "cashier", "agent", "privacy_officer", "read_only"] },
  "bookings.intoCart": CART_HOLDERS,
  "bookings.outOfCart": CART_HOLDERS,
  "bookings.book": BOOKED,
  "bookings.move": BOOKED,
  "bookings.cancel": BOOKED,
  "bookings.close": { staff: ADVISORS },
  "bookings.calendar": BOOKED,
  "bookings.ofStore": { staff: [...ADVISORS, "read_only"] },
};

import { defineEvent } from "@weft/kernel";
import { z } from "zod";

const Where = { registerId: z.string(), placeId: z.string(), shiftId: z.string() };

/** A shift began at a register. Subject: `register/<id>`. */
export const ShiftOpened = defineEvent("till.shift_opened.v1", z.object({ ...Where, businessDate: z.string() }));

/**
 * A shift ended. `difference` is counted minus expected, in minor units; null where it is told later or with the count of another register of
 * the drawer. `again`: it had ended before, and what another register did on the drawer is counted in now. Subject: `register/<id>`.
 */
export const ShiftClosed = defineEvent(
  "till.shift_closed.v1",
  z.object({
    ...Where,
    businessDate: z.string(),
    difference: z.int().nullable(),
    currency: z.string(),
    training: z.boolean().optional(),
    again: z.boolean().optional(),
  }),
);

/** A register wrote a ticket: a sale, or money taken at a hand-over. Subject: `register/<id>`. */
export const TicketWritten = defineEvent(
  "till.ticket_written.v1",
  z.object({ ...Where, orderId: z.string(), number: z.string(), training: z.boolean() }),
);

/**
 * What a register gave for goods that came back without the hub, and that had come back before at another counter, in minor units. Subject:
 * `register/<id>`.
 */
export const ReturnLost = defineEvent(
  "till.return_lost.v1",
  z.object({
    registerId: z.string(),
    placeId: z.string(),
    orderId: z.string(),
    returnId: z.string(),
    amount: z.int(),
    currency: z.string(),
  }),
);

/**
 * A register without the hub did what nobody covered who may: `what` is a price by hand, or goods that the policy does not take back. It stands as it was
 * done; `amount` is what was given off or back, in minor units. Subject: `register/<id>`.
 */
export const ActUncovered = defineEvent(
  "till.act_uncovered.v1",
  z.object({
    registerId: z.string(),
    placeId: z.string(),
    orderId: z.string(),
    commandId: z.string(),
    what: z.enum(["price", "return"]),
    amount: z.int(),
    currency: z.string(),
  }),
);

/** An order has its number at a kiosk, and is paid there by card or at the counter. Subject: `cart/<id>`. */
export const KioskOrdered = defineEvent(
  "till.kiosk_ordered.v1",
  z.object({ cartId: z.string(), placeId: z.string(), deviceId: z.string(), number: z.string(), way: z.enum(["counter", "card"]) }),
);

/** Somebody asked for an archive of the journal. Subject: `fiscal_archive/<id>`. */
export const ArchiveRequested = defineEvent("till.archive_requested.v1", z.object({ archiveId: z.string(), entityId: z.string() }));

/** Somebody asked for a verification of the journal. Subject: `journal_check/<id>`. */
export const CheckRequested = defineEvent("till.check_requested.v1", z.object({ checkId: z.string() }));

/**
 * What a register signed was refused, or its journal goes on under a new key: so many entries that were refused are open now. Subject:
 * `register/<id>`.
 */
export const JournalDefectsChanged = defineEvent(
  "till.journal_defects_changed.v1",
  z.object({ registerId: z.string(), placeId: z.string(), open: z.int() }),
);

/** A register has another name, or another drawer from its next shift on. Subject: `register/<id>`. */
export const RegisterChanged = defineEvent(
  "till.register_changed.v1",
  z.object({ registerId: z.string(), placeId: z.string(), drawerId: z.string() }),
);

/** A drawer has another name. Subject: `drawer/<id>`. */
export const DrawerChanged = defineEvent("till.drawer_changed.v1", z.object({ drawerId: z.string(), placeId: z.string() }));

/** A device that hangs at a till is new or gone, works again or does not any more. Subject: `register/<id>`. */
export const EquipmentChanged = defineEvent(
  "till.equipment_changed.v1",
  z.object({
    registerId: z.string(),
    placeId: z.string(),
    /** What hangs there now, and why it does not work; null where it does. */
    equipment: z.array(z.object({ kind: z.string(), problem: z.string().nullable() })),
    gone: z.array(z.string()),
  }),
);

/** The office asks the till of a register for a page on its printer. Subject: `register/<id>`. */
export const TestPrintAsked = defineEvent("till.test_print_asked.v1", z.object({ registerId: z.string(), placeId: z.string() }));

/** A register was added to a place. Subject: `register/<id>`. */
export const RegisterAdded = defineEvent(
  "till.register_added.v1",
  z.object({ registerId: z.string(), placeId: z.string(), training: z.boolean() }),
);

/** A ticket came to a table of its place, moved, waits there or was taken from there by a till, or sent something to the stations. Subject: `cart/<id>`. */
export const TabChanged = defineEvent("till.tab_changed.v1", z.object({ cartId: z.string(), placeId: z.string() }));

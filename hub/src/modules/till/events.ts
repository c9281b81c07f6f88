import { defineEvent } from "@weft/kernel";
import { z } from "zod";

const Where = { registerId: z.string(), placeId: z.string(), shiftId: z.string() };

/** A shift began at a register. Subject: `register/<id>`. */
export const ShiftOpened = defineEvent("till.shift_opened.v1", z.object({ ...Where, businessDate: z.string() }));

/** A shift ended with its count. `difference` is counted minus expected, in minor units. Subject: `register/<id>`. */
export const ShiftClosed = defineEvent(
  "till.shift_closed.v1",
  z.object({ ...Where, businessDate: z.string(), difference: z.int(), currency: z.string(), training: z.boolean().optional() }),
);

/** A register wrote a ticket: a sale, or money taken at a hand-over. Subject: `register/<id>`. */
export const TicketWritten = defineEvent(
  "till.ticket_written.v1",
  z.object({ ...Where, orderId: z.string(), number: z.string(), training: z.boolean() }),
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

/** A register was added to a place. Subject: `register/<id>`. */
export const RegisterAdded = defineEvent(
  "till.register_added.v1",
  z.object({ registerId: z.string(), placeId: z.string(), training: z.boolean() }),
);

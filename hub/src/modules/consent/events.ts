import { defineEvent } from "@weft/kernel";
import { z } from "zod";

const Decided = z.object({
  eventId: z.string(),
  recordId: z.string(),
  customerIdThen: z.string(),
  purpose: z.string(),
  /** Null: every topic, or every kind of channel. */
  topic: z.string().nullable(),
  channelKind: z.string().nullable(),
  source: z.string(),
  channelId: z.string().nullable(),
  placeId: z.string().nullable(),
});

/** Somebody said yes to a topic by a kind of channel. Subject: `record/<id>`. */
export const ConsentGiven = defineEvent("consent.given.v1", Decided);

/** Somebody said no; it holds for all of their records. Subject: `record/<id>`. */
export const ConsentWithdrawn = defineEvent("consent.withdrawn.v1", Decided);

/** A yes waits to be confirmed from the mailbox; who writes the mail asks `openConfirmation`. Subject: `record/<id>`. */
export const ConfirmationRequested = defineEvent(
  "consent.confirmation_requested.v1",
  z.object({ confirmationId: z.string(), recordId: z.string(), channelId: z.string().nullable() }),
);

/** How somebody wants to be reached changed. Subject: `record/<id>`. */
export const PreferencesChanged = defineEvent(
  "consent.preferences_changed.v1",
  z.object({ recordId: z.string(), kinds: z.array(z.string()), channelId: z.string().nullable() }),
);

/** An address is left alone from now on, or (`isLifted`) no longer. It names no address. Subject: `suppression/<id>`. */
export const SuppressionChanged = defineEvent(
  "consent.suppression_changed.v1",
  z.object({ suppressionId: z.string(), channelKind: z.string(), reason: z.string(), isLifted: z.boolean() }),
);

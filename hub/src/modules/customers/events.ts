import { defineEvent } from "@weft/kernel";
import { z } from "zod";

const ids = z.array(z.string());

/** A channel's record of a person was made or got a new version. Subject: the record. */
export const RecordChanged = defineEvent(
  "record.changed.v1",
  z.object({ recordId: z.string(), channelId: z.string(), version: z.number().int(), customerIdThen: z.string() }),
);

/** A link united records into one customer, or its withdrawal split them. Subject: the customer. */
export const CustomersUnited = defineEvent(
  "customer.united.v1",
  z.object({ customerIdThen: z.string(), linkId: z.string(), recordIds: ids, absorbed: ids }),
);
export const CustomersSplit = defineEvent(
  "customer.split.v1",
  z.object({ customerIdThen: z.string(), linkId: z.string(), recordIds: ids, restored: ids }),
);

/** A one-time code waits to be sent; it is sealed under the challenge's id. Subject: the challenge. */
export const CodeRequested = defineEvent(
  "challenge.requested.v1",
  z.object({ challengeId: z.string(), purpose: z.enum(["sign_in", "confirm"]), channelId: z.string(), recordId: z.string().nullable() }),
);

/** Someone proved that an address is theirs. Subject: the record. */
export const ContactVerified = defineEvent(
  "record.contact_verified.v1",
  z.object({
    recordId: z.string(),
    kind: z.enum(["email", "phone"]),
    channelId: z.string(),
    by: z.enum(["sign_in", "code", "claim", "channel"]),
  }),
);

/** A customer signed in on a channel. Subject: the record. */
export const CustomerSignedIn = defineEvent("record.signed_in.v1", z.object({ recordId: z.string(), channelId: z.string() }));

/** Staff opened a customer at a till: audited, and shown on the customer's phone. Subject: the record. */
export const CustomerOpened = defineEvent(
  "record.opened_at_till.v1",
  z.object({
    recordId: z.string(),
    openingId: z.string(),
    placeId: z.string().nullable(),
    deviceId: z.string().nullable(),
    staffId: z.string().nullable(),
    channelId: z.string().nullable(),
  }),
);

/** A person was erased in every module. Subject: the record. */
export const RecordErased = defineEvent("record.erased.v1", z.object({ recordId: z.string() }));

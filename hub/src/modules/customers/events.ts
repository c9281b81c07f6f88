import { defineEvent } from "@weft/kernel";
import { z } from "zod";

const ids = z.array(z.string());

/** A channel's record of a person was made or got a new version. Subject: `record/<id>`. */
export const CustomerChanged = defineEvent(
  "customer.changed.v1",
  z.object({ recordId: z.string(), channelId: z.string(), version: z.int(), customerIdThen: z.string() }),
);

/** A link made records one customer. `absorbed`: the customer ids that lead to another one now. Subject: `customer/<id>`. */
export const CustomerLinked = defineEvent(
  "customer.linked.v1",
  z.object({ customerIdThen: z.string(), linkId: z.string(), recordIds: ids, absorbed: ids }),
);

/** A link was withdrawn. `restored`: the customer ids that stand for themselves again. Subject: `customer/<id>`. */
export const CustomerUnlinked = defineEvent(
  "customer.unlinked.v1",
  z.object({ customerIdThen: z.string(), linkId: z.string(), recordIds: ids, restored: ids }),
);

/** A one-time code waits to be sent; who sends it opens it with `openChallenge`. Subject: `challenge/<id>`. */
export const CodeRequested = defineEvent(
  "customer.code_requested.v1",
  z.object({ challengeId: z.string(), purpose: z.enum(["sign_in", "confirm"]), channelId: z.string(), recordId: z.string().nullable() }),
);

/** Someone proved that an address is theirs. Subject: `record/<id>`. */
export const ContactVerified = defineEvent(
  "customer.contact_verified.v1",
  z.object({ recordId: z.string(), kind: z.enum(["email", "phone"]), channelId: z.string(), by: z.enum(["sign_in", "code", "channel"]) }),
);

/** A customer signed in on a channel. Subject: `record/<id>`. */
export const CustomerSignedIn = defineEvent("customer.signed_in.v1", z.object({ recordId: z.string(), channelId: z.string() }));

/** A record that a till made was claimed by QR on the phone; it is linked with the record there. Subject: `record/<id>` of the phone's. */
export const CustomerClaimed = defineEvent(
  "customer.claimed.v1",
  z.object({ recordId: z.string(), claimedRecordId: z.string(), channelId: z.string() }),
);

/** Staff opened a customer at a till; the shift counts it. Subject: `record/<id>`. */
export const CustomerOpened = defineEvent(
  "customer.opened.v1",
  z.object({
    openingId: z.string(),
    recordId: z.string(),
    placeId: z.string().nullable(),
    deviceId: z.string().nullable(),
    registerId: z.string().nullable(),
    staffId: z.string().nullable(),
    channelId: z.string().nullable(),
  }),
);

/** A person was erased in every module. Subject: `record/<id>`, one per record. */
export const CustomerErased = defineEvent("customer.erased.v1", z.object({ recordId: z.string() }));

/** A switch of a link level began, went on, turned or ended. Subject: `level_change/<id>`. */
export const LevelChangeMoved = defineEvent(
  "level_change.moved.v1",
  z.object({ levelChangeId: z.string(), channelId: z.string(), state: z.enum(["building", "turned", "done"]) }),
);

/** The words in which people are told what becomes of their data were published. Subject: `notice/<id>`. */
export const NoticePublished = defineEvent(
  "notice.published.v1",
  z.object({ noticeId: z.string(), version: z.string(), coversJoining: z.boolean() }),
);

/** Everybody in the file of a channel was told by a notice. Subject: `notice/<id>`. */
export const PeopleInformed = defineEvent(
  "notice.people_informed.v1",
  z.object({ informingId: z.string(), noticeId: z.string(), channelId: z.string() }),
);

/** A run over the whole customer file began, stopped or ended, or the settings of matching changed. Subject: `matching/file`. */
export const MatchingMoved = defineEvent(
  "customer.matching_moved.v1",
  z.object({ runId: z.string().nullable(), state: z.enum(["running", "stopped", "done", "failed", "configured"]) }),
);

/** Which of several values profiles show was changed; they are built again. Subject: `field_rules/all`. */
export const FieldRulesChanged = defineEvent("customer.field_rules_changed.v1", z.object({}));

/** What kinds of values tell about people was changed [IDN-29]; customers are computed again. Subject: `limits/all`. */
export const LimitsChanged = defineEvent("customer.limits_changed.v1", z.object({}));

/**
 * A visitor's device went over to another account [IDN-31]: from now on the channel's id of it names another record. Subject: `record/<id>` of
 * the one that had it.
 */
export const DeviceMoved = defineEvent("customer.device_moved.v1", z.object({ recordId: z.string(), toRecordId: z.string() }));

/** A value was set aside, or counts again [IDN-30]. Subject: `identifier/<id>`. */
export const IdentifierStood = defineEvent("customer.identifier_stood.v1", z.object({ identifierId: z.string(), isSetAside: z.boolean() }));

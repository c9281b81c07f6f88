import { defineEvent } from "@weft/kernel";
import { z } from "zod";

/** A message waits to be sent. Subject: `message/<id>`. */
export const MessageQueued = defineEvent(
  "message.queued.v1",
  z.object({ messageId: z.string(), recordId: z.string(), createdAt: z.iso.datetime() }),
);

/** A notice of privacy is sent to the people of a channel from now on. Subject: `notice_mailing/<id>`. */
export const NoticeMailingStarted = defineEvent(
  "notice.mailing_started.v1",
  z.object({ mailingId: z.string(), noticeId: z.string(), channelId: z.string() }),
);

/** A message left the hub, or failed for good. `recordId` is null while nobody is known by the address. Subject: `message/<id>`. */
export const MessageSent = defineEvent(
  "message.sent.v1",
  z.object({
    messageId: z.string(),
    recordId: z.string().nullable(),
    kind: z.enum(["email", "sms"]),
    template: z.string(),
    channelId: z.string().nullable(),
    state: z.enum(["sent", "failed"]),
    /** The order that it told of, as it was then. */
    order: z
      .object({
        id: z.string(),
        number: z.string(),
        state: z.string(),
        paymentState: z.string(),
        fulfillmentState: z.string(),
        total: z.object({ amount: z.int(), currency: z.string() }),
      })
      .optional(),
  }),
);

import { z } from "zod";
import { ConsentTopic } from "./consent.ts";
import { CustomerParams, IdParams, Instant, PageQuery, Uuid, pageOf, type Endpoint } from "./shared.ts";

export const OutboundMessage = z
  .object({
    id: Uuid,
    at: Instant,
    kind: z.enum(["email", "sms"]),
    template: z.string(),
    to: z.string(),
    subject: z.string(),
    text: z.string(),
    html: z.string().nullable(),
    state: z.enum(["queued", "sent", "failed", "suppressed"]),
    error: z.string().nullable(),
    recordId: Uuid.nullable(),
  })
  .meta({ id: "OutboundMessage" });

export const messagesEndpoints = {
  "messages.list": {
    summary: "The outbox: what was sent, newest first",
    tag: "messages",
    query: z.object({ ...PageQuery, recordId: Uuid.optional(), to: z.string().max(254).optional() }),
    response: pageOf(OutboundMessage),
    status: 200,
  },
  "messages.resendReady": {
    summary: "Tell the customer once more that their order is ready; pressed twice within two minutes it is one message",
    tag: "messages",
    params: IdParams,
    response: z
      .object({ messageId: Uuid, kind: z.enum(["email", "sms"]), maskedTo: z.string() })
      .meta({ id: "ReadyNotice", description: "`maskedTo` shows so much of the address that staff can read it back" }),
    status: 201,
  },
  "messages.write": {
    summary:
      "Write to a customer about a topic. It leaves only if their terms allow it at that moment; else it stays as suppressed, with the reason",
    tag: "messages",
    params: CustomerParams,
    body: z.object({
      kind: z.enum(["email", "sms"]),
      topic: ConsentTopic,
      /** Of a mail; a text message has none. */
      subject: z.string().min(1).max(150),
      text: z.string().min(1).max(2000),
    }),
    response: z.object({ messageId: Uuid }).meta({ id: "MessageWritten" }),
    status: 201,
  },
} satisfies Record<string, Endpoint>;

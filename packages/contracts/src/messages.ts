import { z } from "zod";
import { Instant, PageQuery, Uuid, pageOf, type Endpoint } from "./shared.ts";

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
} satisfies Record<string, Endpoint>;

import { z } from "zod";
import { LocalDate, Money, Uuid, type Endpoint } from "./shared.ts";

/** What the house owes of one kind at a place: when the days began, what came and went in them, and when they ended. */
export const OwedRow = z
  .object({
    entityId: Uuid,
    entityName: z.string(),
    placeId: Uuid.nullable(),
    placeName: z.string().nullable(),
    /** Deposits on packaging until it comes back, or tips until the staff have them. */
    what: z.enum(["deposits", "tips"]),
    opening: Money,
    taken: Money,
    given: Money,
    closing: Money,
  })
  .meta({ id: "OwedRow" });

export const owedEndpoints = {
  "owed.read": {
    summary: "What the house owes for packaging and to its staff, by place, over business days; the last 30 when none are said",
    tag: "payments",
    query: z.object({ from: LocalDate.optional(), to: LocalDate.optional() }),
    response: z.object({ from: LocalDate, to: LocalDate, items: z.array(OwedRow) }),
    status: 200,
  },
  "owed.payTips": {
    summary: "Note that tips were paid out to the staff of a place, at most what is owed there; answers what is owed still",
    tag: "payments",
    body: z.object({
      id: Uuid.describe("made by the client; the same payout may be sent again"),
      placeId: Uuid,
      amount: Money.refine(({ amount }) => amount > 0),
      note: z.string().trim().min(1).max(300).nullable().default(null),
    }),
    response: z.object({ owed: Money }),
    status: 201,
    idempotencyKey: "required",
  },
} satisfies Record<string, Endpoint>;

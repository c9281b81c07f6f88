import { z } from "zod";
import { Instant, LocalDate, Money, Uuid, type Endpoint } from "./shared.ts";

const Account = z.string().min(1).max(80);
const Column = z.string().trim().min(1).max(120);

export const SETTLEMENT_DIFFERENCES = ["matched", "amount_differs", "doubled", "missing_here", "missing_there"] as const;

/** A movement by our own books, and what the provider says of it; one of the two where the other knows nothing. */
export const SettlementDifference = z
  .object({
    kind: z.enum(SETTLEMENT_DIFFERENCES),
    ours: z
      .object({
        kind: z.enum(["payment", "refund"]),
        orderId: Uuid.nullable(),
        orderNumber: z.string().nullable(),
        amount: Money,
        at: Instant,
      })
      .nullable(),
    theirs: z.object({ kind: z.string(), reference: z.string(), amount: Money, fee: Money, settledOn: LocalDate }).nullable(),
    /** It should be on the provider's list by now. */
    isLate: z.boolean(),
  })
  .meta({ id: "SettlementDifference" });

export const Settlement = z
  .object({
    account: z.string(),
    from: LocalDate,
    to: LocalDate,
    /** Providers that moved money, and until when they said what they settled. */
    accounts: z.array(z.object({ account: z.string(), saidUntil: LocalDate.nullable(), canBeAsked: z.boolean() })),
    /** What both agree on. */
    matched: z.int(),
    differences: z.array(SettlementDifference),
    /** By day of settlement and currency, of all lines: what came in, what was kept as a fee, and what was paid out. */
    days: z.array(z.object({ day: LocalDate, gross: Money, fees: Money, paidOut: Money, lines: z.int() })),
  })
  .meta({ id: "Settlement" });

/** What became of lines that were given. */
export const KeptSettlement = z
  .object({
    lines: z.int(),
    /** Of these, what was known before. */
    known: z.int(),
    refused: z.array(z.object({ line: z.int(), reason: z.enum(["broken", "reference", "amount", "date", "currency"]) })),
  })
  .meta({ id: "KeptSettlement" });

export const settlementsEndpoints = {
  "settlements.read": {
    summary:
      "What a payment provider says it settled in some days beside our own movements: what agrees, and each difference. It changes nothing",
    tag: "payments",
    query: z.object({ account: Account.optional(), from: LocalDate.optional(), to: LocalDate.optional() }),
    response: Settlement,
    status: 200,
  },
  "settlements.fetch": {
    summary: "Ask a provider what it settled in some days, at most 31",
    tag: "payments",
    body: z.object({ account: Account, from: LocalDate, to: LocalDate }),
    response: KeptSettlement,
    status: 200,
  },
  "settlements.import": {
    summary: "Give a provider's own list as CSV, and by which columns what is found; a line that is known changes nothing",
    tag: "payments",
    body: z.object({
      account: Account,
      csv: z.string().min(1).max(700_000),
      currency: z.string().regex(/^[A-Z]{3}$/),
      columns: z.object({
        reference: Column,
        amount: Column,
        date: Column,
        kind: Column.optional(),
        fee: Column.optional(),
        currency: Column.optional(),
        key: Column.optional(),
      }),
    }),
    response: KeptSettlement,
    status: 200,
  },
} satisfies Record<string, Endpoint>;

import { z } from "zod";
import { Locale, LocalDate, Uuid, type Endpoint } from "./shared.ts";
import { EntryProof } from "./till-entries.ts";
import { Receipt } from "./till-receipts.ts";

/** What opens an e-receipt: 128 random bits, base64url, made by the till, so that it can be shown before the hub has the sale. */
export const ReceiptToken = z.string().regex(/^[\w-]{22}$/);

/** The receipt as whoever holds its address sees it: what was sold, and nothing of who bought it or who stood at the till. */
export const EReceipt = Receipt.omit({ company: true, cashier: true, points: true, training: true, note: true, tab: true })
  .extend({
    /** Where its guests sat; what they were called is for the paper alone. */
    table: z.string().optional(),
    /** What the sale did to the points of whoever is known to have bought it; null where nobody is. */
    points: z.object({ earned: z.int(), rewards: z.array(z.object({ name: z.string(), points: z.int() })) }).nullable(),
    /**
     * How the journal holds it. `signed`: by the register, and the signature was checked just now; `hashed`: the register has no key; `waiting`:
     * the register has not signed it yet; `broken`: the signature does not hold.
     */
    seal: z.object({
      state: z.enum(["signed", "hashed", "waiting", "broken"]),
      keyId: z.string().nullable(),
      /** The day whose root holds it, and that root; null until there is one. */
      day: LocalDate.nullable(),
      root: z.string().nullable(),
    }),
  })
  .meta({ id: "EReceipt" });

const ByToken = { params: z.object({ token: z.string().max(200) }) };
const InLanguage = z.object({ language: Locale.optional() });

export const eReceiptEndpoints = {
  "till.eReceipt": {
    summary: "The receipt behind an address that a till showed, without anything of a person",
    tag: "till",
    ...ByToken,
    query: InLanguage,
    response: EReceipt,
    status: 200,
  },
  "till.eReceiptPage": {
    summary: "The same receipt as a page, for the phone that read the code",
    tag: "till",
    ...ByToken,
    query: InLanguage,
    response: z.string(),
    status: 200,
    raw: true,
  },
  "till.eReceiptPdf": {
    summary: "The same receipt as PDF",
    tag: "till",
    ...ByToken,
    query: InLanguage,
    response: z.string(),
    status: 200,
    raw: true,
  },
  "till.eReceiptProof": {
    summary: "What proves that this receipt was in the journal on its day: two paths up to the root that the hub signed",
    tag: "till",
    ...ByToken,
    response: EntryProof,
    status: 200,
  },
  "till.claimReceipt": {
    summary: "Add a sale that nobody was known to have bought to one's own purchases: once, with its points",
    tag: "till",
    ...ByToken,
    response: z.object({ orderId: Uuid, points: z.int() }).meta({ id: "ClaimedReceipt" }),
    status: 200,
  },
} satisfies Record<string, Endpoint>;

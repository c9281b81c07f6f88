import { z } from "zod";
import { Instant, Locale, LocalizedText, Uuid, type Endpoint } from "./shared.ts";

/** A receipt as it goes with a present: what it is and where it is exchanged, and not one amount. */
export const GiftReceipt = z
  .object({
    /** Of the receipt, by which a till finds the sale. */
    number: z.string(),
    at: Instant,
    timeZone: z.string(),
    place: z.object({ name: z.string(), address: z.string(), phone: z.string().nullable() }),
    entityName: z.string(),
    lines: z.array(
      z.object({
        orderLineId: Uuid,
        name: LocalizedText,
        options: z.array(LocalizedText),
        /** Pieces, or grams where `unit` says so. */
        quantity: z.int(),
        unit: z.enum(["piece", "gram"]),
      }),
    ),
  })
  .meta({ id: "GiftReceipt" });

const ByToken = { params: z.object({ token: z.string().max(200) }) };
const InLanguage = z.object({ language: Locale.optional() });

export const giftReceiptEndpoints = {
  "till.giftReceipt": {
    summary: "The receipt without prices behind an address that a till showed or printed",
    tag: "till",
    ...ByToken,
    response: GiftReceipt,
    status: 200,
  },
  "till.giftReceiptPage": {
    summary: "The same as a page, for the phone that read the code",
    tag: "till",
    ...ByToken,
    query: InLanguage,
    response: z.string(),
    status: 200,
    raw: true,
  },
  "till.giftReceiptPdf": {
    summary: "The same as PDF",
    tag: "till",
    ...ByToken,
    query: InLanguage,
    response: z.string(),
    status: 200,
    raw: true,
  },
} satisfies Record<string, Endpoint>;

import type { Locale } from "@weft/contracts";
import type { InvoiceAddress } from "./ask.ts";
import type { Formats } from "./formats.ts";
import type { DocumentData, DocumentKind } from "./plan.ts";
import type { DocumentWords } from "./words.ts";

export type DocumentBrand = { readonly name: string; readonly accent: string };

/** What a document is drawn from. */
export type Drawn = {
  readonly kind: DocumentKind | "confirmation" | "quote" | "receipt";
  readonly number: string;
  readonly businessDate: string;
  readonly issuedAt: Date;
  /** Of a quote: the last business day on which it holds. */
  readonly validUntil?: string;
  readonly language: Locale;
  readonly currency: string;
  readonly data: DocumentData;
  readonly buyerName: string | null;
  readonly buyerAddress?: InvoiceAddress | null;
  /** Of a receipt: how its journal and the devices of its country vouch for it, line by line. */
  readonly vouchers?: readonly string[];
  /** Of a receipt: what stands on it as QR, each with what it is for. */
  readonly codes?: readonly { readonly text: string; readonly caption: string }[];
};

/** A page being drawn, with what all its parts need. Lengths in points. */
export type Sheet = {
  readonly pdf: PDFKit.PDFDocument;
  readonly document: Drawn;
  readonly words: DocumentWords;
  readonly formats: Formats;
  readonly accent: string;
};

export const MARGIN = 50;
export const WIDTH = 595.28 - 2 * MARGIN;
// Both hold Latin with all its accents, Greek and Cyrillic, so that names are printed as they are written.
export const REGULAR_FONT = import.meta.resolve("@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf");
export const BOLD_FONT = import.meta.resolve("@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf");
/** Below this stands the foot of each page. */
export const BOTTOM = 841.89 - 78;
export const [INK, QUIET, RULE] = ["#2a2420", "#6b625b", "#d9d2c9"] as const;

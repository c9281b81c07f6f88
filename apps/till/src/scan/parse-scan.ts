import { isCardNumber } from "../../../../hub/src/modules/loyalty/domain/index.ts";
import { placeOfNumber, readGs1, type Gs1Item } from "../../../../hub/src/modules/till/domain/index.ts";

/** What a scanned or typed code opens. */
export type Scanned =
  | { readonly kind: "handover"; readonly code: string }
  | { readonly kind: "member"; readonly token: string }
  | { readonly kind: "collection"; readonly code: string }
  | { readonly kind: "return"; readonly code: string }
  /** The address of an e-receipt, of one without prices, or the number that stands on paper. */
  | { readonly kind: "receipt"; readonly address: string }
  /** Goods, with what their code says of this very one: its batch, how long it keeps, what it weighs. */
  | { readonly kind: "gs1"; readonly item: Gs1Item }
  | { readonly kind: "barcode"; readonly barcode: string }
  | { readonly kind: "text"; readonly text: string };

const HANDOVER_URL = /\/shop\/handover\/([A-Z0-9-]{4,12})/i;
/** The address of an e-receipt, and of a receipt without prices. */
const RECEIPT_URL = /\/[rg]\/[\w-]{22}(?:[/?#]|$)/;
const COLLECTION_URL = /\/(?:collect|collection)\/(\d{4,8})/;
/** Letters and digits of a hand-over code, at least one letter: digits alone are something else. */
const HANDOVER_CODE = /^(?=.*[A-Z])[34679ACDEFGHJKMNPQRTUVWXY]{7}$/;

/** As paper bears it that was printed later than its sale: `LYB1-000123`. */
const RECEIPT_NUMBER = /^[A-Z]{2,12}\d{1,3}-X?\d{6,}$/;

/** What lies in a parcel that comes back, or is shown for it. */
const RETURN_CODE = /^RT[34679ACDEFGHJKMNPQRTUVWXY]{8}$/;

/** One reader for all codes, from whatever read them: wedge, camera or fingers [SCN-1]. */
export function parseScan(raw: string, today: string = new Date().toISOString().slice(0, 10)): Scanned {
  const text = raw.trim();
  const url = HANDOVER_URL.exec(text);
  if (url?.[1]) return { kind: "handover", code: url[1].toUpperCase() };
  if (RECEIPT_URL.test(text)) return { kind: "receipt", address: text };
  const item = readGs1(text, today);
  if (item) return { kind: "gs1", item };
  const collection = COLLECTION_URL.exec(text);
  if (collection?.[1]) return { kind: "collection", code: collection[1] };
  if (/^[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}(?:\.[\w-]{8})?$/.test(text)) return { kind: "member", token: text };
  const plain = text.replaceAll(/[\s-]/g, "");
  const returned = RETURN_CODE.exec(plain.toUpperCase());
  if (returned) return { kind: "return", code: returned[0] };
  if (/^\d{6}$/.test(plain)) return { kind: "collection", code: plain };
  if (isCardNumber(plain)) return { kind: "member", token: plain };
  if (isGtin(plain)) return { kind: "barcode", barcode: plain };
  const upper = plain.toUpperCase();
  if (RECEIPT_NUMBER.test(text.toUpperCase()) && placeOfNumber(text.toUpperCase())) return { kind: "receipt", address: text.toUpperCase() };
  if (HANDOVER_CODE.test(upper)) return { kind: "handover", code: upper };
  return { kind: "text", text };
}

/** A GTIN of 8, 12, 13 or 14 digits with a right check digit (GS1: weights 3 and 1 from the right). */
export function isGtin(digits: string): boolean {
  if (!/^(\d{8}|\d{12,14})$/.test(digits)) return false;
  const sum = [...digits].toReversed().reduce((total, digit, place) => total + Number(digit) * (place % 2 === 1 ? 3 : 1), 0);
  return sum % 10 === 0;
}

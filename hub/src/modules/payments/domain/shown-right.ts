/** The use of a right to pay by a gift card, in its token. */
export const GIFT_CARD_RIGHT = "gift card";

/** The use of a member's card: its owner may pay in points. */
export const MEMBER_RIGHT = "card";

/** What a customer showed, by the hub's word: up to `most` minor units of a gift card, or of a member's points and then at most `percent` of a sale. */
type ShownRight = {
  /** The gift card, or the record of the member. */
  readonly subject: string;
  readonly most: number;
  readonly percent: number;
  readonly currency: string;
  readonly until: Date;
};

/** A public key of the hub, as it publishes them. */
export type PublicKey = {
  readonly kid?: string | undefined;
  readonly kty?: string | undefined;
  readonly crv?: string | undefined;
  readonly x?: string | undefined;
  readonly y?: string | undefined;
};

/** What stands in the QR of a gift card: its code, and the right behind a dot. A code that was typed has no right. */
export function readGiftCardText(text: string): { readonly code: string; readonly right: string | null } {
  const [, code, right] = /^([A-Z0-9-]{16,20})\.([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(text.trim()) ?? [];
  return code === undefined ? { code: text.trim(), right: null } : { code, right: right ?? null };
}

/** The right in the QR of a member's card, before the code of its moment; null for a number. */
export const rightOfMemberCard = (shown: string): string | null => /^([\w-]+\.[\w-]+\.[\w-]+)\.[\w-]{8}$/.exec(shown.trim())?.[1] ?? null;

/** The code with its right, as the QR holds them. */
export const giftCardText = (code: string, right: string | null): string => (right === null ? code : `${code}.${right}`);

/**
 * Checks a right without asking anybody [PAY-52]: signed by one of these keys (ES256, RFC 7515), for this use, and not ended at `at`. Null where
 * it is anything else, or gives no right to pay.
 */
export async function checkRight(
  right: string,
  keys: readonly PublicKey[],
  at: Date,
  wanted = GIFT_CARD_RIGHT,
): Promise<ShownRight | null> {
  const [head = "", body = "", signature = ""] = right.split(".");
  const { kid, alg } = jsonIn(head);
  const key = keys.find((known) => known.kid === kid);
  if (!key || alg !== "ES256" || !(await isSigned(key, `${head}.${body}`, signature))) return null;
  const { use, sub, most, percent = 100, currency, exp } = jsonIn(body);
  if (use !== wanted || typeof percent !== "number" || typeof sub !== "string" || typeof most !== "number" || typeof currency !== "string")
    return null;
  const until = new Date(Number(exp) * 1000);
  return until > at ? { subject: sub, most, percent, currency, until } : null;
}

async function isSigned({ kty = "", crv = "", x = "", y = "" }: PublicKey, text: string, signature: string): Promise<boolean> {
  const jwk = { kty, crv, x, y };
  const parameters = { name: "ECDSA", namedCurve: "P-256" };
  try {
    const key = await crypto.subtle.importKey("jwk", jwk, parameters, false, ["verify"]);
    return await crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, key, bytesOf(signature), new TextEncoder().encode(text));
  } catch {
    return false;
  }
}

function jsonIn(part: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(new TextDecoder().decode(bytesOf(part))) as Record<string, unknown>; // each field is looked at by itself
  } catch {
    return {};
  }
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
}

/** What a right says without its signature being looked at again: whose it is. */
export function subjectOfRight(right: string): string | null {
  const { sub } = jsonIn(right.split(".")[1] ?? "");
  return typeof sub === "string" ? sub : null;
}

/**
 * How much a register takes by a right by itself: what it says, at most what the place takes of one card, less what this register has taken of it
 * already and the hub has not heard of.
 */
export const mostHere = ({ most }: Pick<ShownRight, "most">, placeMost: number, takenHere: number): number =>
  Math.max(0, Math.min(most, placeMost) - takenHere);

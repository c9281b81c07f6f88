/** Seconds for which a card shows one code. */
export const CODE_SECONDS = 30;

/** Codes before and after that of now which are taken as well: a phone's clock may be a minute wrong, and a scan takes its time. */
export const CODES_AROUND = 2;

/** Which code a card shows at an instant, counted from 1970. */
export const codeStep = (at: Date): number => Math.floor(at.getTime() / (CODE_SECONDS * 1000));

const CODE_LENGTH = 8;

/**
 * The code of a card at a step [LOY-21]: the first 48 bits of HMAC-SHA-256 over the step by the card's key, as one-time codes are made (RFC 6238).
 * `key` is base64url. The phone makes it without a network, the hub makes the same.
 */
export async function rotatingCode(key: string, step: number): Promise<string> {
  const secret = await crypto.subtle.importKey("raw", bytesOf(key), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const mac = await crypto.subtle.sign("HMAC", secret, new TextEncoder().encode(String(step)));
  return base64url(new Uint8Array(mac)).slice(0, CODE_LENGTH);
}

/** What the QR holds: the signed token, and the code of its moment. */
export const shownText = (token: string, code: string): string => `${token}.${code}`;

/** Token and code of a scanned text; null when it is not what a card shows. */
export function readShownText(text: string): { readonly token: string; readonly code: string } | null {
  const [, token, code] = /^([\w-]+\.[\w-]+\.[\w-]+)\.([\w-]{8})$/.exec(text.trim()) ?? [];
  return token === undefined || code === undefined ? null : { token, code };
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

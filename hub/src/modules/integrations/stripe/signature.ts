import { createHmac, timingSafeEqual } from "node:crypto";

/** Older than this a delivery is not believed, so that one that was overheard cannot be sent again later. */
const MOST_SECONDS = 300;

/**
 * Whether a delivery was signed by who knows the webhook's secret, at most five minutes before `nowSeconds` [PAY-23]. The signature is over
 * the bytes as they came; while a secret is changed there may be several, and one is enough.
 */
export function isSignedByStripe(body: Buffer, header: unknown, secret: string, nowSeconds: number): boolean {
  if (typeof header !== "string") return false;
  const parts = header.split(",").map((part) => part.split("=", 2));
  const time = parts.find(([name]) => name === "t")?.[1];
  if (time === undefined || !/^\d{1,12}$/.test(time) || Math.abs(nowSeconds - Number(time)) > MOST_SECONDS) return false;
  const expected = createHmac("sha256", secret).update(`${time}.`).update(body).digest();
  return parts.some(([name, value = ""]) => {
    const given = name === "v1" ? Buffer.from(value, "hex") : Buffer.alloc(0);
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}

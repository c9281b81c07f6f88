import { z } from "zod";

/** A Stripe account as it is set up: whose cards it takes, and the secrets that open it. */
export const StripeAccount = z.strictObject({
  /** Names the account in payments that it took and in the address of its webhook: never changed once used. */
  code: z.string().regex(/^[a-z0-9-]{1,30}$/),
  /** Legal entities that it takes cards for. */
  entityIds: z.array(z.uuid()).min(1),
  secretKey: z.string().min(8),
  webhookSecret: z.string().min(8),
  /** Card readers by the register that they stand at. */
  readers: z.record(z.uuid(), z.strictObject({ id: z.string().startsWith("tmr_"), label: z.string().min(1).max(60) })).default({}),
  /** When cards are charged: as they pay, or when the goods are handed over or leave [PAY-33]. */
  capture: z.enum(["at_once", "at_handover"]).default("at_once"),
  apiUrl: z.url().default("https://api.stripe.com"),
});
export type StripeAccount = z.output<typeof StripeAccount>;

/** Reads the setting `STRIPE_ACCOUNTS`. Throws with what is wrong, without repeating a secret. */
export function readStripeAccounts(text: string | undefined): StripeAccount[] {
  if (text === undefined) return [];
  const accounts = z.array(StripeAccount).safeParse(JSON.parse(text));
  if (!accounts.success) {
    const wrong = accounts.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
    throw new Error(`STRIPE_ACCOUNTS is not as it should be: ${wrong.join("; ")}`);
  }
  const codes = accounts.data.map(({ code }) => code);
  const entities = accounts.data.flatMap(({ entityIds }) => entityIds);
  if (new Set(codes).size < codes.length || new Set(entities).size < entities.length)
    throw new Error("STRIPE_ACCOUNTS names an account or a legal entity twice");
  return accounts.data;
}

import { z } from "zod";
import type { StripeAccount } from "./accounts.ts";

/** The version of the API that these requests and answers are written for. */
const API_VERSION = "2026-10-28.endive";
const PATIENCE_MS = 20_000;

const ErrorBody = z.object({
  error: z.object({ code: z.string().optional(), decline_code: z.string().optional(), type: z.string().optional() }),
});

/** What the API refused. `code` is Stripe's. */
export class StripeRefusal extends Error {
  override readonly name = "StripeRefusal";
  readonly status: number;
  readonly code: string;
  readonly isCard: boolean;
  constructor(status: number, code: string, isCard: boolean) {
    super(`Stripe answered ${status} ${code}`);
    this.status = status;
    this.code = code;
    this.isCard = isCard;
  }
}

type Form = Readonly<Record<string, string | number | undefined>>;
type Ask = { readonly form?: Form; readonly key?: string; readonly signal?: AbortSignal };

export type StripeApi = <T>(method: "GET" | "POST", path: string, answer: z.ZodType<T>, ask?: Ask) => Promise<T>;

/**
 * Asks the API of an account. A `key` makes asking again the same request [PAY-5]. Throws `StripeRefusal` for what was refused; anything
 * else that is thrown leaves open what happened.
 */
export function stripeApi({ apiUrl, secretKey }: Pick<StripeAccount, "apiUrl" | "secretKey">): StripeApi {
  return async (method, path, answer, { form = {}, key, signal } = {}) => {
    const fields = new URLSearchParams();
    for (const [name, value] of Object.entries(form)) if (value !== undefined) fields.append(name, String(value));
    const query = method === "GET" && fields.size > 0 ? `?${fields}` : "";
    const tooLong = AbortSignal.timeout(PATIENCE_MS);
    const response = await fetch(`${apiUrl}${path}${query}`, {
      method,
      signal: signal ? AbortSignal.any([signal, tooLong]) : tooLong,
      headers: {
        authorization: `Bearer ${secretKey}`,
        "stripe-version": API_VERSION,
        ...(key !== undefined && { "idempotency-key": key }),
      },
      ...(method === "POST" && { body: fields }),
    });
    const body: unknown = await response.json();
    if (response.ok) return answer.parse(body);
    const { error } = ErrorBody.safeParse(body).data ?? { error: {} };
    // A conflict of keys and a failure of theirs say nothing of what became of the request.
    if (response.status >= 500 || response.status === 409 || response.status === 429) throw new Error(`Stripe answered ${response.status}`);
    throw new StripeRefusal(response.status, error.decline_code ?? error.code ?? "refused", error.type === "card_error");
  };
}

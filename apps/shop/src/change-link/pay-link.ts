import type { AnswerOf } from "@weft/contracts/client";
import { keyHeader } from "@weft/ui/api/api.ts";
import { askUntilPaid, type Paid } from "@weft/ui/api/ask-until-paid.ts";
import { api } from "../api.ts";

/** A payment that this tab began for a link: kept, because a step at the payer's bank leaves the page and comes back. */
export type BegunPayment = { readonly cardToken: string; readonly key: string };

const nameOf = (token: string): string => `weft.change-link.${token}`;

/** The payment that this tab began and has no answer for; undefined when there is none. */
export function paymentBegun(token: string): BegunPayment | undefined {
  const text = window.sessionStorage.getItem(nameOf(token));
  return text === null ? undefined : (JSON.parse(text) as BegunPayment); // written by `payLink` alone
}

/** Pays what a change costs more, and asks again while the provider thinks: the same key never charges twice. A refusal is thrown. */
export async function payLink(token: string, begun: BegunPayment): Promise<Paid<AnswerOf<"changeLinks.pay">>> {
  const { cardToken, key } = begun;
  return askUntilPaid(
    () =>
      api.call("changeLinks.pay", {
        params: { token },
        body: { cardToken, returnPath: window.location.pathname },
        headers: keyHeader(key),
      }),
    {
      remember: () => window.sessionStorage.setItem(nameOf(token), JSON.stringify(begun)),
      forget: () => window.sessionStorage.removeItem(nameOf(token)),
    },
  );
}

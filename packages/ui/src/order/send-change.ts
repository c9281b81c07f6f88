import type { AnswerOf, BodyOf } from "@weft/contracts/client";
import { keyHeader, type Api } from "../api/api.ts";
import { askUntilPaid, type Paid } from "../api/ask-until-paid.ts";

/** A change of an order as it was asked for, under which key: kept for this tab, because a step at the payer's bank leaves the page and comes back. */
export type BegunChange = { readonly body: BodyOf<"orders.change">; readonly version: number; readonly key: string };

const nameOf = (orderId: string): string => `weft.change.${orderId}`;

/** The change that this tab began for an order and has no answer for; undefined when there is none. */
export function changeBegun(orderId: string): BegunChange | undefined {
  const text = window.sessionStorage.getItem(nameOf(orderId));
  return text === null ? undefined : (JSON.parse(text) as BegunChange); // written by `sendChange` alone
}

type Asked = { readonly api: Api; readonly orderId: string; readonly headers?: Record<string, string> | undefined };

/** Asks for a change, and again while its provider thinks: the same key never charges twice. A refusal is thrown. */
export async function sendChange({ api, orderId, headers }: Asked, begun: BegunChange): Promise<Paid<AnswerOf<"orders.change">>> {
  const { body, version, key } = begun;
  return askUntilPaid(
    () =>
      api.call("orders.change", {
        params: { id: orderId },
        body: { ...body, returnPath: window.location.pathname },
        headers: { ...headers, ...keyHeader(key), "if-match": `"${version}"` },
      }),
    {
      remember: () => window.sessionStorage.setItem(nameOf(orderId), JSON.stringify(begun)),
      forget: () => window.sessionStorage.removeItem(nameOf(orderId)),
    },
  );
}

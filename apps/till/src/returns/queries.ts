import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { ReceiptView, ReturnView } from "@weft/contracts/client";
import { currentLocale } from "@weft/ui/i18n/i18n.ts";
import { problemCode } from "@weft/ui/api/problem-error.ts";
import { api } from "../api.ts";
import { isAway, recall } from "../local/kept.ts";
import { ownReturnKey } from "../local/own-return.ts";
import type { Target } from "./refund-target.tsx";
import { practicedReceipt, practicedReturn } from "../outbox/practiced.ts";
import { soldHere } from "../outbox/register-outbox.ts";
import { parseScan } from "../scan/parse-scan.ts";

/** What of an order can come back here, and what would go back for the units asked about. The last answer stands until the next is there. */
export const offerQuery = (orderId: string, placeId: string, units: string | null, requestId: string | undefined, refundTo?: Target) =>
  queryOptions({
    queryKey: ["return-offer", orderId, placeId, units, requestId ?? null, refundTo ?? null],
    queryFn: ({ signal }) =>
      api.ask("returns.offer", {
        params: { id: orderId },
        query: { placeId, ...(units !== null && { units }), ...(requestId !== undefined && { requestId }), ...(refundTo && { refundTo }) },
        signal,
      }),
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 0,
  });

/** `gift`: a receipt without prices was shown, of these lines with commas between, or of `all`. */
export type Shown = { readonly order: string; readonly request?: string; readonly gift?: string };

/** The order whose receipt, number or return code the customer shows; null when this till may not see one. */
export async function orderShown(shown: string): Promise<Shown | null> {
  const scanned = parseScan(shown);
  try {
    if (scanned.kind !== "return") {
      const { orderId, gift } = await api.ask("grants.create", { body: { shown } });
      return orderId === null ? null : { order: orderId, ...(gift && { gift: gift.lineIds?.join(",") ?? "all" }) };
    }
    const request = await api.ask("returns.openRequest", { body: { code: scanned.code } });
    api.queries.setQueryData(requestQuery(request.id).queryKey, request);
    // One that has ended only says which order it was.
    return { order: request.orderId, ...((request.state === "requested" || request.state === "received") && { request: request.id }) };
  } catch (error) {
    if (problemCode(error) === "order.unknown" || problemCode(error) === "return.unknown") return null;
    throw error;
  }
}

/** What was announced of an order. */
export const requestQuery = (id: string) =>
  queryOptions({
    queryKey: ["return-request", id],
    queryFn: ({ signal }) => api.ask("returns.readRequest", { params: { id }, signal }),
  });

/** What went out for what came back. */
export const exchangedQuery = (orderId: string) =>
  queryOptions({
    queryKey: ["exchanged", orderId],
    queryFn: async ({ signal }) => practicedReceipt(orderId) ?? readExchanged(orderId, signal),
  });

/** As the hub has it; of what this till exchanged by itself as it was, until the hub has heard of it. */
async function readExchanged(orderId: string, signal: AbortSignal): Promise<ReceiptView> {
  const own = await soldHere()?.ofOrder(orderId);
  if (own?.row && !own.row.answer) return own.sale.receipt;
  return api.ask("till.receipt", { params: { id: orderId }, query: { locale: currentLocale() }, signal }).catch((error: unknown) => {
    if (own && isAway(error)) return own.sale.receipt;
    throw error;
  });
}

export const returnQuery = (id: string) =>
  queryOptions({
    queryKey: ["return", id],
    queryFn: async ({ signal }) => practicedReturn(id) ?? readReturn(id, signal),
  });

/** As the hub has it; one that this till took by itself, as it was, until the hub has heard of it. */
async function readReturn(id: string, signal: AbortSignal): Promise<ReturnView> {
  const own = (await recall<ReturnView>(ownReturnKey(id)))?.value;
  return api.ask("returns.read", { params: { id }, signal }).catch((error: unknown) => {
    if (own && (isAway(error) || problemCode(error) === "return.unknown")) return own;
    throw error;
  });
}

import { lazy, Suspense, useState } from "react";
import { keepPreviousData, queryOptions, useMutation, useQuery } from "@tanstack/react-query";
import type { OrderDocumentView, OrderView } from "@weft/contracts/client";
import { currentLocale } from "@weft/ui/i18n/i18n.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { api, tokenHeader } from "../api.ts";
import { t } from "../t.ts";
import { saveFile } from "../shared/save-file.ts";
import { orderToken } from "./order-query.ts";
import styles from "./order.module.css";

/** Few ask for one. */
const AskInvoice = lazy(() => import("./ask-invoice.tsx").then((module) => ({ default: module.AskInvoice })));

/** A document is numbered a moment after its order moved on: after each change it is looked for this often, and this many times. */
const LOOK_MS = 2000;
const LOOKS = 4;

const headersFor = (id: string): Record<string, string> => tokenHeader(orderToken(id) ?? null) ?? {};

const documentsQuery = ({ id, version }: OrderView) =>
  queryOptions({
    queryKey: ["documents", id, version],
    queryFn: ({ signal }) => api.ask("orders.documents", { params: { id }, signal, headers: headersFor(id) }),
    refetchInterval: ({ state }) => (state.dataUpdateCount < LOOKS ? LOOK_MS : false),
    placeholderData: keepPreviousData,
  });

type Wanted = { readonly path: string; readonly name: string };

/** What there is in writing of an order: its confirmation, its invoice and what was credited, each as PDF. */
export function Documents({ order }: { readonly order: OrderView }) {
  const { data } = useQuery(documentsQuery(order));
  const [isAsking, setAsking] = useState(false);
  const download = useMutation({
    mutationFn: async ({ path, name }: Wanted) => saveFile(await api.file(path, headersFor(order.id)), name),
  });
  if (order.mode !== "live") return null;
  const confirmation = { path: `/v1/orders/${order.id}/confirmation.pdf?language=${currentLocale()}`, name: `${order.number}.pdf` };
  return (
    <>
      <div className={styles.papers}>
        <Button kind="quiet" busy={download.isPending} onClick={() => download.mutate(confirmation)}>
          {t("shop.order.document.confirmation")}
        </Button>
        {data?.items.map((document) => (
          <Button
            key={document.id}
            kind="quiet"
            busy={download.isPending}
            onClick={() => download.mutate({ path: `/v1/documents/${document.id}.pdf`, name: `${document.number}.pdf` })}
          >
            {labelOf(document)}
          </Button>
        ))}
        {data?.items.length === 0 && mayAsk(order) ? (
          <Button kind="quiet" onClick={() => setAsking(true)}>
            {t("shop.order.ask_invoice")}
          </Button>
        ) : null}
      </div>
      {download.error ? <ProblemNote error={download.error} /> : null}
      {isAsking ? (
        <Suspense>
          <AskInvoice order={order} onClose={() => setAsking(false)} />
        </Suspense>
      ) : null}
    </>
  );
}

/** What was bought over a counter has its receipt, and an invoice where somebody asks. */
const mayAsk = ({ channelKind, company, paymentState }: OrderView): boolean =>
  channelKind === "store" && company === null && paymentState === "paid";

const labelOf = ({ kind, number }: OrderDocumentView): string => t(`shop.order.document.${kind}`, { number });

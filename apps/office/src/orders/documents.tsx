import { Button } from "@mantine/core";
import { queryOptions, useMutation, useQuery } from "@tanstack/react-query";
import type { OrderDocumentView, OrderView } from "@weft/contracts/client";
import { formatBusinessDate } from "@weft/ui/i18n/format.ts";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { api } from "../api.ts";
import { Part } from "../common/beside.tsx";
import { receiveFile } from "../common/transfer.ts";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { AskInvoice } from "./ask-invoice.tsx";
import styles from "./orders.module.css";

const documentsQuery = (orderId: string, version: number) =>
  queryOptions({
    queryKey: ["documents", orderId, version],
    queryFn: ({ signal }) => api.ask("orders.documents", { params: { id: orderId }, signal }),
    // A document is numbered a moment after its order moved on.
    refetchInterval: ({ state }) => (state.dataUpdateCount < 4 ? 2000 : false),
  });

/** The invoice and credit notes of an order, as PDF. While there is none of a sale at a counter, one can be asked for. */
export function OrderDocuments({ order }: { readonly order: OrderView }) {
  const may = useMay();
  const { data } = useQuery({ ...documentsQuery(order.id, order.version), enabled: may("orders.documents") });
  const download = useMutation({ mutationFn: (id: string) => receiveFile(`/v1/documents/${id}.pdf`, () => undefined) });
  if (!data) return null;
  if (data.items.length === 0) return mayAsk(order) && may("orders.askInvoice") ? <AskInvoice order={order} /> : null;
  return (
    <Part title={t("office.order.documents")}>
      <div className={styles.actions}>
        {data.items.map((document) => (
          <Button
            key={document.id}
            variant="default"
            loading={download.isPending && download.variables === document.id}
            onClick={() => download.mutate(document.id)}
          >
            {labelOf(document)}
          </Button>
        ))}
      </div>
      {download.error ? <ProblemNote error={download.error} /> : null}
    </Part>
  );
}

/** A sale over a counter has its receipt, and an invoice where somebody asks; every other order has its invoice by itself. */
const mayAsk = ({ channelKind, company, mode, paymentState }: OrderView): boolean =>
  channelKind === "store" && company === null && mode !== "imported" && paymentState === "paid";

const labelOf = ({ kind, number, businessDate }: OrderDocumentView): string =>
  t(`office.order.document.${kind}`, { number, date: formatBusinessDate(businessDate) });

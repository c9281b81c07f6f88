import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { BodyOf, OrderView } from "@weft/contracts/client";
import { currentLocale } from "@weft/ui/i18n/i18n.ts";
import { InvoiceForm } from "@weft/ui/order/invoice-form.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Sheet } from "@weft/ui/shop/sheet.tsx";
import { addressProblems, tidyAddress } from "../../../../hub/src/modules/promises/domain/address.ts";
import { api, tokenHeader } from "../api.ts";
import { storesQuery, useStore } from "../stores/stores.ts";
import { t } from "../t.ts";
import { orderToken } from "./order-query.ts";
import styles from "./order.module.css";

const RULE = { tidy: tidyAddress, problems: addressProblems };

type Props = { readonly order: OrderView; readonly onClose: () => void };

/** The invoice of what was bought in a store, for whoever bought it: with a name and an address, once. */
export function AskInvoice({ order, onClose }: Props) {
  const { store } = useStore();
  // Most who ask live where it was sold, whichever store they have chosen since.
  const seller = useQuery(storesQuery()).data?.find(({ id }) => id === order.placeId) ?? store;
  const queries = useQueryClient();
  const ask = useMutation({
    mutationFn: (body: BodyOf<"orders.askInvoice">) =>
      api.ask("orders.askInvoice", {
        params: { id: order.id },
        body: { ...body, language: currentLocale() },
        headers: tokenHeader(orderToken(order.id) ?? null) ?? {},
      }),
    // Looked for anew, and a few times: it has its number a moment later.
    onSuccess: async () => {
      await queries.resetQueries({ queryKey: ["documents", order.id] });
      onClose();
    },
  });
  return (
    <Sheet open onClose={onClose} title={t("shop.order.ask_invoice")}>
      <p className={styles.ask}>{t("shop.order.ask_invoice_text")}</p>
      <InvoiceForm
        rule={RULE}
        name={order.customerName ?? ""}
        country={seller?.address.country ?? "FR"}
        isBusy={ask.isPending}
        onAsk={(body) => ask.mutate(body)}
      />
      {ask.error ? <ProblemNote error={ask.error} /> : null}
    </Sheet>
  );
}

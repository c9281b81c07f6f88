import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { BodyOf, OrderView } from "@weft/contracts/client";
import { InvoiceForm } from "@weft/ui/order/invoice-form.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { addressProblems, tidyAddress } from "../../../../hub/src/modules/promises/domain/address.ts";
import { api } from "../api.ts";
import { Part } from "../common/beside.tsx";
import { placesQuery } from "../common/places.ts";
import { t } from "../t.ts";

const RULE = { tidy: tidyAddress, problems: addressProblems };

/** Of a sale at a counter, which has its receipt: an invoice with a name and an address, where somebody asks for one. */
export function AskInvoice({ order }: { readonly order: OrderView }) {
  const [isOpen, setOpen] = useState(false);
  const queries = useQueryClient();
  // Most who ask live where it was sold.
  const seller = useQuery({ ...placesQuery, enabled: isOpen }).data?.entities.find(({ id }) => id === order.entityId);
  const country = seller?.country;
  const ask = useMutation({
    mutationFn: (body: BodyOf<"orders.askInvoice">) => api.ask("orders.askInvoice", { params: { id: order.id }, body }),
    // Looked for anew, and a few times: it has its number a moment later.
    onSuccess: () => queries.resetQueries({ queryKey: ["documents", order.id] }),
  });
  return (
    <Part title={t("office.order.documents")}>
      {ask.isSuccess ? (
        <p role="status">{t("office.order.invoice_asked")}</p>
      ) : isOpen && country !== undefined ? (
        <InvoiceForm
          rule={RULE}
          name={order.customerName ?? ""}
          country={country ?? ""}
          isBusy={ask.isPending}
          onAsk={(body) => ask.mutate(body)}
        />
      ) : (
        <Button variant="default" loading={isOpen} onClick={() => setOpen(true)}>
          {t("office.order.ask_invoice")}
        </Button>
      )}
      {ask.error ? <ProblemNote error={ask.error} /> : null}
    </Part>
  );
}

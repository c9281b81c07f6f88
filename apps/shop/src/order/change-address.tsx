import { useQuery } from "@tanstack/react-query";
import type { DeliveryAddressView, OrderView } from "@weft/contracts/client";
import { orderActionsQuery } from "@weft/ui/order/change-order.tsx";
import { useChange } from "@weft/ui/order/use-change.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { Dialog } from "@weft/ui/shop/dialog.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { useState } from "react";
import { api, tokenHeader } from "../api.ts";
import { AddressForm } from "../checkout/address-form.tsx";
import { t } from "../t.ts";
import { orderToken } from "./order-query.ts";

/** Sends a parcel to another address in the same country, until it is being packed. */
export function ChangeAddress({ order }: { readonly order: OrderView }) {
  const [isOpen, setIsOpen] = useState(false);
  const headers = tokenHeader(orderToken(order.id) ?? null);
  const actions = useQuery(orderActionsQuery({ api, order, headers })).data;
  const known = order.fulfillments.find(({ delivery }) => delivery?.address)?.delivery?.address ?? null;
  const change = useChange({ api, order, headers, onChanged: () => setIsOpen(false) });
  const send = (address: DeliveryAddressView): void =>
    change.mutate({ version: order.version, body: { address, expectedDifference: { amount: 0, currency: order.currency } } });
  if (!known || !actions?.actions.some(({ action, allowed }) => action === "change_address" && allowed)) return null;
  return (
    <>
      <Button kind="quiet" onClick={() => setIsOpen(true)}>
        {t("shop.order.send_elsewhere")}
      </Button>
      <Dialog
        open={isOpen}
        onClose={() => setIsOpen(false)}
        title={t("shop.order.send_elsewhere")}
        actions={<Button onClick={() => setIsOpen(false)}>{t("ui.change.keep")}</Button>}
      >
        <AddressForm known={known} countries={[known.country]} country={known.country} onSend={send} />
        {change.error ? <ProblemNote error={change.error} kept={t("ui.change.kept")} /> : null}
      </Dialog>
    </>
  );
}

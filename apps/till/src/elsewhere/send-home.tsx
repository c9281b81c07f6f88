import { useQuery } from "@tanstack/react-query";
import type { DeliveryAddressView } from "@weft/contracts/client";
import { AddressForm } from "@weft/ui/order/address-form.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { addressProblems, tidyAddress } from "../../../../hub/src/modules/promises/domain/address.ts";
import { useTicket } from "../ticket/ticket.ts";
import { t } from "../t.ts";
import { lastAddressQuery } from "./queries.ts";

/** What the hub would refuse of an address is said before it is sent. */
export const ADDRESS_RULE = { tidy: tidyAddress, problems: addressProblems };

/** Where it goes: where the last parcel of the customer on the ticket went, or what is typed. */
export function SendHome({ country, onSend }: { readonly country: string; readonly onSend: (address: DeliveryAddressView) => void }) {
  const { customer } = useTicket();
  const last = useQuery(lastAddressQuery(customer?.customerId ?? null));
  if (customer !== null && last.isPending) return <ScreenSkeleton />;
  const known = last.data?.country === country ? last.data : null;
  return (
    <AddressForm
      rule={ADDRESS_RULE}
      known={known}
      name={customer?.givenName ?? ""}
      countries={[country]}
      country={country}
      submit={t("till.elsewhere.send_there")}
      onSend={onSend}
    />
  );
}

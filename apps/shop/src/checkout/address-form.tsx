import { AddressForm as SharedForm } from "@weft/ui/order/address-form.tsx";
import type { ComponentProps } from "react";
import { addressProblems, tidyAddress } from "../../../../hub/src/modules/promises/domain/address.ts";
import { useCustomer } from "../customer/session.ts";

const RULE = { tidy: tidyAddress, problems: addressProblems };

/** Where the parcel goes, beginning with the name of whoever is signed in. */
export function AddressForm(props: Omit<ComponentProps<typeof SharedForm>, "rule" | "name">) {
  return <SharedForm {...props} rule={RULE} name={useCustomer()?.givenName ?? ""} />;
}

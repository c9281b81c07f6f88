import type { DeliveryAddressView } from "@weft/contracts/client";
import { countryName } from "@weft/ui/i18n/country-name.ts";
import styles from "./address-lines.module.css";

/** An address as it stands on a parcel. */
export function AddressLines({ address }: { readonly address: DeliveryAddressView }) {
  const { name, line1, line2, postcode, city, country } = address;
  return (
    <address className={styles.lines}>
      <span>{name}</span>
      <span>{line1}</span>
      {line2 === null ? null : <span>{line2}</span>}
      <span>
        {postcode} {city}
      </span>
      <span>{countryName(country)}</span>
    </address>
  );
}

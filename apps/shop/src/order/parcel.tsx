import type { FulfillmentView } from "@weft/contracts/client";
import { formatDate } from "@weft/ui/i18n/format.ts";
import { AddressLines } from "../checkout/address-lines.tsx";
import { t } from "../t.ts";
import { inLanguage } from "../text.ts";
import styles from "./order.module.css";

/** Where a parcel goes, until when, and the numbers by which its carrier follows it. */
export function Parcel({ fulfillment: { delivery, promisedAt, state } }: { readonly fulfillment: FulfillmentView }) {
  if (!delivery || state === "rejected" || state === "canceled") return null;
  return (
    <div className={styles.parcel}>
      <div>
        <p>
          {inLanguage(delivery.methodName)}
          {promisedAt === null || state === "delivered"
            ? null
            : ` · ${t("shop.checkout.arrives", { day: formatDate(promisedAt, { style: "day" }) })}`}
        </p>
        {delivery.address ? <AddressLines address={delivery.address} /> : null}
      </div>
      {delivery.parcels.length === 0 ? null : (
        <ul>
          {delivery.parcels.map(({ id, carrier, trackingNumber, trackingUrl }) => (
            <li key={id}>
              {t("shop.order.parcel_by", { carrier })}{" "}
              {trackingUrl === null ? (
                <span className={styles.tracking}>{trackingNumber}</span>
              ) : (
                <a className={styles.tracking} href={trackingUrl} target="_blank" rel="noreferrer">
                  {trackingNumber}
                </a>
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

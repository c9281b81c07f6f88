import type { FulfillmentView, OrderView } from "@weft/contracts/client";
import { formatDate } from "@weft/ui/i18n/format.ts";
import { AddressLines } from "../checkout/address-lines.tsx";
import { t } from "../t.ts";
import { inLanguage } from "../text.ts";
import { Awaits } from "./awaits.tsx";
import { stepOfPart } from "./progress.ts";
import styles from "./order.module.css";

/** What is sent of an order: of one that comes in several parcels each with what is in it, how far it is and from where it leaves. */
export function Parcels({ fulfillments }: { readonly fulfillments: OrderView["fulfillments"] }) {
  const sent = fulfillments.filter(({ delivery, state }) => delivery && state !== "rejected" && state !== "canceled");
  return sent.map((fulfillment, index) => (
    <Parcel key={fulfillment.id} fulfillment={fulfillment} title={sent.length > 1 ? titleOf(fulfillment, index + 1, sent.length) : null} />
  ));
}

function titleOf(fulfillment: FulfillmentView, nth: number, count: number): string {
  const step = stepOfPart(fulfillment);
  return [t("shop.order.parcel_nth", { nth, count }), step ? t(`shop.order.step.${step}`) : null].filter(Boolean).join(" · ");
}

type ParcelProps = { readonly fulfillment: FulfillmentView; readonly title: string | null };

/** Where a parcel goes, until when, and the numbers by which its carrier follows it. */
function Parcel({ fulfillment, title }: ParcelProps) {
  const { delivery, promisedAt, state, lines, placeName } = fulfillment;
  if (!delivery) return null;
  return (
    <div className={styles.parcel}>
      {title === null ? null : (
        <div>
          <h2>{title}</h2>
          <ul>
            {lines.map(({ orderLineId, quantity, name }) => (
              <li key={orderLineId}>{t("shop.checkout.line", { count: quantity, name: inLanguage(name) })}</li>
            ))}
          </ul>
          <p className={styles.quiet}>{t("shop.order.sent_by", { store: placeName })}</p>
        </div>
      )}
      <div>
        <p>
          {inLanguage(delivery.methodName)}
          {promisedAt === null || state === "delivered"
            ? null
            : ` · ${t("shop.checkout.arrives", { day: formatDate(promisedAt, { style: "day" }) })}`}
        </p>
        <Awaits fulfillment={fulfillment} />
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

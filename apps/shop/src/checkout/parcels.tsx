import type { CartView } from "@weft/contracts/client";
import { formatDate } from "@weft/ui/i18n/format.ts";
import { t } from "../t.ts";
import { inLanguage } from "../text.ts";
import styles from "./checkout.module.css";

type ParcelsProps = { readonly lines: CartView["lines"]; readonly delivery: NonNullable<CartView["delivery"]> };

/** What comes in several parcels is said before it is paid: what is in each, and its day. */
export function Parcels({ lines, delivery: { parcels } }: ParcelsProps) {
  if (parcels.length < 2) return null;
  return (
    <div className={styles.parcels} role="status">
      <p>{t("shop.checkout.parcels", { count: parcels.length })}</p>
      <ul>
        {parcels.map((parcel) => (
          <li key={parcel.placeId}>
            {parcel.promiseAt === null ? null : (
              <strong>{t("shop.checkout.arrives", { day: formatDate(parcel.promiseAt, { style: "day" }) })}</strong>
            )}
            <span>
              {parcel.lines
                .map(({ lineId, quantity }) => {
                  const name = lines.find(({ id }) => id === lineId)?.name;
                  return t("shop.checkout.line", { count: quantity, name: name ? inLanguage(name) : "" });
                })
                .join(", ")}
            </span>
          </li>
        ))}
      </ul>
      <p className={styles.quiet}>{t("shop.checkout.parcels_once")}</p>
    </div>
  );
}

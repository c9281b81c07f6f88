import type { TodaySalesView } from "@weft/contracts/client";
import { formatNumber } from "@weft/ui/i18n/format.ts";
import { MoneyText } from "@weft/ui/kit/money-text.tsx";
import { t } from "../t.ts";
import styles from "./home.module.css";

const PARTS = ["prepared", "handedOver", "paid", "begunOnline", "begunInStore"] as const;

/** What stores did for online orders and online channels for stores: no figure of a single channel shows it. */
export function StorePart({ store }: { readonly store: TodaySalesView["store"] }) {
  return (
    <section className={styles.part} aria-labelledby="store-part">
      <h3 id="store-part">{t("office.today.store_part")}</h3>
      <dl>
        {PARTS.map((part) => (
          <div key={part}>
            <dt>{t(`office.today.part.${part}`)}</dt>
            <dd>
              <strong>{formatNumber(store[part].orders)}</strong>{" "}
              {store[part].totals.map((money) => (
                <MoneyText key={money.currency} money={money} />
              ))}
              <small>{t("office.today.before_by_now", { count: store[part].weekBefore })}</small>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

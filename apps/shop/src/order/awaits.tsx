import type { FulfillmentView } from "@weft/contracts/client";
import { formatDate } from "@weft/ui/i18n/format.ts";
import { t } from "../t.ts";
import styles from "./order.module.css";

/** That a part of an order waits for goods, and until when they are expected; nothing for what is there. */
export function Awaits({ fulfillment: { awaitsOn, state } }: { readonly fulfillment: FulfillmentView }) {
  if (awaitsOn === null || state !== "planned") return null;
  return <p className={styles.quiet}>{t("shop.order.awaits", { day: formatDate(awaitsOn, { timeZone: "UTC", style: "day" }) })}</p>;
}

import { Button } from "@weft/ui/shop/button.tsx";
import { QrCode } from "@weft/ui/kit/qr-code.tsx";
import { t } from "../t.ts";
import { startOver, type Done } from "./order.ts";
import styles from "./kiosk.module.css";

/** The number to remember, and what to do with it. */
export function DoneScreen({ done: { number, way, receipt } }: { readonly done: Done }) {
  return (
    <section className={styles.done} aria-labelledby="done-title">
      <h1 id="done-title">{t(way === "counter" ? "till.kiosk.done_counter" : "till.kiosk.done_card")}</h1>
      <p className={styles.number} role="status" data-number={number}>
        <span>{t("till.kiosk.your_number")}</span>
        <strong>{number}</strong>
      </p>
      <p>{t(way === "counter" ? "till.kiosk.done_counter_text" : "till.kiosk.done_card_text")}</p>
      {receipt === null ? null : (
        <figure>
          <QrCode text={receipt} label={t("till.paid.qr")} size={168} />
          <figcaption>{t("till.paid.qr")}</figcaption>
        </figure>
      )}
      <Button kind="primary" className={styles.action} onClick={startOver}>
        {t("till.kiosk.finish")}
      </Button>
    </section>
  );
}

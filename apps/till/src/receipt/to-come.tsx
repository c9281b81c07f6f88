import type { ReceiptView } from "@weft/contracts/client";
import { t } from "../t.ts";
import { comingText } from "./coming-text.ts";
import styles from "./to-come.module.css";

/** What of a sale was not taken along: where it waits and by which code, or that it is sent. */
export function ToCome({ parts }: { readonly parts: ReceiptView["toCome"] }) {
  if (parts.length === 0) return null;
  return (
    <section className={styles.coming} aria-label={t("till.receipt.to_come")}>
      <strong>{t("till.receipt.to_come")}</strong>
      {parts.map((part) => (
        <div key={`${part.kind} ${part.placeName} ${part.promisedAt}`}>
          <p>{comingText(part, t)}</p>
          <p>{part.lines.map(({ name, quantity }) => `${quantity} × ${name}`).join(", ")}</p>
          {part.code === null ? null : (
            <p>
              {t("till.receipt.code")} <b className={styles.code}>{part.code}</b>
            </p>
          )}
        </div>
      ))}
    </section>
  );
}

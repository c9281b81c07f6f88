import type { ReceiptView } from "@weft/contracts/client";
import { formatDate, formatTime } from "@weft/ui/i18n/format.ts";
import { t } from "../t.ts";
import styles from "./to-come.module.css";

type Coming = ReceiptView["toCome"][number];

/** What of a sale was not taken along: where it waits and by which code, or that it is sent. */
export function ToCome({ parts }: { readonly parts: readonly Coming[] }) {
  if (parts.length === 0) return null;
  return (
    <section className={styles.coming} aria-label={t("till.receipt.to_come")}>
      <strong>{t("till.receipt.to_come")}</strong>
      {parts.map((part) => (
        <div key={`${part.kind} ${part.placeName} ${part.promisedAt}`}>
          <p>{headText(part)}</p>
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

function headText({ kind, placeName: store, promisedAt, slotEndsAt, timeZone }: Coming): string {
  if (promisedAt === null) return kind === "ship" ? t("till.receipt.sent") : t("till.receipt.fetched", { store });
  const day = formatDate(promisedAt, { timeZone, style: "day" });
  if (kind === "ship") return t("till.receipt.sent_by", { day });
  const time = formatTime(promisedAt, { timeZone });
  const until = slotEndsAt === null ? "" : ` – ${formatTime(slotEndsAt, { timeZone })}`;
  return t("till.receipt.fetched_at", { store, time: `${day} ${time}${until}` });
}

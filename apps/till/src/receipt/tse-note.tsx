import type { ReceiptView } from "@weft/contracts/client";
import { formatDateTime, formatNumber } from "@weft/ui/i18n/format.ts";
import { QrCode } from "@weft/ui/kit/qr-code.tsx";
import { t } from "../t.ts";
import styles from "./receipt.module.css";

/** What a German receipt has to say of its technical security device: the transaction with its QR code, or that there is none, and why. */
export function TseNote({ receipt: { tse, timeZone } }: { readonly receipt: ReceiptView }) {
  if (!tse) return null;
  if (tse.state !== "signed") return <p>{t(`till.tse.${tse.state}`, tse.state === "failed" ? { error: tse.error } : {})}</p>;
  const clock = (at: string): string => formatDateTime(at, { timeZone, style: "short" });
  const facts = [
    [t("till.tse.transaction"), formatNumber(tse.transaction)],
    [t("till.tse.counter"), formatNumber(tse.signatureCounter)],
    [t("till.tse.start"), clock(tse.startedAt)],
    [t("till.tse.end"), clock(tse.finishedAt)],
  ];
  return (
    <section className={styles.tse} aria-label={t("till.tse.title")}>
      <QrCode text={tse.code} label={t("till.tse.title")} size={128} />
      <dl className={styles.sums}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <small>
        {t("till.tse.serial")} <code>{tse.serial}</code>
      </small>
      <small>
        {t("till.tse.signature")} <code>{tse.signature}</code>
      </small>
    </section>
  );
}

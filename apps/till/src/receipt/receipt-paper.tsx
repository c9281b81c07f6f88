import type { ReceiptView } from "@weft/contracts/client";
import { formatDateTime, formatMoney, formatNumber, formatPercent } from "@weft/ui/i18n/format.ts";
import { formatPhone } from "@weft/ui/i18n/phone.ts";
import type { Copy } from "../print/use-print.ts";
import { t } from "../t.ts";
import { GiftCardsSold } from "./gift-cards.tsx";
import { tabText } from "../tables/tab-text.ts";
import { TseNote } from "./tse-note.tsx";
import { nearEndText } from "./near-end-text.ts";
import { tenderWord } from "./tender-words.ts";
import { ToCome } from "./to-come.tsx";
import styles from "./receipt.module.css";

/** The paper: who sold what to which tax, how it was paid, and the hash by which the journal knows it. 80 mm when printed. */
export function ReceiptPaper({ receipt, copy }: { readonly receipt: ReceiptView; readonly copy?: Copy | undefined }) {
  const { entity, place, lines, taxes, tenders, points } = receipt;
  // Promotions are told by name; what is left of the discount came by codes and rewards.
  const others = receipt.promotions.reduce((rest, { amount }) => rest - amount.amount, receipt.discount.amount);
  const tips = tenders.reduce((sum, { tip }) => sum + (tip?.amount ?? 0), 0);
  return (
    <article className={styles.paper}>
      <PaperWarning isTraining={receipt.training} copy={copy} />
      <header>
        <strong>{place.name}</strong>
        <span>{place.address}</span>
        {place.phone === null ? null : <span>{formatPhone(place.phone)}</span>}
        <span>{entity.name}</span>
        {entity.vatId === null ? null : <span>{t("till.receipt.vat_id", { id: entity.vatId })}</span>}
      </header>
      {receipt.company ? (
        <p className={styles.meta}>
          <span>{t("till.receipt.company", { name: receipt.company.name })}</span>
          <span>{receipt.company.vatNumber}</span>
        </p>
      ) : null}
      <p className={styles.meta}>
        <span>{receipt.number}</span>
        <time dateTime={receipt.at}>{formatDateTime(receipt.at, { timeZone: receipt.timeZone, style: "short" })}</time>
      </p>
      {receipt.tab ? <p>{tabText(receipt.tab, t)}</p> : null}
      <table className={styles.lines}>
        <caption className="said">{t("till.receipt.lines")}</caption>
        <tbody>
          {numbered(lines).map(({ n, ...line }) => (
            <tr key={n}>
              <td>{line.weighed === undefined ? line.quantity : ""}</td>
              <td>
                {line.name}
                {line.options.length > 0 ? <small>{line.options.join(", ")}</small> : null}
                {line.weighed === undefined ? null : <small>{line.weighed}</small>}
                {line.isTyped ? <small>{t("till.weigh.by_hand")}</small> : null}
                {line.serial === undefined ? null : <small>{t("till.line.serial", { serial: line.serial })}</small>}
                {line.nearEnd ? <small>{nearEndText(line.nearEnd, t)}</small> : null}
                {line.note === undefined ? null : <small>{line.note}</small>}
                {line.quantity > 1 && line.weighed === undefined ? (
                  <small>{t("till.receipt.each", { price: line.unitPrice })}</small>
                ) : null}
              </td>
              <td>{formatPercent(Number(line.taxRate))}</td>
              <td>{formatMoney(line.total)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <dl className={styles.sums}>
        {receipt.promotions.map(({ name, amount }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{formatMoney({ ...amount, amount: -amount.amount })}</dd>
          </div>
        ))}
        {others > 0 ? (
          <div>
            <dt>{t("till.receipt.discount")}</dt>
            <dd>{formatMoney({ ...receipt.discount, amount: -others })}</dd>
          </div>
        ) : null}
        <div className={styles.total}>
          <dt>{t("till.receipt.total")}</dt>
          <dd>{formatMoney(receipt.total)}</dd>
        </div>
        {numbered(tenders).flatMap(({ rounding, n }) =>
          rounding ? (
            <div key={n}>
              <dt>{t("till.receipt.rounding")}</dt>
              <dd>{formatMoney(rounding)}</dd>
            </div>
          ) : (
            []
          ),
        )}
        {tips > 0 ? (
          <div>
            <dt>{t("till.receipt.tip")}</dt>
            <dd>{formatMoney({ ...receipt.total, amount: tips })}</dd>
          </div>
        ) : null}
        {numbered(tenders).map(({ n, ...tender }) => (
          <div key={n}>
            <dt>{wordOf(tender.kind)}</dt>
            <dd>{formatMoney(tender.received ?? { ...tender.amount, amount: tender.amount.amount + (tender.tip?.amount ?? 0) })}</dd>
          </div>
        ))}
        {numbered(tenders).flatMap(({ change, n }) =>
          change && change.amount > 0 ? (
            <div key={n}>
              <dt>{t("till.paid.change")}</dt>
              <dd>{formatMoney(change)}</dd>
            </div>
          ) : (
            []
          ),
        )}
      </dl>
      <table className={styles.taxes}>
        <thead>
          <tr>
            <th scope="col">{t("till.receipt.rate")}</th>
            <th scope="col">{t("till.receipt.net")}</th>
            <th scope="col">{t("till.receipt.tax")}</th>
            <th scope="col">{t("till.receipt.gross")}</th>
          </tr>
        </thead>
        <tbody>
          {taxes.map(({ rate, net, tax, gross }) => (
            <tr key={rate}>
              <td>{formatPercent(Number(rate))}</td>
              <td>{formatMoney(net)}</td>
              <td>{formatMoney(tax)}</td>
              <td>{formatMoney(gross)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {receipt.note === undefined ? null : <p>{receipt.note}</p>}
      <ToCome parts={receipt.toCome} />
      <GiftCardsSold receipt={receipt} />
      {points === null
        ? null
        : numbered(points.rewards).map(({ n, name, points: used }) => (
            <p key={n}>{t("till.receipt.burned", { name, points: formatNumber(used), count: used })}</p>
          ))}
      {points === null ? null : (
        <p>
          {t(points.balanceAsOf === "now" ? "till.receipt.points" : "till.receipt.points_last_night", {
            earned: formatNumber(points.earned),
            count: points.earned,
            balance: formatNumber(points.balance),
          })}
        </p>
      )}
      <TseNote receipt={receipt} />
      <footer>
        {receipt.registerName === null ? null : <span>{[receipt.registerName, receipt.cashier].filter(Boolean).join(" · ")}</span>}
        <span>{t("till.receipt.order", { number: receipt.orderNumber })}</span>
        {receipt.invoice === undefined ? null : <span>{t("till.receipt.invoice", { number: receipt.invoice })}</span>}
        {receipt.journalHash === null ? null : <code>{receipt.journalHash}</code>}
      </footer>
    </article>
  );
}

/** What a paper says before anything else: that it is practice, or a copy. */
export function PaperWarning({ isTraining, copy }: { readonly isTraining: boolean; readonly copy: Copy | undefined }) {
  return (
    <>
      {isTraining ? <p className={styles.training}>{t("till.receipt.training")}</p> : null}
      {copy ? (
        <p className={styles.training}>
          {t("till.print.duplicate", { copy: copy.copy })}
          <small>{copy.reason}</small>
        </p>
      ) : null}
    </>
  );
}

function wordOf(kind: string): string {
  const word = tenderWord(kind);
  return word ? t(word) : kind;
}

/** Lines of a document never change their order: their place in it names them. */
export function numbered<Row extends object>(rows: readonly Row[]): (Row & { readonly n: number })[] {
  return rows.map((row, n) => ({ ...row, n }));
}

import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { ReturnView } from "@weft/contracts/client";
import { formatDateTime, formatMoney, formatNumber } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { textOf } from "../common/text.ts";
import { useTill } from "../device/till-context.ts";
import { ReceiptActions } from "../print/receipt-actions.tsx";
import type { Copy } from "../print/use-print.ts";
import { useReturnPaper } from "../print/use-return-paper.ts";
import { numbered, PaperWarning } from "../receipt/receipt-paper.tsx";
import { t } from "../t.ts";
import { ExchangedGoods } from "./exchanged-goods.tsx";
import { returnQuery } from "./queries.ts";
import styles from "../receipt/receipt.module.css";

/** The paper of a return, as it is printed. */
export function ReturnReceiptScreen({ id }: { readonly id: string }) {
  const found = useQuery(returnQuery(id));
  const navigate = useNavigate();
  const paperOf = useReturnPaper();
  const [copy, setCopy] = useState<Copy | undefined>(undefined);
  return (
    <section className={styles.screen} aria-labelledby="return-receipt-title">
      <h1 id="return-receipt-title" className="said">
        {t("till.returns.paper")}
      </h1>
      <div className={styles.actions}>
        <Button onClick={() => void navigate({ to: "/" })}>{t("till.paid.next")}</Button>
        <ReceiptActions paper={found.data && paperOf(found.data)} onCopy={setCopy} />
      </div>
      {found.isPending ? <ScreenSkeleton /> : null}
      {found.isError ? <ProblemNote error={found.error} onRetry={found.refetch} /> : null}
      {found.data ? <ReturnPaper back={found.data} copy={copy} /> : null}
    </section>
  );
}

/** What came back, and what went where. 80 mm when printed. */
function ReturnPaper({ back, copy }: { readonly back: ReturnView; readonly copy: Copy | undefined }) {
  const { register } = useTill();
  const { number, receiptNumber, orderNumber, placeName, returnedAt, timeZone, staffName, lines, refunds, total, tax } = back;
  return (
    <article className={styles.paper}>
      <PaperWarning isTraining={register.training} copy={copy} />
      <header>
        <strong>{placeName}</strong>
        <span>{t("till.returns.paper")}</span>
      </header>
      <p className={styles.meta}>
        <span>{receiptNumber ?? number}</span>
        <time dateTime={returnedAt}>{formatDateTime(returnedAt, { timeZone, style: "short" })}</time>
      </p>
      <table className={styles.lines}>
        <caption className="said">{t("till.receipt.lines")}</caption>
        <tbody>
          {numbered(lines).map(({ n, ...line }) => (
            <tr key={n}>
              <td>{formatNumber(line.quantity)}</td>
              <td>
                {textOf(line.name)}
                {line.options.length > 0 ? <small>{line.options.map((option) => textOf(option)).join(", ")}</small> : null}
              </td>
              <td>{formatMoney({ ...line.total, amount: -line.total.amount })}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <dl className={styles.sums}>
        <div className={styles.total}>
          <dt>{t("till.receipt.total")}</dt>
          <dd>{formatMoney({ ...total, amount: -total.amount })}</dd>
        </div>
        <div>
          <dt>{t("till.returns.tax")}</dt>
          <dd>{formatMoney({ ...tax, amount: -tax.amount })}</dd>
        </div>
        {refunds.map(({ kind, amount }) => (
          <div key={kind}>
            <dt>{t(`ui.return.to.${kind}`)}</dt>
            <dd>{formatMoney(amount)}</dd>
          </div>
        ))}
      </dl>
      {back.exchangeOrderId === null ? null : <ExchangedGoods orderId={back.exchangeOrderId} back={total} />}
      {back.pointsTaken > 0 ? (
        <p>{t("ui.return.points_taken", { points: formatNumber(back.pointsTaken), count: back.pointsTaken })}</p>
      ) : null}
      {back.pointsGiven > 0 ? (
        <p>{t("ui.return.points_given", { points: formatNumber(back.pointsGiven), count: back.pointsGiven })}</p>
      ) : null}
      <footer>
        {staffName === null ? null : <span>{staffName}</span>}
        <span>{back.isUnproven ? t("till.unproven.title") : t("till.receipt.order", { number: orderNumber ?? "" })}</span>
        <span>{number}</span>
      </footer>
    </article>
  );
}

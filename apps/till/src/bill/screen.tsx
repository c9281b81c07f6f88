import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { flushSync } from "react-dom";
import { useState } from "react";
import type { CartView } from "@weft/contracts/client";
import { formatDateTime, formatMoney, formatNumber } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { EmptyState } from "@weft/ui/shop/empty-state.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { textOf } from "../common/text.ts";
import { useTill } from "../device/till-context.ts";
import { pricesQuery } from "../local/prices.ts";
import { unwrapAnswer } from "../outbox/answer.ts";
import { registerOutbox } from "../outbox/register-outbox.ts";
import { usePrinter, useSlipPrinter } from "../print/use-print.ts";
import { numbered } from "../receipt/receipt-paper.tsx";
import { changeTicket, settleOrCut, ticket, ticketCart, useTicket } from "../ticket/ticket.ts";
import { t } from "../t.ts";
import { tabText } from "../tables/tab-text.ts";
import { useCart } from "../ticket/use-cart.ts";
import { billOf, billTitles } from "./bill.ts";
import { billRows, lineText, type Bill, type BillFacts } from "./bill-rows.ts";
import styles from "../receipt/receipt.module.css";

/** The bill of a ticket before it is paid, as it is printed: who sits at a table wants to see what they will pay. */
export function BillScreen() {
  const { cart: held, bills } = useTicket();
  const cart = useCart();
  const navigate = useNavigate();
  const shown = held ? cart.data : undefined;
  const print = usePrintBill();
  const back = (): void => void navigate({ to: "/" });
  return (
    <section className={styles.screen} aria-labelledby="bill-title">
      <h1 id="bill-title" className="said">
        {t("till.bill.title")}
      </h1>
      <div className={styles.actions}>
        <Button onClick={back}>{t("till.bill.back")}</Button>
        <Button kind="primary" busy={print.isPending} disabled={(shown?.lines.length ?? 0) === 0} onClick={() => print.mutate()}>
          {t("till.bill.print")}
        </Button>
      </div>
      {print.error ? <ProblemNote error={print.error} /> : null}
      {bills.length > 0 ? <p role="status">{t("till.bill.printed", { count: bills.length })}</p> : null}
      {shown && shown.lines.length > 0 ? (
        <BillPaper cart={shown} number={bills.at(-1)} print={Math.max(1, bills.length)} />
      ) : (
        <EmptyState title={t("till.ticket.empty")} />
      )}
    </section>
  );
}

/** Kept in the journal first, printed after: what is on paper has its number. */
function usePrintBill() {
  const { shift } = useTill();
  const setup = usePrinter();
  const slip = useSlipPrinter();
  const facts = useBillFacts();
  return useMutation({
    mutationFn: async () => {
      await settleOrCut();
      const cart = ticketCart();
      if (!cart) return;
      const before = ticket();
      const bill = billOf(cart, shift.id, before.bills.length + 1);
      const kept = await registerOutbox().keep("bill.print", bill);
      // A register that does not sign has its number from the hub.
      const number = kept.number ?? unwrapAnswer(await kept.answered).receiptNumber;
      if (number === null) return;
      flushSync(() => {
        if (ticket().key === before.key) changeTicket({ bills: [...ticket().bills, number] });
      });
      if (setup) await slip(t("till.bill.title"), billRows(bill, { ...facts, number, at: new Date().toISOString() }, t));
      else print();
    },
  });
}

/** Who prints it and where. Without a copy of the prices here, the place by its name alone. */
function useBillFacts(): Omit<BillFacts, "number" | "at"> {
  const { register, timeZone } = useTill();
  const seller = useQuery(pricesQuery).data?.seller;
  const { tab } = useTicket();
  return {
    timeZone,
    country: seller?.entity.country ?? "",
    place: { name: register.placeName, address: seller?.place.address ?? "" },
    entityName: seller?.entity.name ?? "",
    registerName: register.name,
    training: register.training,
    table: tab && tabText(tab, t),
    textOf,
  };
}

type BillPaperProps = { readonly cart: CartView; readonly number: string | undefined; readonly print: number };

function BillPaper({ cart, number, print }: BillPaperProps) {
  const { shift, register } = useTill();
  const { place, country, entityName, timeZone, table } = useBillFacts();
  const [at] = useState(() => new Date().toISOString());
  const bill: Bill = billOf(cart, shift.id, print);
  return (
    <article className={styles.paper}>
      {register.training ? <p className={styles.training}>{t("till.receipt.training")}</p> : null}
      <p className={styles.training}>
        {billTitles(country, t("till.bill.title")).map((title) => (
          <span key={title} className={styles.title}>
            {title}
          </span>
        ))}
      </p>
      <header>
        <span>{t("till.bill.not_receipt")}</span>
        <strong>{place.name}</strong>
        <span>{place.address}</span>
        <span>{entityName}</span>
      </header>
      <p className={styles.meta}>
        <span>{number ?? ""}</span>
        <time dateTime={at}>{formatDateTime(at, { timeZone, style: "short" })}</time>
      </p>
      {table === null ? null : <p>{table}</p>}
      {print > 1 ? <p>{t("till.bill.print_of", { print })}</p> : null}
      <table className={styles.lines}>
        <caption className="said">{t("till.ticket.lines")}</caption>
        <tbody>
          {numbered(bill.lines).map(({ n, ...line }) => (
            <tr key={n}>
              <td>{line.unit === "gram" ? "" : formatNumber(line.quantity)}</td>
              <td>
                {line.unit === "gram" ? lineText(line, textOf) : textOf(line.name)}
                {line.options.length > 0 ? <small>{line.options.map(textOf).join(", ")}</small> : null}
              </td>
              <td>{formatMoney({ ...bill.total, amount: line.total })}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <dl className={styles.sums}>
        <div className={styles.total}>
          <dt>{t("till.bill.total")}</dt>
          <dd>{formatMoney(bill.total)}</dd>
        </div>
      </dl>
      <footer>
        <span>{t("till.bill.text")}</span>
        <span>{register.name}</span>
      </footer>
    </article>
  );
}

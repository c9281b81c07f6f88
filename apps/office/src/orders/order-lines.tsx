import type { OrderLineView, OrderView } from "@weft/contracts/client";
import { depositText } from "@weft/ui/app/deposit.ts";
import { goodsTotal } from "@weft/ui/app/goods-total.ts";
import { formatBusinessDate, formatPercent } from "@weft/ui/i18n/format.ts";
import { MoneyText } from "@weft/ui/kit/money-text.tsx";
import { inLanguage, priceText } from "../common/text.ts";
import { t } from "../t.ts";
import styles from "./orders.module.css";
import { whyText } from "./why.ts";

/** What was bought, with the reasons of each price, and how the total comes about. */
export function OrderLines({ order }: { readonly order: OrderView }) {
  return (
    <>
      {order.note === undefined ? null : <p>{t("office.order.note", { note: order.note })}</p>}
      <ul className={styles.lines}>
        {order.lines.map((line) => (
          <Line key={line.id} line={line} />
        ))}
      </ul>
      <dl className={styles.sums}>
        {order.discount.amount === 0 ? null : (
          <>
            <Sum label={t("office.order.subtotal")} money={order.subtotal} />
            <Sum label={t("office.order.discount")} money={{ ...order.discount, amount: -Math.abs(order.discount.amount) }} />
          </>
        )}
        {order.deposit ? <Sum label={t("office.deposits.sum")} money={order.deposit} /> : null}
        {order.taxes.map((tax) => (
          <Sum
            key={tax.rate}
            label={t(order.taxIncluded ? "office.order.tax_in" : "office.order.tax_on", { rate: formatPercent(Number(tax.label)) })}
            money={tax.tax}
            isQuiet
          />
        ))}
        <Sum label={t("office.orders.total")} money={order.total} isTotal />
      </dl>
    </>
  );
}

function Line({ line }: { readonly line: OrderLineView }) {
  return (
    <li>
      <div className={styles.line}>
        <span>
          {line.ordered} × {inLanguage(line.name)}
          <small>{[line.sku, ...line.options.map(({ name }) => inLanguage(name))].join(" · ")}</small>
          {line.note === undefined ? null : <em>{line.note}</em>}
          {line.isTyped ? <small>{t("office.order.weight_typed")}</small> : null}
          {line.trace ? <small>{traceText(line.trace)}</small> : null}
          {line.deposit ? <small>{depositText(line.deposit)}</small> : null}
          <LineStates line={line} />
        </span>
        <span className={styles.amount}>
          <MoneyText money={goodsTotal(line)} />
          <small>{priceText(line.unitPrice)}</small>
        </span>
      </div>
      {line.because.length === 0 ? null : (
        <details className={styles.why}>
          <summary>{t("office.order.why")}</summary>
          <ul>
            {line.because.map((because) => (
              <li key={`${because.kind} ${JSON.stringify(because.data)}`}>{whyText(because, line.total.currency)}</li>
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}

/** What its code said when it was sold. */
function traceText({ batch, serial, useBy, sellBy, bestBefore }: NonNullable<OrderLineView["trace"]>): string {
  const until = useBy ?? sellBy ?? bestBefore;
  return [
    ...(batch === undefined ? [] : [t("office.order.batch", { batch })]),
    ...(serial === undefined ? [] : [t("office.order.serial", { serial })]),
    ...(until === undefined ? [] : [t("office.order.keeps_until", { day: formatBusinessDate(until, "day") })]),
  ].join(" · ");
}

/** Only what differs from "all were ordered and none has moved" is worth a word. */
function LineStates({ line: { canceled, fulfilled, returned } }: { readonly line: OrderLineView }) {
  const said = [
    ...(canceled > 0 ? [t("office.order.line_canceled", { count: canceled })] : []),
    ...(fulfilled > 0 ? [t("office.order.line_fulfilled", { count: fulfilled })] : []),
    ...(returned > 0 ? [t("office.order.line_returned", { count: returned })] : []),
  ];
  return said.length === 0 ? null : <small>{said.join(" · ")}</small>;
}

type SumProps = { readonly label: string; readonly money: OrderView["total"]; readonly isQuiet?: boolean; readonly isTotal?: boolean };

function Sum({ label, money, isQuiet = false, isTotal = false }: SumProps) {
  return (
    <div data-quiet={isQuiet || undefined} data-total={isTotal || undefined}>
      <dt>{label}</dt>
      <dd>
        <MoneyText money={money} />
      </dd>
    </div>
  );
}

import type { FulfillmentView, OrderView } from "@weft/contracts/client";
import { formatDate, formatDateTime } from "@weft/ui/i18n/format.ts";
import { ChannelIcon } from "@weft/ui/kit/channel-icon.tsx";
import { MoneyText } from "@weft/ui/kit/money-text.tsx";
import { PlaceName } from "@weft/ui/kit/place-name.tsx";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { Part } from "../common/beside.tsx";
import { inLanguage, wordOf } from "../common/text.ts";
import { t } from "../t.ts";
import { ReadyAgain } from "./ready-again.tsx";
import styles from "./orders.module.css";

/** What stores have to hand over, and every step it took. */
export function OrderFulfillments({ order }: { readonly order: OrderView }) {
  return (
    <Part title={t("office.order.fulfillments")}>
      {order.fulfillments.map((fulfillment) => (
        <Fulfillment key={fulfillment.id} fulfillment={fulfillment} timeZone={order.timeZone} isPart={order.fulfillments.length > 1} />
      ))}
    </Part>
  );
}

type FulfillmentProps = {
  readonly fulfillment: FulfillmentView;
  readonly timeZone: string;
  /** Others serve the rest of the order: it says what is here. */
  readonly isPart: boolean;
};

function Fulfillment({ fulfillment, timeZone, isPart }: FulfillmentProps) {
  const { kind, state, placeName, promisedAt, awaitsOn, due, history, collector, lines, delivery } = fulfillment;
  return (
    <div className={styles.fulfillment}>
      <p className={styles.title}>
        <span>{wordOf(`office.fulfillment.kind.${kind}`, kind)}</span>
        <Badge tone={state === "collected" ? "good" : state === "rejected" || state === "canceled" ? "bad" : "info"}>
          {wordOf(`office.fulfillment.state.${state}`, state)}
        </Badge>
        <PlaceName name={placeName} />
      </p>
      {promisedAt === null ? null : <small>{t("office.order.promised", { at: formatDateTime(promisedAt, { timeZone }) })}</small>}
      {awaitsOn === null || state !== "planned" ? null : (
        <small>{t("office.order.awaits", { day: formatDate(awaitsOn, { timeZone: "UTC", style: "day" }) })}</small>
      )}
      {isPart && lines.length > 0 ? (
        <small>{lines.map(({ quantity, name }) => `${quantity} × ${inLanguage(name)}`).join(", ")}</small>
      ) : null}
      {(delivery?.parcels ?? []).map(({ id, carrier, trackingNumber }) => (
        <small key={id}>{[carrier, trackingNumber].join(" · ")}</small>
      ))}
      {collector?.name ? (
        <small>
          {t(collector.collectedAt === null ? "office.order.collector" : "office.order.collected_by", { name: collector.name })}
        </small>
      ) : null}
      {due.amount > 0 ? (
        <p className={styles.due}>
          <span>{t("office.order.due")}</span>
          <MoneyText money={due} />
        </p>
      ) : null}
      <ReadyAgain fulfillment={fulfillment} />
      <ol className={styles.rows}>
        {history.map((step) => (
          <li key={`${step.state} ${step.at}`}>
            {step.channelKind ? <ChannelIcon kind={step.channelKind} size={16} /> : null}
            <span>
              {wordOf(`office.fulfillment.state.${step.state}`, step.state)}
              <small>
                {" "}
                {[step.by, step.reason && wordOf(`office.fulfillment.reason.${step.reason}`, step.reason)].filter(Boolean).join(" · ")}
              </small>
            </span>
            <time dateTime={step.at}>{formatDateTime(step.at, { timeZone, style: "short" })}</time>
          </li>
        ))}
      </ol>
    </div>
  );
}

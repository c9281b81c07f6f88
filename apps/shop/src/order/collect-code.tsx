import type { FulfillmentView } from "@weft/contracts/client";
import { wallClock } from "@weft/kernel";
import { comingDayStyle, formatDate, formatDateTime, formatMoney, formatTime } from "@weft/ui/i18n/format.ts";
import { QrCode } from "@weft/ui/kit/qr-code.tsx";
import { slotSpan } from "../checkout/slot-select.tsx";
import { t } from "../t.ts";
import { inLanguage } from "../text.ts";
import { useNow } from "../use-now.ts";
import { Arrival } from "./arrival.tsx";
import { Awaits } from "./awaits.tsx";
import { Collector } from "./collector.tsx";
import { MoveSlot } from "./move-slot.tsx";
import styles from "./order.module.css";

type CollectCodeProps = {
  readonly fulfillment: FulfillmentView;
  readonly timeZone: string;
  /** Other parts of the order wait elsewhere: it says which one this code opens. */
  readonly isPart: boolean;
};

/** What is shown at the counter: the code in large, the QR beside it, and what is still to pay. Gone once it is handed over. */
export function CollectCode({ fulfillment, timeZone, isPart }: CollectCodeProps) {
  const { collectCode, state, due, dueAt, promisedAt, slot, placeName, collectUntil, lines } = fulfillment;
  const now = useNow();
  const ready = dueAt ?? promisedAt;
  if (collectCode === null || state === "collected" || state === "not_collected" || state === "canceled" || state === "rejected")
    return null;
  return (
    <div className={styles.collect} data-ready={state === "ready" || undefined}>
      <QrCode text={collectCode} label={t("shop.order.qr")} size={148} />
      <div>
        <p>{t("shop.order.show_code", { store: placeName })}</p>
        <output className={styles.code} data-tour="collect-code">
          {collectCode}
        </output>
        {slot !== null && dueAt !== null ? <p>{slotWords(dueAt, slot.endsAt, timeZone, now)}</p> : null}
        {fulfillment.delayed ? <p role="status">{t("shop.order.delayed", { store: placeName })}</p> : null}
        <Awaits fulfillment={fulfillment} />
        {slot === null && ready !== null && state !== "ready" && fulfillment.awaitsOn === null ? (
          <p className={styles.quiet}>{readyWords(ready, timeZone, now)}</p>
        ) : null}
        {collectUntil === null ? null : (
          <p className={styles.quiet}>{t("shop.order.waits_until", { time: formatDateTime(collectUntil, { timeZone }) })}</p>
        )}
        {isPart ? (
          <ul className={styles.quiet}>
            {lines.map(({ orderLineId, quantity, name }) => (
              <li key={orderLineId}>{t("shop.checkout.line", { count: quantity, name: inLanguage(name) })}</li>
            ))}
          </ul>
        ) : null}
        <Arrival fulfillment={fulfillment} />
        <MoveSlot fulfillment={fulfillment} timeZone={timeZone} />
        <Collector fulfillment={fulfillment} />
        {due.amount > 0 ? <p>{t("shop.order.pay_there", { amount: formatMoney(due) })}</p> : null}
      </div>
    </div>
  );
}

/** From when until when it is to be fetched, with its day when that is not today. */
function slotWords(startsAt: string, endsAt: string, timeZone: string, now: Date): string {
  const span = slotSpan({ startsAt, endsAt }, timeZone);
  const isToday = wallClock(new Date(startsAt), timeZone).date === wallClock(now, timeZone).date;
  return isToday ? t("shop.slots.today", { span }) : t("shop.slots.on", { day: formatDate(startsAt, { timeZone, style: "day" }), span });
}

/** By the clock today, else with its day: a store that is about to close has it ready when it opens again. */
function readyWords(ready: string, timeZone: string, now: Date): string {
  const isToday = wallClock(new Date(ready), timeZone).date === wallClock(now, timeZone).date;
  return isToday
    ? t("shop.order.ready_at", { time: formatTime(ready, { timeZone }) })
    : t("shop.order.ready_on", { time: formatDateTime(ready, { timeZone, style: comingDayStyle(ready, now) }) });
}

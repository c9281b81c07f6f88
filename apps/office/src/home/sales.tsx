import { Figure } from "@weft/ui/kit/app-frame.tsx";
import { ChannelIcon } from "@weft/ui/kit/channel-icon.tsx";
import { MoneyText } from "@weft/ui/kit/money-text.tsx";
import { formatNumber } from "@weft/ui/i18n/format.ts";
import { Link } from "@tanstack/react-router";
import type { Money } from "@weft/kernel";
import { t } from "../t.ts";
import type { DaySummary } from "./day.ts";
import styles from "./home.module.css";

/** The day in figures, its hours as a line of bars, and each channel's part. */
export function DayFigures({ day }: { readonly day: DaySummary }) {
  const average = averageOf(day);
  return (
    <div className={styles.day}>
      <div className={styles.figures}>
        <Figure label={t("office.home.sales")} value={<Amounts amounts={day.sales} />} />
        <Figure label={t("office.home.orders")} value={formatNumber(day.orders)} />
        <Figure label={t("office.home.average")} value={average ? <MoneyText money={average} /> : "–"} />
      </div>
      <Hours hours={day.hours} />
      <Channels day={day} />
    </div>
  );
}

function Amounts({ amounts }: { readonly amounts: readonly Money[] }) {
  if (amounts.length === 0) return <>–</>;
  return (
    <span className={styles.amounts}>
      {amounts.map((money) => (
        <MoneyText key={money.currency} money={money} />
      ))}
    </span>
  );
}

/** Only where there is one currency: an average over two means nothing. */
function averageOf({ sales, orders }: DaySummary): Money | undefined {
  const [only, second] = sales;
  return only && !second && orders > 0 ? { ...only, amount: Math.round(only.amount / orders) } : undefined;
}

const BAR = 12;
const HIGH = 64;

function Hours({ hours }: { readonly hours: readonly number[] }) {
  const most = Math.max(1, ...hours);
  const busiest = hours.indexOf(Math.max(...hours));
  const bars = hours.map((count, hour) => ({ hour, count, height: Math.max(count > 0 ? 3 : 1, (count / most) * HIGH) }));
  const label = t("office.home.hours_say", { hour: busiest, count: hours[busiest] ?? 0 });
  return (
    <figure className={styles.hours}>
      <svg viewBox={`0 0 ${24 * BAR} ${HIGH + 14}`} role="img" aria-label={label}>
        {bars.map(({ hour, count, height }) => (
          <rect
            key={hour}
            x={hour * BAR + 1}
            y={HIGH - height}
            width={BAR - 2}
            height={height}
            rx={1.5}
            data-empty={count === 0 || undefined}
          >
            <title>{t("office.home.hour", { hour, count })}</title>
          </rect>
        ))}
        {[0, 6, 12, 18].map((hour) => (
          <text key={hour} x={hour * BAR + 1} y={HIGH + 11}>
            {hour}
          </text>
        ))}
      </svg>
      <figcaption>{t("office.home.hours")}</figcaption>
    </figure>
  );
}

function Channels({ day }: { readonly day: DaySummary }) {
  if (day.channels.length === 0) return <p className={styles.quiet}>{t("office.home.none_yet")}</p>;
  return (
    <ul className={styles.channels}>
      {day.channels.map(({ kind, orders, sales }) => (
        <li key={kind}>
          <Link to="/orders" search={{ channel: kind }}>
            <ChannelIcon kind={kind} named />
          </Link>
          <span className={styles.track}>
            <span style={{ width: `${(orders / day.orders) * 100}%`, background: `var(--channel-${kind})` }} />
          </span>
          <span>{t("office.home.orders_of", { count: orders })}</span>
          <Amounts amounts={sales} />
        </li>
      ))}
    </ul>
  );
}

import { t } from "../t.ts";
import { busiestOf } from "./compare.ts";
import styles from "./home.module.css";

const BAR = 12;
const HIGH = 64;

type Hour = { readonly orders: number; readonly weekBefore: number };

/** The day's orders by the hour as bars, each with a mark where the weekday before stood. */
export function Hours({ hours }: { readonly hours: readonly Hour[] }) {
  const most = Math.max(1, ...hours.flatMap(({ orders, weekBefore }) => [orders, weekBefore]));
  const busiest = busiestOf(hours);
  const bars = hours.map((each, hour) => ({ ...each, hour }));
  const label =
    busiest === null ? t("office.home.none_yet") : t("office.home.hours_say", { hour: busiest, count: hours[busiest]?.orders ?? 0 });
  const heightOf = (count: number): number => Math.max(count > 0 ? 3 : 1, (count / most) * HIGH);
  return (
    <figure className={styles.hours}>
      <svg viewBox={`0 0 ${24 * BAR} ${HIGH + 14}`} role="img" aria-label={label}>
        {bars.map(({ hour, orders, weekBefore }) => (
          <g key={hour}>
            <title>{t("office.today.hour", { hour, count: orders, before: weekBefore })}</title>
            <rect
              x={hour * BAR + 1}
              y={HIGH - heightOf(orders)}
              width={BAR - 2}
              height={heightOf(orders)}
              rx={1.5}
              data-empty={orders === 0 || undefined}
            />
            {weekBefore > 0 ? (
              <line x1={hour * BAR} x2={hour * BAR + BAR} y1={HIGH - heightOf(weekBefore)} y2={HIGH - heightOf(weekBefore)} />
            ) : null}
          </g>
        ))}
        {[0, 6, 12, 18].map((hour) => (
          <text key={hour} x={hour * BAR + 1} y={HIGH + 11}>
            {hour}
          </text>
        ))}
      </svg>
      <figcaption>{t("office.today.hours")}</figcaption>
    </figure>
  );
}

import { useQuery } from "@tanstack/react-query";
import type { DaySalesView, TodaySalesView } from "@weft/contracts/client";
import { formatBusinessDate, formatNumber } from "@weft/ui/i18n/format.ts";
import { Figure } from "@weft/ui/kit/app-frame.tsx";
import { ChannelIcon } from "@weft/ui/kit/channel-icon.tsx";
import { MoneyText } from "@weft/ui/kit/money-text.tsx";
import { TimeAgo } from "@weft/ui/kit/time-ago.tsx";
import { PageLink } from "../common/page-link.tsx";
import { t } from "../t.ts";
import { Bar } from "./bar.tsx";
import { averageOf, changeOf } from "./compare.ts";
import { Hours } from "./hours.tsx";
import { Part } from "./part.tsx";
import { salesQuery, type Scope } from "./queries.ts";
import { StorePart } from "./store-part.tsx";
import styles from "./home.module.css";

/** What the day has sold so far, beside the same weekday before by the same time. */
export function Sales({ scope }: { readonly scope: Scope }) {
  const sales = useQuery(salesQuery(scope));
  const dates = sales.data?.businessDates ?? [];
  const day = dates.at(-1);
  return (
    <Part
      title={day === undefined ? t("office.home.sales") : t("office.today.sales", { day: formatBusinessDate(day, "day") })}
      query={sales}
      height="20rem"
      actions={
        sales.data ? (
          <small className={styles.quiet}>
            <TimeAgo at={sales.data.at} />
          </small>
        ) : null
      }
    >
      {(answer) => (
        <div className={styles.day}>
          {dates.length > 1 ? <p className={styles.quiet}>{t("office.today.two_days")}</p> : null}
          <div className={styles.figures}>
            {answer.sales.length === 0 ? <Figure label={t("office.home.sales")} value="–" note={t("office.home.none_yet")} /> : null}
            {answer.sales.map((one) => (
              <CurrencyFigures key={one.total.currency} sales={one} />
            ))}
          </div>
          <Hours hours={answer.hours} />
          <Channels answer={answer} scope={scope} />
          <StorePart store={answer.store} />
          <Places answer={answer} />
        </div>
      )}
    </Part>
  );
}

function CurrencyFigures({ sales }: { readonly sales: DaySalesView }) {
  const average = averageOf(sales);
  const { currency } = sales.total;
  return (
    <>
      <Figure
        label={t("office.today.sales_in", { currency })}
        value={<MoneyText money={sales.total} />}
        note={<Change sales={sales} isLong />}
      />
      <Figure
        label={t("office.home.orders")}
        value={formatNumber(sales.orders)}
        note={t("office.today.before_by_now", { count: sales.weekBefore.orders })}
      />
      <Figure label={t("office.home.average")} value={average ? <MoneyText money={average} /> : "–"} />
    </>
  );
}

/** More or less than the week before, in words that say so without their color. */
function Change({ sales, isLong = false }: { readonly sales: DaySalesView; readonly isLong?: boolean }) {
  const change = changeOf(sales);
  if (change === null) return isLong ? <>{t("office.today.nothing_before")}</> : null;
  const share = formatNumber(change, { style: "percent", signDisplay: "exceptZero", maximumFractionDigits: 0 });
  return (
    <span className={styles.change} data-less={change < 0 || undefined}>
      {isLong ? (
        <>
          {t("office.today.against", { share })} (<MoneyText money={sales.weekBefore.total} />)
        </>
      ) : (
        share
      )}
    </span>
  );
}

function Amounts({ sales }: { readonly sales: readonly DaySalesView[] }) {
  return (
    <span className={styles.amounts}>
      {sales.map((one) => (
        <span key={one.total.currency}>
          <MoneyText money={one.total} /> <Change sales={one} />
        </span>
      ))}
    </span>
  );
}

const ordersOf = (sales: readonly DaySalesView[]): number => sales.reduce((sum, { orders }) => sum + orders, 0);

function Channels({ answer, scope }: { readonly answer: TodaySalesView; readonly scope: Scope }) {
  const all = answer.channels.reduce((sum, { sales }) => sum + ordersOf(sales), 0);
  const days = daysOf(answer);
  const place = scope.place === undefined ? {} : { place: scope.place };
  return (
    <ul className={styles.channels} aria-label={t("office.today.by_channel")}>
      {answer.channels.map(({ channelKind, sales }) => (
        <li key={channelKind}>
          <PageLink to="/orders" search={{ channel: channelKind, ...place, ...days }}>
            <ChannelIcon kind={channelKind} named />
          </PageLink>
          <Bar share={ordersOf(sales) / Math.max(1, all)} color={`var(--channel-${channelKind})`} />
          <span>{t("office.home.orders_of", { count: ordersOf(sales) })}</span>
          <Amounts sales={sales} />
        </li>
      ))}
    </ul>
  );
}

function daysOf({ businessDates }: TodaySalesView): { from?: string; to?: string } {
  const [from, to] = [businessDates[0], businessDates.at(-1)];
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}

/** More stores than these are a list to scroll: what is asked of it is who leads and who does nothing. */
const MOST_PLACES = 300;

function Places({ answer }: { readonly answer: TodaySalesView }) {
  if (answer.places.length < 2) return null;
  return (
    <details className={styles.more}>
      <summary>{t("office.today.by_place", { count: answer.places.length })}</summary>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t("office.orders.place")}</th>
              <th scope="col">{t("office.home.orders")}</th>
              <th scope="col">{t("office.home.sales")}</th>
              <th scope="col">{t("office.today.week_before_whole")}</th>
            </tr>
          </thead>
          <tbody>
            {answer.places.slice(0, MOST_PLACES).map(({ placeId, placeName, sales }) => (
              <tr key={placeId ?? "none"}>
                <th scope="row">
                  {placeId === null ? (
                    t("office.today.no_place")
                  ) : (
                    <PageLink to="/orders" search={{ place: placeId, ...daysOf(answer) }}>
                      {placeName}
                    </PageLink>
                  )}
                </th>
                <td>{formatNumber(ordersOf(sales))}</td>
                <td>
                  <Amounts sales={sales} />
                </td>
                <td>
                  <span className={styles.amounts}>
                    {sales.map(({ weekBeforeWhole }) => (
                      <MoneyText key={weekBeforeWhole.total.currency} money={weekBeforeWhole.total} />
                    ))}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

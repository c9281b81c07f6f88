import { useQuery } from "@tanstack/react-query";
import type { TodayWorkView } from "@weft/contracts/client";
import { formatBusinessDate, formatDate, formatDateTime, formatNumber, formatTime } from "@weft/ui/i18n/format.ts";
import { Badge, type Tone } from "@weft/ui/shop/badge.tsx";
import { PageLink } from "../common/page-link.tsx";
import { useToday } from "../common/use-today.ts";
import { t } from "../t.ts";
import { Part } from "./part.tsx";
import { workQuery, type Scope } from "./queries.ts";
import styles from "./home.module.css";

/** What stores must prepare and hand over today: in figures, by store, and the most urgent ones. */
export function Collections({ scope }: { readonly scope: Scope }) {
  const work = useQuery(workQuery(scope));
  return (
    <Part title={t("office.today.collections")} query={work} height="16rem">
      {(answer) => (
        <>
          <Counts counts={answer.counts} />
          <Parcels {...answer.parcels} />
          {answer.collections.length === 0 ? <p className={styles.quiet}>{t("office.today.no_collections")}</p> : null}
          <ul className={styles.rows} aria-label={t("office.today.collections")}>
            {answer.collections.slice(0, SHOWN).map((row) => (
              <CollectionRow key={row.fulfillmentId} row={row} />
            ))}
          </ul>
          {answer.places.length > 1 ? <ByStore places={answer.places} /> : null}
        </>
      )}
    </Part>
  );
}

/** Which promises may not be kept, and why. */
export function Risks({ scope }: { readonly scope: Scope }) {
  const work = useQuery(workQuery(scope));
  return (
    <Part title={t("office.today.risks")} query={work} height="8rem">
      {({ risks, riskCount }) => (
        <>
          {riskCount === 0 ? <p className={styles.good}>{t("office.today.no_risks")}</p> : null}
          <ul className={styles.rows} aria-label={t("office.today.risks")}>
            {risks.slice(0, SHOWN).map((row) => (
              <li key={row.fulfillmentId}>
                <PageLink to="/orders" search={{ open: row.orderId }}>
                  {row.number}
                </PageLink>
                <span className={styles.where}>{row.placeName}</span>
                <Badge tone={row.because === "soon" ? "warn" : "bad"}>{t(`office.today.risk.${row.because}`)}</Badge>
                <At at={row.dueAt} timeZone={row.timeZone} />
              </li>
            ))}
          </ul>
          {riskCount > SHOWN ? <p className={styles.quiet}>{t("office.today.more", { count: riskCount - SHOWN })}</p> : null}
        </>
      )}
    </Part>
  );
}

/** More than these are worked through on the list of orders. */
const SHOWN = 8;

function Counts({ counts }: { readonly counts: TodayWorkView["counts"] }) {
  const shown = [
    { key: "to_prepare", count: counts.toPrepare, isBad: false },
    { key: "late", count: counts.late, isBad: counts.late > 0 },
    { key: "ready", count: counts.ready, isBad: false },
    { key: "overdue", count: counts.overdue, isBad: counts.overdue > 0 },
    { key: "later", count: counts.later, isBad: false },
  ] as const;
  return (
    <dl className={styles.counts}>
      {shown.map(({ key, count, isBad }) => (
        <div key={key} data-bad={isBad || undefined}>
          <dt>{t(`office.today.count.${key}`)}</dt>
          <dd>{formatNumber(count)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What has to leave with a carrier today; nothing where nothing is shipped. */
function Parcels({ toSend, late, nextShipBy }: TodayWorkView["parcels"]) {
  if (toSend === 0) return null;
  return (
    <p>
      <PageLink to="/shipping">{t("office.today.parcels", { count: toSend })}</PageLink>{" "}
      {late > 0 ? <Badge tone="bad">{t("office.today.parcels_late", { count: late })}</Badge> : null}
      {late === 0 && nextShipBy !== null ? t("office.today.parcels_by", { time: formatTime(nextShipBy) }) : null}
    </p>
  );
}

const TONES: Readonly<Record<TodayWorkView["collections"][number]["state"], Tone>> = { to_prepare: "plain", ready: "good", overdue: "bad" };

function CollectionRow({ row }: { readonly row: TodayWorkView["collections"][number] }) {
  const { orderId, number, placeName, state, dueAt, collectUntil, timeZone } = row;
  return (
    <li>
      <PageLink to="/orders" search={{ open: orderId }}>
        {number}
      </PageLink>
      <span className={styles.where}>{placeName}</span>
      <Badge tone={TONES[state]}>{t(`office.today.collection.${state}`)}</Badge>
      <At at={collectUntil ?? dueAt} timeZone={timeZone} />
    </li>
  );
}

/** A time on the wall of its place; with its date when that is another day. */
function At({ at, timeZone }: { readonly at: string; readonly timeZone: string }) {
  const isToday = formatDate(at, { timeZone }) === formatBusinessDate(useToday());
  return (
    <time dateTime={at} title={formatDateTime(at, { timeZone })}>
      {isToday ? formatTime(at, { timeZone }) : formatDateTime(at, { timeZone })}
    </time>
  );
}

function ByStore({ places }: { readonly places: TodayWorkView["places"] }) {
  return (
    <details className={styles.more}>
      <summary>{t("office.today.by_store", { count: places.length })}</summary>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t("office.orders.place")}</th>
              <th scope="col">{t("office.today.count.to_prepare")}</th>
              <th scope="col">{t("office.today.count.late")}</th>
              <th scope="col">{t("office.today.count.ready")}</th>
              <th scope="col">{t("office.today.count.overdue")}</th>
              <th scope="col">{t("office.today.next_due")}</th>
            </tr>
          </thead>
          <tbody>
            {places.map(({ placeId, placeName, timeZone, toPrepare, late, ready, overdue, nextDueAt }) => (
              <tr key={placeId}>
                <th scope="row">
                  <PageLink to="/orders" search={{ place: placeId, state: "placed" }}>
                    {placeName}
                  </PageLink>
                </th>
                <td>{formatNumber(toPrepare)}</td>
                <td data-bad={late > 0 || undefined}>{formatNumber(late)}</td>
                <td>{formatNumber(ready)}</td>
                <td data-bad={overdue > 0 || undefined}>{formatNumber(overdue)}</td>
                <td>{nextDueAt === null ? "–" : <At at={nextDueAt} timeZone={timeZone} />}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

import IconAlertTriangle from "@tabler/icons-react/dist/esm/icons/IconAlertTriangle.mjs";
import IconCircleCheck from "@tabler/icons-react/dist/esm/icons/IconCircleCheck.mjs";
import IconProgressCheck from "@tabler/icons-react/dist/esm/icons/IconProgressCheck.mjs";
import { useQuery } from "@tanstack/react-query";
import type { TodayNowView } from "@weft/contracts/client";
import { formatNumber, formatTime } from "@weft/ui/i18n/format.ts";
import type { RowLink } from "../common/data-table.tsx";
import { PageLink } from "../common/page-link.tsx";
import { t } from "../t.ts";
import { Bar } from "./bar.tsx";
import { Part } from "./part.tsx";
import { nowQuery, type Scope } from "./queries.ts";
import styles from "./now.module.css";

type Line = TodayNowView["lines"][number];

/** What must be done now, in five lines at most: each leads to where it is done. */
export function Now({ scope }: { readonly scope: Scope }) {
  return (
    <Part title={t("office.now.title")} query={useQuery(nowQuery(scope))} height="16rem">
      {({ lines, more }) => (
        <>
          {lines.length === 0 ? (
            <p className={styles.calm}>
              <IconCircleCheck size={20} stroke={1.75} aria-hidden /> {t("office.now.nothing")}
            </p>
          ) : null}
          <ol className={styles.lines} aria-label={t("office.now.title")}>
            {lines.map((line) => (
              <li key={line.what} data-late={line.isLate || undefined}>
                {line.isLate ? (
                  <IconAlertTriangle size={20} stroke={1.75} aria-hidden />
                ) : (
                  <IconProgressCheck size={20} stroke={1.75} aria-hidden />
                )}
                <PageLink {...linkOf(line, scope)}>{textOf(line)}</PageLink>
                <small>{noteOf(line)}</small>
              </li>
            ))}
          </ol>
          {more > 0 ? <p className={styles.more}>{t("office.now.more", { count: more })}</p> : null}
        </>
      )}
    </Part>
  );
}

const textOf = ({ what, count }: Line): string => t(`office.now.${what}`, { count });

/** When the next is due, or which place it is about. */
function noteOf({ dueAt, timeZone, placeName, minutes }: Line): string {
  if (dueAt !== null) return t("office.now.by", { time: formatTime(dueAt, timeZone === null ? {} : { timeZone }) });
  if (minutes !== null) return t("office.now.queue_of", { name: placeName ?? "", minutes });
  return placeName ?? "";
}

/** Where it is done: the most urgent one is open beside its list. */
function linkOf({ what, orderId, placeId }: Line, scope: Scope): RowLink {
  const where = placeId ?? scope.place;
  const place = where === undefined ? {} : { place: where };
  switch (what) {
    case "missing_goods":
      return { to: "/conflicts" };
    case "late":
    case "prepare":
    case "queue":
      return { to: "/orders", search: { state: "placed", ...place, ...(orderId !== null && { open: orderId }) } };
    case "parcels_late":
    case "parcels":
      return { to: "/shipping", search: place };
    case "tasks_late":
    case "tasks":
      return { to: "/tasks", search: place };
    case "tills_left_open":
    case "tills_silent":
    case "cash_differs":
      return { to: "/tills", search: place };
    case "arriving":
      return { to: "/goods", search: { open: "yes", ...place } };
    case "low":
      return { to: "/stock", search: { low: "yes", ...place } };
  }
}

/** How long the queues of the stores are, the longest first. */
export function Queues({ scope }: { readonly scope: Scope }) {
  return (
    <Part title={t("office.now.queues")} query={useQuery(nowQuery(scope))} height="6rem">
      {({ queues }) => {
        const longest = Math.max(1, ...queues.map(({ minutes }) => minutes));
        return (
          <>
            {queues.length === 0 ? <p className={styles.more}>{t("office.now.no_queue")}</p> : null}
            <ul className={styles.queues} aria-label={t("office.now.queues")}>
              {queues.map(({ placeId, placeName, minutes }) => (
                <li key={placeId}>
                  <PageLink to="/orders" search={{ state: "placed", place: placeId }}>
                    {placeName}
                  </PageLink>
                  <Bar share={minutes / longest} />
                  <span>{t("office.now.minutes", { minutes: formatNumber(minutes) })}</span>
                </li>
              ))}
            </ul>
          </>
        );
      }}
    </Part>
  );
}

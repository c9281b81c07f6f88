import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { TodayTillsView } from "@weft/contracts/client";
import { formatMoney, formatTime } from "@weft/ui/i18n/format.ts";
import { TimeAgo } from "@weft/ui/kit/time-ago.tsx";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { t } from "../t.ts";
import { Part } from "./part.tsx";
import { tillsQuery, type Scope } from "./queries.ts";
import styles from "./home.module.css";

const SHOWN = 8;

/** The registers: what needs a look first. */
export function Tills({ scope }: { readonly scope: Scope }) {
  const search = scope.place === undefined ? {} : { place: scope.place };
  return (
    <Part
      title={t("office.nav.tills")}
      query={useQuery(tillsQuery(scope))}
      height="10rem"
      actions={
        <Link to="/tills" search={search}>
          {t("office.today.all_shifts")}
        </Link>
      }
    >
      {({ counts, differences, registers }) => (
        <>
          <p className={styles.quiet}>{t("office.today.tills_say", { open: counts.open, closed: counts.closed })}</p>
          {differences.map((difference) => (
            <p key={difference.currency}>{t("office.today.cash_differs", { amount: formatMoney(difference), count: counts.different })}</p>
          ))}
          <ul className={styles.rows} aria-label={t("office.nav.tills")}>
            {registers
              .filter(isTold)
              .slice(0, SHOWN)
              .map((register) => (
                <Register key={register.registerId} register={register} />
              ))}
          </ul>
        </>
      )}
    </Part>
  );
}

/** A till that is closed and well says nothing that the figure above has not said. */
const isTold = ({ openedAt, unsent, difference }: TodayTillsView["registers"][number]): boolean =>
  openedAt !== null || unsent > 0 || (difference !== null && difference.amount !== 0);

function Register({ register }: { readonly register: TodayTillsView["registers"][number] }) {
  const { placeId, placeName, name, lastSeenAt } = register;
  return (
    <li>
      <Link to="/tills" search={{ place: placeId }}>
        {name}
      </Link>
      <span className={styles.where}>{placeName}</span>
      <State register={register} />
      {lastSeenAt === null ? <span /> : <TimeAgo at={lastSeenAt} />}
    </li>
  );
}

/** One thing at a time: what needs a look comes before what is as it should be. */
function State({ register }: { readonly register: TodayTillsView["registers"][number] }) {
  const { isLeftOpen, isSilent, unsent, difference, openedAt, openedBy, timeZone } = register;
  if (isLeftOpen) return <Badge tone="bad">{t("office.today.till.left_open")}</Badge>;
  if (isSilent) return <Badge tone="bad">{t("office.today.till.silent")}</Badge>;
  if (unsent > 0) return <Badge tone="warn">{t("office.today.till.unsent", { count: unsent })}</Badge>;
  if (difference !== null && difference.amount !== 0 && openedAt === null)
    return <Badge tone="warn">{t("office.today.till.difference", { amount: formatMoney(difference) })}</Badge>;
  if (openedAt === null) return <Badge>{t("office.today.till.closed")}</Badge>;
  const since = formatTime(openedAt, { timeZone });
  return (
    <Badge tone="good">
      {openedBy === null ? t("office.today.till.open", { since }) : t("office.today.till.open_by", { since, name: openedBy })}
    </Badge>
  );
}

import type { StoreView } from "@weft/contracts/client";
import { formatBusinessDate, formatDistance, formatTime } from "@weft/ui/i18n/format.ts";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { Button } from "@weft/ui/shop/button.tsx";
import { useEffect, useRef } from "react";
import { useQuery } from "@tanstack/react-query";
import { servicesQuery } from "../bookings/bookings.ts";
import { Link, navigate } from "../router/router.tsx";
import { pathTo } from "../routes.ts";
import { t } from "../t.ts";
import { useNow } from "../use-now.ts";
import { clockAt, exceptionsAhead, weekAhead, type DayHours } from "./hours.ts";
import { openText, openTone, paceText } from "./open-text.ts";
import { serviceName } from "./services.ts";
import { chooseStore } from "./stores.ts";
import styles from "./stores.module.css";

type Props = { readonly store: StoreView; readonly isSelected: boolean; readonly onSelect: (id: string) => void };

/** A store of the list; selected it shows its hours and what it offers. */
export function StoreCard({ store, isSelected, onSelect }: Props) {
  const now = useNow();
  const card = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isSelected) card.current?.scrollIntoView({ block: "nearest" });
  }, [isSelected]);
  return (
    <li ref={card} className={styles.store} data-selected={isSelected || undefined}>
      <button type="button" aria-expanded={isSelected} onClick={() => onSelect(store.id)}>
        <span className={styles.name}>
          <strong>{store.name}</strong>
          {store.distanceMeters === null ? null : <span>{formatDistance(store.distanceMeters)}</span>}
        </span>
        <span className={styles.quiet}>
          {store.address.line1}, {store.address.postcode} {store.address.city}
        </span>
        <Badge tone={openTone(store)}>{openText(store, now)}</Badge>
        {store.inHand ? (
          <span className={styles.quiet}>
            {t("shop.stores.in_hand", {
              time: formatTime(store.inHand.at, { timeZone: store.timeZone }),
              minutes: store.inHand.travelMinutes,
            })}
          </span>
        ) : null}
        {store.pace === null ? null : <Badge tone="warn">{paceText(store)}</Badge>}
      </button>
      {isSelected ? <StoreDetails store={store} now={now} /> : null}
    </li>
  );
}

function StoreDetails({ store, now }: { readonly store: StoreView; readonly now: Date }) {
  const { latitude, longitude, hours, timeZone, services, phone, id } = store;
  const gives = useQuery(servicesQuery()).data?.some(({ placeIds }) => placeIds.includes(id)) ?? false;
  const exceptions = exceptionsAhead(hours, timeZone, now);
  return (
    <div className={styles.details}>
      <table>
        <caption className="said">{t("shop.stores.hours")}</caption>
        <tbody>
          {weekAhead(hours, timeZone, now).map((day, index) => (
            <HoursRow key={day.date} day={day} isToday={index === 0} />
          ))}
        </tbody>
      </table>
      {exceptions.length > 0 ? (
        <ul className={styles.exceptions}>
          {exceptions.map((day) => (
            <li key={day.date}>
              {day.exception} ({formatBusinessDate(day.date)}): {intervalsText(day)}
            </li>
          ))}
        </ul>
      ) : null}
      <p className={styles.quiet}>{services.map(serviceName).join(" · ")}</p>
      <div className={styles.actions}>
        <Button
          kind="primary"
          onClick={() => {
            chooseStore(id);
            navigate(pathTo("menu"));
          }}
        >
          {t("shop.stores.order_here")}
        </Button>
        {gives ? <Link to={`${pathTo("book")}?${new URLSearchParams({ store: id })}`}>{t("shop.bookings.book")}</Link> : null}
        <a href={`geo:${latitude},${longitude}?q=${latitude},${longitude}`}>{t("shop.stores.way")}</a>
        {phone === null ? null : <a href={`tel:${phone.replaceAll(/[^\d+]/g, "")}`}>{phone}</a>}
      </div>
    </div>
  );
}

function HoursRow({ day, isToday }: { readonly day: DayHours; readonly isToday: boolean }) {
  const weekday = formatBusinessDate(day.date, "day");
  return (
    <tr data-today={isToday || undefined}>
      <th scope="row">{isToday ? t("shop.stores.today") : weekday}</th>
      <td>
        {intervalsText(day)}
        {day.exception === null ? null : ` (${day.exception})`}
      </td>
    </tr>
  );
}

function intervalsText({ intervals }: DayHours): string {
  if (intervals.length === 0) return t("shop.open.closed");
  if (intervals.some(({ from, until }) => until - from === 1440)) return t("shop.open.always");
  const clock = (minutes: number): string => formatTime(clockAt(minutes), { timeZone: "UTC" });
  return intervals.map(({ from, until }) => `${clock(from)}–${clock(until)}`).join(", ");
}

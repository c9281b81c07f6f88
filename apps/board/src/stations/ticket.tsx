import type { LocalizedText, StationItemView, StationTicketView } from "@weft/contracts/client";
import { allergenName } from "@weft/ui/app/allergen-name.ts";
import { formatList, formatNumber, formatTime } from "@weft/ui/i18n/format.ts";
import { currentLocale } from "@weft/ui/i18n/i18n.ts";
import { ChannelIcon } from "@weft/ui/kit/channel-icon.tsx";
import { calledNumber } from "../queue/tickets.ts";
import { t } from "../t.ts";
import { minutesLeft, paceOf, type TicketAt } from "./queue.ts";
import styles from "./stations.module.css";

type TicketProps = {
  readonly at: TicketAt;
  /** It takes the height of two. */
  readonly isLong: boolean;
  /** The digit that bumps it. */
  readonly place: number;
  readonly now: Date;
  readonly timeZone: string;
  readonly onBump: () => void;
  readonly onLine: (lineId: string, done: boolean) => void;
};

/** An order at a station: whose it is, by when, what to make, and one tap when it is made. */
export function Ticket({ at, isLong, place, now, timeZone, onBump, onLine }: TicketProps) {
  const { ticket, own, others } = at;
  const isLeft = own.some(({ done }) => !done);
  const called = calledFor(ticket);
  return (
    <li className={styles.ticket} data-pace={paceOf(ticket.dueAt, now)} data-long={isLong || undefined}>
      <header>
        <strong>{ticket.name ?? called}</strong>
        <span className={styles.number}>{ticket.name === null ? null : called}</span>
        <time dateTime={ticket.dueAt} title={formatTime(ticket.dueAt, { timeZone })}>
          {timeText(minutesLeft(ticket.dueAt, now))}
        </time>
        <p className={styles.about}>
          {ticket.channelKind === null ? null : <ChannelIcon kind={ticket.channelKind} />}
          <span>{t(`board.stations.${ticket.dining}`)}</span>
          {ticket.course === undefined ? null : <mark>{t("board.stations.course", { course: ticket.course })}</mark>}
          {ticket.isWalkIn && ticket.table === undefined ? <span>{t("board.stations.walk_in")}</span> : null}
          {ticket.arrival === null ? null : <mark>{t(`board.stations.${ticket.arrival}`)}</mark>}
        </p>
        {ticket.note === undefined ? null : <p className={styles.note}>{ticket.note}</p>}
      </header>
      <ul>
        {own.map((item) => (
          <Line key={item.orderLineId} item={item} onTap={() => onLine(item.orderLineId, !item.done)} />
        ))}
      </ul>
      {others.length === 0 ? null : (
        <p className={styles.others}>{t("board.stations.elsewhere", { items: formatList(others.map(shortly)) })}</p>
      )}
      <button type="button" className={styles.bump} onClick={onBump} aria-keyshortcuts={place < 10 ? String(place) : undefined}>
        {place < 10 ? <kbd aria-hidden>{place}</kbd> : null}
        {isLeft ? t("board.stations.done") : t("board.stations.ready")}
        <span className="said"> {ticket.name ?? called}</span>
      </button>
    </li>
  );
}

/** What an order is called at its stations, and out loud; of a table its name. */
export const calledFor = ({ number, table }: Pick<StationTicketView, "number" | "table">): string =>
  table === undefined ? calledNumber(number) : t("board.stations.table", { table });

/** One line: a tap says that it alone is made, or that it is not yet. */
function Line({ item, onTap }: { readonly item: StationItemView; readonly onTap: () => void }) {
  const { canceled = 0 } = item;
  const isOff = canceled > 0 && item.quantity === 0;
  return (
    <li>
      <button
        type="button"
        className={styles.line}
        aria-pressed={item.done}
        data-shelf={!item.isMade || undefined}
        data-off={isOff || undefined}
        onClick={onTap}
      >
        <b>{amountOf(isOff ? { ...item, quantity: canceled } : item)}</b>
        <span>
          {canceled > 0 ? (
            <strong className={styles.canceled}>
              {isOff ? t("board.stations.canceled") : t("board.stations.canceled_some", { count: canceled })}
            </strong>
          ) : null}
          <span className={styles.goods}>{textOf(item.name)}</span>
          {item.options.length > 0 ? <em>{item.options.map(textOf).join(" · ")}</em> : null}
          {item.note === undefined ? null : <strong className={styles.said}>{item.note}</strong>}
          {item.table === undefined ? null : <strong className={styles.said}>{t("board.stations.to_table", { table: item.table })}</strong>}
          {item.allergens.length > 0 ? (
            <small>{t("board.stations.contains", { list: formatList(item.allergens.map(allergenName)) })}</small>
          ) : null}
        </span>
      </button>
    </li>
  );
}

const amountOf = ({ quantity, unit }: StationItemView): string =>
  unit === "gram" ? formatNumber(quantity, { style: "unit", unit: "gram" }) : `${quantity} ×`;

const shortly = (item: StationItemView): string => `${amountOf(item)} ${textOf(item.name)}`;

const textOf = (text: LocalizedText): string => text[currentLocale()] ?? text.en;

function timeText(minutes: number): string {
  return minutes <= 0 ? t("board.stations.late", { count: -minutes }) : t("board.stations.in", { count: minutes });
}

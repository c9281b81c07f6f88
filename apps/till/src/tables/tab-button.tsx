import type { TableTabView } from "@weft/contracts/client";
import { formatMoney } from "@weft/ui/i18n/format.ts";
import { useTicket } from "../ticket/ticket.ts";
import { t } from "../t.ts";
import { sittingSince } from "./courses.ts";
import styles from "./tables.module.css";

type Props = { readonly tab: TableTabView; readonly now: Date; readonly isBusy: boolean; readonly onTap: () => void };

/** Guests at a table: what they have had, since when, and who serves them. */
export function TabButton({ tab, now, isBusy, onTap }: Props) {
  const { cart } = useTicket();
  const { hours, minutes } = sittingSince(tab.openedAt, now);
  const since = hours > 0 ? t("till.tables.hours", { hours, minutes }) : t("till.tables.minutes", { minutes });
  const isHere = cart?.id === tab.cartId;
  const where = isHere ? t("till.tables.here") : tab.isWaiting ? "" : tab.deviceName;
  return (
    <button
      type="button"
      className={styles.guests}
      data-here={isHere || undefined}
      data-held={where !== "" || undefined}
      disabled={isBusy}
      onClick={onTap}
    >
      <span>{tab.name ?? t("till.park.items", { count: tab.items })}</span>
      <b>{formatMoney(tab.total)}</b>
      <small>{[since, tab.openedBy ?? "", where].filter((text) => text !== "").join(" · ")}</small>
      {tab.unsent > 0 ? <mark>{t("till.tables.unsent", { count: tab.unsent })}</mark> : null}
    </button>
  );
}

import type { StationTicketView } from "@weft/contracts/client";
import { t } from "../t.ts";
import { calledFor } from "./ticket.tsx";
import styles from "./stations.module.css";

type RecallProps = {
  readonly recent: readonly StationTicketView[];
  /** Tickets that wait without room on the screen. */
  readonly more: number;
  /** Calls the last one back; absent: there is none. */
  readonly onLast: (() => void) | undefined;
  readonly onRecall: (ticketId: string, lineIds: readonly string[]) => void;
};

/** So many stand beside each other on any screen. */
const MOST_SHOWN = 5;

/** What was made a moment ago, each with the way back, and how many tickets wait behind those that are shown. */
export function Recall({ recent, more, onLast, onRecall }: RecallProps) {
  return (
    <footer className={styles.recall}>
      <button type="button" disabled={!onLast} onClick={onLast} aria-keyshortcuts="Backspace">
        {t("board.stations.recall_last")}
      </button>
      <ul aria-label={t("board.stations.made")}>
        {recent.slice(0, MOST_SHOWN).map(({ id, name, number, table, items }) => (
          <li key={id}>
            <button
              type="button"
              aria-label={t("board.stations.recall", { who: name ?? calledFor({ number, ...(table !== undefined && { table }) }) })}
              onClick={() =>
                onRecall(
                  id,
                  items.map(({ orderLineId }) => orderLineId),
                )
              }
            >
              {name ?? calledFor({ number, ...(table !== undefined && { table }) })}
            </button>
          </li>
        ))}
      </ul>
      <span>{more > 0 ? t("board.queue.more", { count: more }) : ""}</span>
    </footer>
  );
}

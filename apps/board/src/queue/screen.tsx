import { useQuery } from "@tanstack/react-query";
import type { BoardTicketView } from "@weft/contracts/client";
import { useLive } from "@weft/ui/api/context.tsx";
import { formatTime } from "@weft/ui/i18n/format.ts";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { useEffect, useRef } from "react";
import { api } from "../api.ts";
import { Age } from "../frame/age.tsx";
import { isSoundOn, keepQueue, keptQueue } from "../kept.ts";
import { t } from "../t.ts";
import { chime } from "./chime.ts";
import styles from "./queue.module.css";
import { calledNumber, fitOnBoard, newlyReady } from "./tickets.ts";

/** Looked at again by the clock too: what nobody fetches leaves the board without an event. */
const EVERY_MS = 60_000;
/** So many in each column leave room to be larger. */
const FEW = 6;

/** The collection queue: what is being made, and what waits at the counter. */
export function QueueScreen({ placeId, timeZone }: { readonly placeId: string; readonly timeZone: string }) {
  useLive(`queue/${placeId}`);
  const queue = useQuery({
    queryKey: ["queue", placeId],
    queryFn: ({ signal }) => api.ask("boards.queue", { params: { placeId }, signal }),
    initialData: () => keptQueue(placeId),
    initialDataUpdatedAt: 0,
    refetchInterval: EVERY_MS,
  });
  const { data } = queue;
  useEffect(() => void (data && keepQueue(placeId, data)), [placeId, data]);
  useChime(data?.ready);
  if (!data) return queue.isError ? <ProblemNote error={queue.error} onRetry={queue.refetch} /> : <ScreenSkeleton />;
  const { preparing, ready, more } = fitOnBoard(data);
  return (
    <>
      <div className={styles.columns} data-few={Math.max(preparing.length, ready.length) <= FEW || undefined}>
        <Column kind="preparing" title={t("board.queue.preparing")} tickets={preparing} more={more.preparing} timeZone={timeZone} />
        <Column kind="ready" title={t("board.queue.ready")} tickets={ready} more={more.ready} timeZone={timeZone} />
      </div>
      <Age at={data.at} />
    </>
  );
}

type ColumnProps = {
  readonly kind: "preparing" | "ready";
  readonly title: string;
  readonly tickets: readonly BoardTicketView[];
  readonly more: number;
  readonly timeZone: string;
};

function Column({ kind, title, tickets, more, timeZone }: ColumnProps) {
  return (
    <section className={styles.column} data-kind={kind} aria-label={title}>
      <h2>{title}</h2>
      {tickets.length === 0 ? <p className={styles.empty}>{t(`board.queue.${kind}_empty`)}</p> : null}
      <ol className={styles.tickets} aria-live={kind === "ready" ? "polite" : "off"}>
        {tickets.map(({ id, number, name, since }) => (
          <li key={id} className={styles.ticket}>
            <strong>{name ?? calledNumber(number)}</strong>
            <span>{name === null ? null : calledNumber(number)}</span>
            <time dateTime={since}>{formatTime(since, { timeZone })}</time>
          </li>
        ))}
      </ol>
      <p className={styles.more}>{more > 0 ? t("board.queue.more", { count: more }) : ""}</p>
    </section>
  );
}

function useChime(ready: readonly BoardTicketView[] | undefined): void {
  const before = useRef<readonly BoardTicketView[]>(undefined);
  useEffect(() => {
    if (!ready) return;
    if (newlyReady(before.current, ready).length > 0 && isSoundOn()) chime();
    before.current = ready;
  }, [ready]);
}

import { useQuery } from "@tanstack/react-query";
import type { StationQueueView, StationTicketView } from "@weft/contracts/client";
import { useLive } from "@weft/ui/api/context.tsx";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { useEffect, useRef, useState } from "react";
import { api } from "../api.ts";
import { Age } from "../frame/age.tsx";
import { isSoundOn, keepStations, keptStations, keepStation, keptStation } from "../kept.ts";
import { chime } from "../queue/chime.ts";
import { t } from "../t.ts";
import { bumpOf, fitTickets, isLong, ticketsAt, withSaid, type Room, type TicketAt } from "./queue.ts";
import { Pace } from "./pace.tsx";
import { Recall } from "./recall.tsx";
import { useOutbox, type Outbox } from "./said.ts";
import { StationTabs } from "./tabs.tsx";
import { Ticket } from "./ticket.tsx";
import styles from "./stations.module.css";
import { useRoom, useTicking } from "./use-room.ts";

/** Looked at by the clock too: what is wanted in an hour comes without an event. */
const EVERY_MS = 30_000;

/** What a station makes: the tickets that are wanted first, one tap for each. */
export function StationsScreen({ placeId, timeZone }: { readonly placeId: string; readonly timeZone: string }) {
  const queue = useQueue(placeId);
  const { data } = queue;
  if (!data) return queue.isError ? <ProblemNote error={queue.error} onRetry={queue.refetch} /> : <ScreenSkeleton />;
  if (data.stations.length === 0) return <NoStations />;
  return (
    <>
      <Stations placeId={placeId} timeZone={timeZone} queue={data} />
      <Age at={data.at} />
    </>
  );
}

/** The queue as it moves, and as it was kept over a cut; a new ticket is heard. */
function useQueue(placeId: string) {
  useLive(`stations/${placeId}`);
  const queue = useQuery({
    queryKey: ["stations", placeId],
    queryFn: ({ signal }) => api.ask("boards.stations", { params: { placeId }, signal }),
    initialData: () => keptStations(placeId),
    initialDataUpdatedAt: 0,
    refetchInterval: EVERY_MS,
  });
  const { data } = queue;
  useEffect(() => void (data && keepStations(placeId, data)), [placeId, data]);
  useChime(data?.tickets);
  return queue;
}

type StationsProps = { readonly placeId: string; readonly timeZone: string; readonly queue: StationQueueView };

function Stations({ placeId, timeZone, queue }: StationsProps) {
  const outbox = useOutbox(placeId);
  const [station, setStation] = useState(keptStation);
  const room = useRoom();
  const chosen = queue.stations.find((name) => name === station) ?? null;
  const { tickets: all, recent } = withSaid(queue, outbox.said);
  const { shown: tickets, more } = fitTickets(ticketsAt(all, chosen), room);
  const bump = (at: TicketAt | undefined): void => {
    if (at) outbox.say(bumpOf(at).ticketId, bumpOf(at).lineIds, true);
  };
  const last = outbox.last ?? newest(recent[0]);
  const recall = (): void => {
    if (last) outbox.say(last.ticketId, last.lineIds, false);
  };
  useKeys((index) => bump(tickets[index]), recall);
  const choose = (name: string | null): void => {
    keepStation(name);
    setStation(name);
  };
  return (
    <div className={styles.screen}>
      <div className={styles.top}>
        <StationTabs stations={queue.stations} chosen={chosen} onChoose={choose} />
        <Pace placeId={placeId} timeZone={timeZone} />
      </div>
      <Tickets
        label={chosen ?? t("board.stations.all")}
        tickets={tickets}
        room={room}
        timeZone={timeZone}
        onBump={bump}
        onLine={outbox.say}
      />
      <Recall recent={recent} more={more} onLast={last ? recall : undefined} onRecall={(id, lines) => outbox.say(id, lines, false)} />
      <p className={styles.note} role="status">
        {outbox.refusal
          ? problemText(outbox.refusal)
          : outbox.said.length > 0
            ? t("board.stations.waiting", { count: outbox.said.length })
            : ""}
      </p>
    </div>
  );
}

type TicketsProps = {
  readonly label: string;
  readonly tickets: readonly TicketAt[];
  readonly room: Room;
  readonly timeZone: string;
  readonly onBump: (at: TicketAt) => void;
  readonly onLine: Outbox["say"];
};

function Tickets({ label, tickets, room, timeZone, onBump, onLine }: TicketsProps) {
  const now = useTicking();
  return (
    <>
      <ol className={styles.tickets} aria-label={label}>
        {tickets.map((at, index) => (
          <Ticket
            key={at.ticket.id}
            at={at}
            isLong={isLong(at, room)}
            place={index + 1}
            now={now}
            timeZone={timeZone}
            onBump={() => onBump(at)}
            onLine={(lineId, done) => onLine(at.ticket.id, [lineId], done)}
          />
        ))}
      </ol>
      {tickets.length === 0 ? <p className={styles.empty}>{t("board.stations.empty")}</p> : null}
    </>
  );
}

function NoStations() {
  return (
    <div className={styles.none}>
      <h2>{t("board.stations.none")}</h2>
      <p>{t("board.stations.none_text")}</p>
    </div>
  );
}

/** What was made last by anybody, where this screen made nothing yet. */
function newest(ticket: StationTicketView | undefined): { readonly ticketId: string; readonly lineIds: readonly string[] } | undefined {
  return ticket && { ticketId: ticket.id, lineIds: ticket.items.map(({ orderLineId }) => orderLineId) };
}

/** A bump bar sends digits: each bumps the ticket of that place, Backspace calls the last one back. */
function useKeys(bump: (index: number) => void, recall: () => void): void {
  const acts = useRef({ bump, recall });
  useEffect(() => {
    acts.current = { bump, recall };
  });
  useEffect(() => {
    const listen = ({ key, repeat, ctrlKey, metaKey, altKey }: KeyboardEvent): void => {
      if (repeat || ctrlKey || metaKey || altKey) return;
      if (/^[1-9]$/.test(key)) acts.current.bump(Number(key) - 1);
      else if (key === "Backspace") acts.current.recall();
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
}

/** A new ticket is heard; what was there when the screen was switched on is not. */
function useChime(tickets: readonly StationTicketView[] | undefined): void {
  const before = useRef<ReadonlySet<string>>(undefined);
  useEffect(() => {
    if (!tickets) return;
    const isNew = before.current !== undefined && tickets.some(({ id }) => !before.current?.has(id));
    if (isNew && isSoundOn()) chime();
    before.current = new Set(tickets.map(({ id }) => id));
  }, [tickets]);
}

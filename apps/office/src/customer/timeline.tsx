import { Button } from "@mantine/core";
import { useIntersection } from "@mantine/hooks";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { ChannelKind, TimelineEntryView } from "@weft/contracts/client";
import { formatDate } from "@weft/ui/i18n/format.ts";
import { Section } from "@weft/ui/kit/app-frame.tsx";
import { ChannelIcon, channelName } from "@weft/ui/kit/channel-icon.tsx";
import { EmptyState } from "@weft/ui/shop/empty-state.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Skeleton } from "@weft/ui/shop/skeleton.tsx";
import { useEffect, useEffectEvent } from "react";
import { FilterChoice } from "../common/filter-choice.tsx";
import { inParts, useRoom } from "../common/near.ts";
import { wordOf } from "../common/text.ts";
import { customerRoute } from "../routes.tsx";
import { t } from "../t.ts";
import styles from "./customer.module.css";
import { customerQuery, timelineQuery } from "./queries.ts";
import { TIMELINE_KINDS } from "./saying.ts";
import { TimelineItem } from "./timeline-item.tsx";

/** An entry is written by a subscriber, a moment after the fact that the stream tells of; a busy hub takes some tenths of a second. */
const MOMENT_MS = 1000;

type TimelineProps = { readonly customerId: string; readonly kinds: readonly ChannelKind[] };

/** Everything that happened, on every channel, newest first; one channel alone with a tap. */
export function Timeline({ customerId, kinds }: TimelineProps) {
  const { channel, kind } = customerRoute.useSearch();
  const timeline = useInfiniteQuery(timelineQuery(customerId, { channel, kind }));
  const lookAgain = useEffectEvent(() => void timeline.refetch());
  // The customer is asked for anew at each change that the stream tells of.
  const { dataUpdatedAt: changedAt } = useQuery(customerQuery(customerId));
  useEffect(() => {
    const timer = setTimeout(lookAgain, MOMENT_MS);
    return () => clearTimeout(timer);
  }, [changedAt]);
  return (
    <Section title={t("office.customer.timeline")} actions={<ChannelFilter kinds={kinds} />}>
      {timeline.isPending ? (
        <Skeleton height="14rem" />
      ) : timeline.isError ? (
        <ProblemNote error={timeline.error} onRetry={timeline.refetch} />
      ) : (
        <Days entries={timeline.data.pages.flatMap((page) => page.items)} />
      )}
      {timeline.hasNextPage ? <Earlier isOnItsWay={timeline.isFetchingNextPage} ask={() => void timeline.fetchNextPage()} /> : null}
    </Section>
  );
}

/** What is earlier comes by itself when the end of the list is near; the button is for keys, and for where it does not. */
function Earlier({ isOnItsWay, ask }: { readonly isOnItsWay: boolean; readonly ask: () => void }) {
  const { ref, entry } = useIntersection({ rootMargin: "400px" });
  const isNear = entry?.isIntersecting === true;
  const askNow = useEffectEvent(ask);
  useEffect(() => {
    if (isNear && !isOnItsWay) askNow();
  }, [isNear, isOnItsWay]);
  return (
    <Button ref={ref} variant="default" loading={isOnItsWay} onClick={ask}>
      {t("office.customer.earlier")}
    </Button>
  );
}

function ChannelFilter({ kinds }: { readonly kinds: readonly ChannelKind[] }) {
  const search = customerRoute.useSearch();
  const navigate = customerRoute.useNavigate();
  const choose = (channel: ChannelKind | undefined): void => void navigate({ search: { ...search, channel }, replace: true });
  return (
    <div className={styles.filter} role="group" aria-label={t("office.orders.channel")}>
      <button type="button" aria-pressed={search.channel === undefined} onClick={() => choose(undefined)}>
        {t("office.customer.all_channels")}
      </button>
      {kinds.map((kind) => (
        <button key={kind} type="button" aria-pressed={search.channel === kind} title={channelName(kind)} onClick={() => choose(kind)}>
          <ChannelIcon kind={kind} size={16} />
        </button>
      ))}
      <FilterChoice
        label={t("office.customer.what_happened")}
        value={search.kind}
        options={kindsOffered(search.kind).map((kind) => ({ value: kind, label: wordOf(`office.timeline.${kind}`, kind) }))}
        onChange={(kind) => void navigate({ search: { ...search, kind }, replace: true })}
      />
    </div>
  );
}

/** The usual kinds, and the one that was chosen at an entry. */
const kindsOffered = (chosen: string | undefined): string[] => [...new Set([...TIMELINE_KINDS, ...(chosen === undefined ? [] : [chosen])])];

function Days({ entries }: { readonly entries: readonly TimelineEntryView[] }) {
  if (entries.length === 0) return <EmptyState title={t("office.customer.nothing_happened")} />;
  const parts = inParts(entries);
  return (
    <div className={styles.timeline}>
      {parts.map((part, index) => (
        <Part
          // oxlint-disable-next-line react/no-array-index-key -- a part is its place in the list: what is newer moves entries through it
          key={index}
          entries={part}
          dayAbove={dayOf(parts[index - 1]?.at(-1))}
          guess={index > 1 && index < parts.length - 1 ? part.length * ENTRY_PX : null}
        />
      ))}
    </div>
  );
}

/** About how high an entry is. */
const ENTRY_PX = 64;

const dayOf = (entry: TimelineEntryView | undefined): string | undefined => entry && formatDate(entry.at, { style: "long" });

type PartProps = { readonly entries: readonly TimelineEntryView[]; readonly dayAbove: string | undefined; readonly guess: number | null };

/** Some days of it, or the room for them where they are far from the screen. A day that began above is not named again. */
function Part({ entries, dayAbove, guess }: PartProps) {
  const { ref, room } = useRoom<HTMLDivElement>(guess);
  if (room !== null) return <div ref={ref} style={{ height: room }} />;
  return (
    <div ref={ref} className={styles.part}>
      {[...Map.groupBy(entries, dayOf)].map(([day, own]) => (
        <section key={day} aria-label={day}>
          {day === dayAbove ? null : <h3>{day}</h3>}
          <ol>
            {own.map((entry) => (
              <TimelineItem key={entry.id} entry={entry} />
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}

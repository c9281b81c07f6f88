import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { FulfillmentView } from "@weft/contracts/client";
import { formatMoney, formatTime } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { EmptyState } from "@weft/ui/shop/empty-state.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { useTill } from "../device/till-context.ts";
import { wayOfScanned } from "../scan/open-scanned.ts";
import { parseScan } from "../scan/parse-scan.ts";
import { useScanner } from "../scan/use-scanner.ts";
import { t } from "../t.ts";
import desk from "../common/desk.module.css";
import { useNow } from "../common/use-now.ts";
import { byTime, channelOf, isOverdue, riskOf, timeOf, timeText } from "./desk.ts";
import { Goods } from "./goods.tsx";
import { HandOverSheet } from "./hand-over-sheet.tsx";
import { Parcels } from "./parcels.tsx";
import { TroubleSheet } from "./trouble-sheet.tsx";
import { nextStep, useStep, useWork, type WorkState } from "./work.ts";
import styles from "./collections.module.css";

type CollectionsSearch = { readonly code?: string | undefined; readonly open?: string | undefined };

/** Orders of all channels that this place prepares and hands over. A scanned code opens its order wherever one is in the list. */
export function CollectionsScreen({ search }: { readonly search: CollectionsSearch }) {
  const { register } = useTill();
  const navigate = useNavigate();
  const go = (next: CollectionsSearch): void => void navigate({ to: "/collections", search: next, replace: true });
  const [typed, setTyped] = useState("");
  useScanner((text) => {
    const scanned = parseScan(text);
    const way = wayOfScanned(scanned);
    if (way && way.to !== "/collections") void navigate(way);
    else go({ code: scanned.kind === "collection" ? scanned.code : scanned.kind === "member" ? scanned.token : text });
  });
  return (
    <section className={styles.screen} aria-labelledby="collections-title">
      <header className={desk.head}>
        <h1 id="collections-title">{t("till.collections.title")}</h1>
        <form
          className={desk.entry}
          onSubmit={(event) => {
            event.preventDefault();
            if (typed.trim() !== "") go({ code: typed.trim() });
            setTyped("");
          }}
        >
          <input
            aria-label={t("till.collections.code")}
            placeholder={t("till.collections.code")}
            autoComplete="off"
            inputMode="text"
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
          />
          <Button type="submit" kind="primary">
            {t("till.collections.find")}
          </Button>
        </form>
      </header>
      <div className={styles.columns}>
        <Column placeId={register.placeId} state="open" onOpen={(id) => go({ open: id })} />
        <Column placeId={register.placeId} state="ready" onOpen={(id) => go({ open: id })} />
        <Parcels placeId={register.placeId} />
      </div>
      {search.code !== undefined || search.open !== undefined ? (
        <HandOverSheet key={search.code ?? search.open} code={search.code} fulfillmentId={search.open} onClose={() => go({})} />
      ) : null}
    </section>
  );
}

function Column({
  placeId,
  state,
  onOpen,
}: {
  readonly placeId: string;
  readonly state: WorkState;
  readonly onOpen: (id: string) => void;
}) {
  const work = useWork(placeId, state);
  return (
    <section className={styles.column} aria-labelledby={`column-${state}`}>
      <h2 id={`column-${state}`}>
        {state === "ready" ? t("till.collections.ready_column") : t("till.collections.open")}{" "}
        {work.data ? (
          <span className={styles.count}>{work.data.nextCursor ? `${work.data.items.length}+` : work.data.items.length}</span>
        ) : null}
      </h2>
      {work.isPending ? <ScreenSkeleton /> : null}
      {work.isError ? <ProblemNote error={work.error} onRetry={work.refetch} /> : null}
      {work.data?.items.length === 0 ? <EmptyState title={t(`till.collections.none_${state}`)} /> : null}
      <ul className={styles.cards}>
        {byTime(work.data?.items ?? []).map((fulfillment) => (
          <WorkCard key={fulfillment.id} fulfillment={fulfillment} onOpen={() => onOpen(fulfillment.id)} />
        ))}
        {work.data?.nextCursor ? <li className={styles.facts}>{t("till.collections.first", { count: work.data.items.length })}</li> : null}
      </ul>
    </section>
  );
}

/** What is said where nothing is to be taken: an order may be on account, or its card is charged with the hand-over. */
function paidKey({ paymentState }: FulfillmentView) {
  if (paymentState === "on_account") return "till.collections.on_account";
  return paymentState === "authorized" ? "till.collections.authorized" : "till.collections.is_paid";
}

/** Of a slot also until when. */
function whenText({ slot }: FulfillmentView, time: string, timeZone: string): string {
  return slot ? t("till.collections.slot", { time, until: formatTime(slot.endsAt, { timeZone }) }) : time;
}

function WorkCard({ fulfillment, onOpen }: { readonly fulfillment: FulfillmentView; readonly onOpen: () => void }) {
  const { timeZone } = useTill();
  const now = useNow();
  const step = useStep();
  const [isTroubled, setIsTroubled] = useState(false);
  const next = nextStep(fulfillment);
  const risk = riskOf(fulfillment, now);
  const { id, orderNumber, customerName, due, lines, state, shelf, arrival } = fulfillment;
  const [at, channel] = [timeOf(fulfillment), channelOf(fulfillment)];
  return (
    <li className={styles.card} data-state={state} data-risk={risk}>
      <header>
        <strong>{orderNumber}</strong>
        <span>{customerName ?? t("till.collections.nameless")}</span>
        {at === null ? null : <time dateTime={at}>{whenText(fulfillment, timeText(at, timeZone, now), timeZone)}</time>}
      </header>
      <p className={styles.facts}>
        {channel === null ? null : <span>{t(`ui.channel.${channel}`)}</span>}
        {shelf === null ? null : <span>{t("till.collections.on_shelf", { shelf })}</span>}
        {arrival === null ? null : <b>{t(`till.collections.arrival_${arrival}`)}</b>}
        {risk === "fine" ? null : <b>{t(`till.collections.${risk}`)}</b>}
        {isOverdue(fulfillment, now) ? <b>{t("till.collections.not_fetched")}</b> : null}
      </p>
      <Goods lines={lines} />
      {fulfillment.note === undefined ? null : <p className={styles.note}>{fulfillment.note}</p>}
      <p className={due.amount > 0 ? styles.due : styles.facts}>
        {due.amount > 0 ? t("till.collections.due", { amount: formatMoney(due) }) : t(paidKey(fulfillment))}
      </p>
      {step.error ? <ProblemNote error={step.error} /> : null}
      <div className={styles.actions}>
        {next ? (
          <Button kind={next === "ready" ? "primary" : "secondary"} busy={step.isPending} onClick={() => step.mutate({ id, step: next })}>
            {t(`till.collections.${next}`)}
          </Button>
        ) : null}
        <Button kind={next ? "quiet" : "primary"} onClick={onOpen}>
          {t("till.collections.hand_over")}
        </Button>
        <Button kind="quiet" onClick={() => setIsTroubled(true)}>
          {t("till.collections.more")}
        </Button>
      </div>
      {isTroubled ? <TroubleSheet fulfillment={fulfillment} now={now} onClose={() => setIsTroubled(false)} /> : null}
    </li>
  );
}

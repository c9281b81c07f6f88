import { keepPreviousData, queryOptions, useQuery } from "@tanstack/react-query";
import type { LocalizedText, OrderActionsView, OrderChangePreviewView, OrderView, TenderInput } from "@weft/contracts/client";
import { useState } from "react";
import type { Api } from "../api/api.ts";
import { reasonText } from "../app/problem-text.ts";
import { formatDateTime, formatMoney, formatNumber } from "../i18n/format.ts";
import { Button } from "../shop/button.tsx";
import { ChoiceGroup } from "../shop/choice.tsx";
import { Dialog } from "../shop/dialog.tsx";
import { ProblemNote } from "../shop/problem-note.tsx";
import { withNextTime } from "./next-time.ts";
import { Stepper } from "../shop/stepper.tsx";
import { t } from "../t.ts";
import styles from "./change-order.module.css";
import { LINK_HOURS, LinkHours, StandingLink, useOfferChange, type LinkHour } from "./change-link.tsx";
import { isAsked, standing, wishOf, type Counts } from "./change-plan.ts";
import { ResumeChange } from "./resume-change.tsx";
import { useChange } from "./use-change.ts";

/** A way in which the difference can be paid here. */
export type PayWay = { readonly label: string; readonly tender: TenderInput };

export type ChangeOrderProps = {
  readonly api: Api;
  readonly order: OrderView;
  readonly textOf: (text: LocalizedText) => string;
  /** How more can be paid here; the first is chosen. */
  readonly ways: readonly PayWay[];
  /** What opens the order for who is not signed in. */
  readonly headers?: Record<string, string>;
  /** Why it was changed, where somebody else than its customer does. */
  readonly reason?: string;
  /** Whether its buyer may pay the difference by a link: where staff change it for them. */
  readonly offersLink?: boolean;
};

/** How the difference of an order can be paid here: what is on account may grow there. */
export const waysFor = (order: OrderView, ways: readonly PayWay[]): readonly PayWay[] =>
  order.onAccount.amount > 0 ? [{ label: t("ui.change.pay.account"), tender: { kind: "account" } }, ...ways] : ways;

/** What can be done with an order now, and why not: asked again with each version of it. */
export const orderActionsQuery = ({ api, order, headers }: Pick<ChangeOrderProps, "api" | "order" | "headers">) =>
  queryOptions({
    queryKey: ["order", order.id, "actions", order.version],
    queryFn: ({ signal }) => api.ask("orders.actions", { params: { id: order.id }, signal, ...(headers && { headers }) }),
    placeholderData: keepPreviousData,
  });

/** Whether nothing of an order can be changed any more; then it is said once, where it would be changed. */
export const isClosed = (actions: OrderActionsView): boolean =>
  !mayChange(actions, "remove_units")?.allowed && !mayChange(actions, "add_lines")?.allowed;

/** The rule of one action; undefined where the order has nothing of that kind. */
export const mayChange = (actions: OrderActionsView | undefined, action: OrderActionsView["actions"][number]["action"]) =>
  actions?.actions.find((each) => each.action === action);

/** Changes how much of an order there is, until its place has begun; afterwards it says since when that is over. */
export function ChangeOrder(props: ChangeOrderProps) {
  const { order } = props;
  const [isOpen, setIsOpen] = useState(false);
  const actions = useQuery(orderActionsQuery(props)).data;
  if (!actions || order.state !== "placed") return null;
  if (isClosed(actions)) return <Closed because={mayChange(actions, "remove_units")?.because ?? null} timeZone={order.timeZone} />;
  return (
    <>
      <ResumeChange api={props.api} orderId={order.id} headers={props.headers} />
      {props.offersLink ? <StandingLink api={props.api} order={order} /> : null}
      <Button kind="quiet" onClick={() => setIsOpen(true)}>
        {t("ui.change.open")}
      </Button>
      {isOpen ? <ChangeDialog {...props} actions={actions} onClose={() => setIsOpen(false)} /> : null}
    </>
  );
}

type Because = OrderActionsView["actions"][number]["because"];

function Closed({ because, timeZone }: { readonly because: Because; readonly timeZone: string }) {
  const since = because?.data["since"];
  if (because?.code !== "order.change_closed" || typeof since !== "string") return null;
  return <p className={styles.quiet}>{t("ui.change.closed", { since: formatDateTime(since, { timeZone }) })}</p>;
}

type DialogProps = ChangeOrderProps & { readonly actions: OrderActionsView; readonly onClose: () => void };

function ChangeDialog({ api, order, textOf, headers, reason, actions, onClose, offersLink = false, ...given }: DialogProps) {
  const ways = waysFor(order, given.ways);
  const [counts, setCounts] = useState<Counts>({});
  const [way, setWay] = useState(0);
  const [hours, setHours] = useState<LinkHour>(LINK_HOURS[1]);
  const wish = wishOf(order.lines, counts);
  const preview = useQuery({
    queryKey: ["order", order.id, "change", order.version, wish],
    queryFn: ({ signal }) => api.ask("orders.previewChange", { params: { id: order.id }, body: wish, signal, ...(headers && { headers }) }),
    enabled: isAsked(wish),
    retry: false,
  });
  const change = useChange({ api, order, headers, onChanged: onClose });
  const offer = useOfferChange({ api, order, onOffered: onClose });
  const isByLink = offersLink && way === ways.length;
  const confirm = ({ version, difference }: OrderChangePreviewView): void => {
    const why = reason === undefined ? {} : { reason };
    if (difference.amount > 0 && isByLink) return offer.mutate({ ...wish, ...why, expectedDifference: difference, hours });
    change.mutate({
      version,
      body: {
        ...wish,
        expectedDifference: difference,
        tenders: difference.amount > 0 && ways[way] ? [ways[way].tender] : [],
        ...why,
      },
    });
  };
  const seen = isAsked(wish) ? preview.data : undefined;
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("ui.change.title")}
      actions={
        <>
          <Button onClick={onClose}>{t("ui.change.keep")}</Button>
          <Button
            kind="primary"
            busy={change.isPending || offer.isPending}
            disabled={!seen || preview.isFetching}
            onClick={() => seen && confirm(seen)}
          >
            {t(isByLink && seen && seen.difference.amount > 0 ? "ui.change.link.make" : "ui.change.confirm")}
          </Button>
        </>
      }
    >
      <Lines order={order} actions={actions} textOf={textOf} counts={counts} onChange={setCounts} />
      {seen ? <Outcome preview={seen} timeZone={order.timeZone} /> : null}
      {seen && seen.difference.amount > 0 && ways.length + Number(offersLink) > 1 ? (
        <ChoiceGroup
          label={t("ui.change.pay")}
          value={String(way)}
          onChange={(chosen) => setWay(Number(chosen))}
          choices={[
            ...ways.map(({ label }, index) => ({ value: String(index), label })),
            ...(offersLink ? [{ value: String(ways.length), label: t("ui.change.pay.link") }] : []),
          ]}
        />
      ) : null}
      {seen && seen.difference.amount > 0 && isByLink ? <LinkHours hours={hours} onChoose={setHours} /> : null}
      {preview.error && isAsked(wish) ? (
        <ProblemNote error={withNextTime(preview.error, order.timeZone)} kept={t("ui.change.kept")} />
      ) : null}
      {(change.error ?? offer.error) ? (
        <ProblemNote error={withNextTime(change.error ?? offer.error, order.timeZone)} kept={t("ui.change.kept")} />
      ) : null}
    </Dialog>
  );
}

type LinesProps = Pick<DialogProps, "order" | "actions" | "textOf"> & {
  readonly counts: Counts;
  readonly onChange: (counts: Counts) => void;
};

function Lines({ order, actions, textOf, counts, onChange }: LinesProps) {
  const mayAdd = mayChange(actions, "add_lines")?.allowed ?? false;
  return (
    <ul className={styles.lines}>
      {order.lines
        .filter((line) => line.kind === "goods" && standing(line) > 0)
        .map((line) => {
          const now = standing(line);
          const rule = actions.lines.find(({ orderLineId }) => orderLineId === line.id);
          const least = now - (rule?.removable ?? 0);
          const count = counts[line.id] ?? now;
          return (
            <li key={line.id}>
              <span>
                {textOf(line.name)}
                {line.options.length > 0 ? <small>{line.options.map(({ name }) => textOf(name)).join(" · ")}</small> : null}
                {rule?.because ? <small>{reasonText({ kind: rule.because.code, data: rule.because.data })}</small> : null}
              </span>
              <Stepper
                what={textOf(line.name)}
                min={0}
                max={mayAdd ? 99 : now}
                value={count}
                onChange={(next) => onChange({ ...counts, [line.id]: Math.max(least, next) })}
              />
            </li>
          );
        })}
    </ul>
  );
}

type OutcomeProps = {
  readonly preview: OrderChangePreviewView;
  readonly timeZone: string;
  /** What its time is called. */
  readonly ready?: string;
};

/** What it does to price, points and time, before anything is done. */
export function Outcome({ preview, timeZone, ready = t("ui.change.ready") }: OutcomeProps) {
  const { difference, owed, points, promisedAt, refunds } = preview;
  return (
    <dl className={styles.outcome} aria-live="polite">
      <dt>{t(difference.amount < 0 ? "ui.change.less" : "ui.change.more")}</dt>
      <dd>{formatMoney({ ...difference, amount: Math.abs(difference.amount) })}</dd>
      {refunds.map(({ kind, amount }) => (
        <Refund key={kind} kind={kind} amount={amount} />
      ))}
      <dt>{t("ui.change.owed")}</dt>
      <dd>{formatMoney(owed)}</dd>
      {points === 0 ? null : (
        <>
          <dt>{t("ui.change.points")}</dt>
          <dd>{formatNumber(points, { signDisplay: "always" })}</dd>
        </>
      )}
      {promisedAt === null ? null : (
        <>
          <dt>{ready}</dt>
          <dd>{formatDateTime(promisedAt, { timeZone })}</dd>
        </>
      )}
    </dl>
  );
}

const REFUND_KEYS = {
  cash: "ui.change.back.cash",
  card: "ui.change.back.card",
  due_at_collection: "ui.change.back.due_at_collection",
  store_credit: "ui.change.back.store_credit",
  gift_card: "ui.change.back.gift_card",
  points: "ui.change.back.points",
  account: "ui.change.back.account",
} as const;

function Refund({ kind, amount }: OrderChangePreviewView["refunds"][number]) {
  const key = REFUND_KEYS[kind as keyof typeof REFUND_KEYS]; // kinds of tenders; of another one nothing is said
  return key ? (
    <>
      <dt className={styles.quiet}>{t(key)}</dt>
      <dd className={styles.quiet}>{formatMoney(amount)}</dd>
    </>
  ) : null;
}

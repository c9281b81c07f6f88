import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState, type FormEvent } from "react";
import type { ShiftView } from "@weft/contracts/client";
import { formatBusinessDate, formatList, formatMoney, formatTime } from "@weft/ui/i18n/format.ts";
import { Figure } from "@weft/ui/kit/app-frame.tsx";
import { Button } from "@weft/ui/shop/button.tsx";
import { Field } from "@weft/ui/shop/field.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { api } from "../api.ts";
import { noteClosingStarted } from "../book/note-events.ts";
import { amountOf } from "../common/amount.ts";
import { stateQuery } from "../device/session.ts";
import { useTill } from "../device/till-context.ts";
import { unwrapAnswer } from "../outbox/answer.ts";
import { act as keepAct, keptActs, useOutboxState } from "../outbox/register-outbox.ts";
import { closedHere } from "../local/shift.ts";
import { numbered } from "../receipt/receipt-paper.tsx";
import { PartsTaken } from "../pay/parts-taken.tsx";
import { usePaymentsHeld } from "../pay/payment.ts";
import { t } from "../t.ts";
import { sumOfCount, type CountedLine } from "../../../../hub/src/modules/till/domain/index.ts";
import type { MovedCash } from "../print/shift-rows.ts";
import { PrintCashSlip, PrintInterim, PrintReport } from "./print-shift.tsx";
import { CountTable, emptyCount, linesOf, type Count } from "./count-table.tsx";
import styles from "./shift.module.css";

/** The shift: cash in and out, and its end with a blind count; what the drawer should hold is told afterwards. */
export function ShiftScreen() {
  const { shift, register, drawer, timeZone, holdShift } = useTill();
  useEffect(() => () => holdShift(undefined), [holdShift]);
  const [closed, setClosed] = useState<ShiftView | undefined>(undefined);
  if (closed) return <ClosedShift shift={closed} />;
  return (
    <section className={styles.screen} aria-labelledby="shift-title">
      <header>
        <h1 id="shift-title">{t("till.shift.title")}</h1>
        <p>{t("till.shift.since", { register: register.name, name: shift.openedBy, time: formatTime(shift.openedAt, { timeZone }) })}</p>
        {drawer.others.length > 0 ? (
          <p>
            {t("till.drawer.shared", { drawer: drawer.name, others: formatList(drawer.others.map(({ registerName }) => registerName)) })}
          </p>
        ) : null}
      </header>
      <div className={styles.parts}>
        <div className={styles.column}>
          <CashMove />
          <PrintInterim />
        </div>
        <CloseShift onClosed={setClosed} />
      </div>
    </section>
  );
}

const ACTS = ["in", "out", "drawer"] as const;

function CashMove() {
  const { shift, currency } = useTill();
  const [act, setAct] = useState<(typeof ACTS)[number]>("out");
  const [typed, setTyped] = useState("");
  const [reason, setReason] = useState("");
  const amount = amountOf(typed, currency) ?? 0;
  const [done, setDone] = useState<MovedCash | undefined>(undefined);
  const move = useMutation({
    mutationFn: async () => {
      const answer =
        act === "drawer"
          ? await keepAct("drawer.open", { shiftId: shift.id, reason })
          : await keepAct("cash.move", { shiftId: shift.id, direction: act, amount, reason });
      return answer && unwrapAnswer(answer);
    },
    onSuccess: () => {
      showToast(act === "drawer" ? t("till.shift.drawer_done") : t("till.shift.moved", { amount: formatMoney({ amount, currency }) }));
      setDone(act === "drawer" ? undefined : { direction: act, amount: { amount, currency }, reason, at: new Date().toISOString() });
      setTyped("");
      setReason("");
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    move.mutate();
  };
  return (
    <form className={styles.part} onSubmit={submit} aria-labelledby="cash-move-title">
      <h2 id="cash-move-title">{t("till.shift.cash")}</h2>
      <div className={styles.acts} role="group" aria-label={t("till.shift.cash")}>
        {ACTS.map((known) => (
          <button key={known} type="button" aria-pressed={known === act} onClick={() => setAct(known)}>
            {t(`till.shift.${known}`)}
          </button>
        ))}
      </div>
      {act === "drawer" ? null : (
        <Field
          label={t("till.shift.amount")}
          inputMode="decimal"
          autoComplete="off"
          required
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
        />
      )}
      <Field
        label={t("till.shift.reason")}
        hint={t("till.shift.reason_hint")}
        required
        maxLength={200}
        autoComplete="off"
        value={reason}
        onChange={({ target }) => setReason(target.value)}
      />
      {move.error ? <ProblemNote error={move.error} /> : null}
      <Button type="submit" busy={move.isPending} disabled={(act !== "drawer" && amount === 0) || reason.trim() === ""}>
        {t("till.shift.do")}
      </Button>
      {done ? <PrintCashSlip move={done} /> : null}
    </form>
  );
}

/**
 * Who works on the drawer of this till now, by what the hub says when it is asked; nobody while it cannot be. Asked apart from the state of the till:
 * an answer that comes when the shift was just closed must not take its report off the screen.
 */
function useAtWork(): readonly string[] {
  const { register, drawer } = useTill();
  const isShared = drawer.others.length > 0;
  const { data } = useQuery({
    queryKey: ["drawer", register.id],
    queryFn: ({ signal }) => api.ask("till.state", { query: { registerId: register.id }, signal }),
    staleTime: 0,
    retry: false,
    enabled: isShared,
  });
  if (!isShared || !data) return [];
  return data.drawer.others.filter(({ openedAt }) => openedAt !== null).map(({ registerName }) => registerName);
}

function CloseShift({ onClosed }: { readonly onClosed: (shift: ShiftView) => void }) {
  const { shift, register, drawer, currency, staff, holdShift } = useTill();
  const [count, setCount] = useState<Count>(emptyCount);
  const { trouble } = useOutboxState();
  const others = useAtWork();
  // Money of what is not sold yet would be a difference.
  const held = usePaymentsHeld();
  const isOpen = trouble === "asking_provider" || held.length > 0;
  const close = useMutation({
    onMutate: () => holdShift(shift),
    mutationFn: async (lines: CountedLine[] | null) => {
      const answer = await keepAct("shift.close", { shiftId: shift.id, ...(lines && { count: { lines } }) });
      if (answer) return unwrapAnswer(answer).shift;
      const isShared = drawer.others.length > 0;
      return closedHere(shift, await keptActs(register.id), {
        counted: lines && sumOfCount(lines),
        at: new Date().toISOString(),
        isShared,
      });
    },
    onSuccess: (closed) => {
      if (closed) onClosed(closed);
    },
    onError: () => holdShift(undefined),
  });
  return (
    <section className={styles.part} aria-labelledby="close-title">
      <h2 id="close-title">{t("till.shift.close_title")}</h2>
      {others.length > 0 ? (
        <>
          <p>{t("till.drawer.goes_on", { others: formatList(others) })}</p>
          <Button wide busy={close.isPending} disabled={isOpen} onClick={() => close.mutate(null)}>
            {t("till.drawer.leave")}
          </Button>
        </>
      ) : null}
      <p>{t("till.shift.close_text")}</p>
      <CountTable
        currency={currency}
        count={count}
        onChange={(changed) => {
          noteClosingStarted(shift.id, staff.id);
          setCount(changed);
        }}
      />
      {trouble === "asking_provider" ? <p role="status">{t("till.shift.card_open")}</p> : null}
      {held.length > 0 ? <p role="status">{t("problem.till.money_taken")}</p> : null}
      {held.map((subject) => (
        <PartsTaken key={subject} subject={subject} currency={currency} chargedOnly />
      ))}
      {close.error ? <ProblemNote error={close.error} /> : null}
      <Button kind="primary" wide busy={close.isPending} disabled={isOpen} onClick={() => close.mutate(linesOf(count))}>
        {t("till.shift.close")}
      </Button>
    </section>
  );
}

/** Why no difference is told: others have the drawer, or the hub does not have everything yet. */
function notTold({ countedCash, drawer }: ShiftView): string {
  const open = drawer.registers.filter(({ closedAt }) => closedAt === null).map(({ registerName }) => registerName);
  if (countedCash === null) return t("till.drawer.left");
  return drawer.registers.length > 1 && open.length > 0
    ? t("till.drawer.told_later", { others: formatList(open) })
    : t("till.shift.told_later");
}

function ClosedShift({ shift }: { readonly shift: ShiftView }) {
  const { register, timeZone, holdShift } = useTill();
  const queries = useQueryClient();
  const finish = (): void => {
    holdShift(undefined);
    void queries.invalidateQueries({ queryKey: stateQuery(register.id).queryKey });
  };
  const clock = (at: string | null): string => (at === null ? "–" : formatTime(at, { timeZone }));
  const { expectedCash, countedCash, difference, sales, returns, rounding, empties, tips } = shift;
  const amount = difference?.amount ?? 0;
  return (
    <section className={styles.closed} aria-labelledby="closed-title">
      <h1 id="closed-title">{t("till.shift.closed_title", { date: formatBusinessDate(shift.businessDate, "day") })}</h1>
      <p>
        {t("till.shift.ran", {
          register: register.name,
          name: shift.openedBy,
          from: clock(shift.openedAt),
          until: clock(shift.closedAt),
        })}
      </p>
      <p
        className={styles.difference}
        data-kind={difference === null || amount === 0 ? "even" : amount < 0 ? "short" : "over"}
        role="status"
      >
        {difference === null
          ? notTold(shift)
          : amount === 0
            ? t("till.shift.even")
            : amount < 0
              ? t("till.shift.short", { amount: formatMoney({ amount: -amount, currency: shift.float.currency }) })
              : t("till.shift.over", { amount: formatMoney({ amount, currency: shift.float.currency }) })}
      </p>
      <div className={styles.figures}>
        <Figure label={t("till.shift.expected")} value={expectedCash ? formatMoney(expectedCash) : "–"} />
        <Figure label={t("till.shift.counted")} value={countedCash ? formatMoney(countedCash) : "–"} />
        <Figure label={t("till.shift.sales")} value={sales.count} />
        <Figure label={t("till.shift.total")} value={formatMoney(sales.total)} />
        <Figure label={t("till.shift.cash_sales")} value={formatMoney(sales.cash)} />
        <Figure label={t("till.shift.card_sales")} value={formatMoney(sales.card)} />
        <Figure label={t("till.shift.returns")} value={returns.count} />
        <Figure label={t("till.shift.cash_back")} value={formatMoney(returns.cash)} />
        {empties.count > 0 ? <Figure label={t("till.shift.empties")} value={formatMoney(empties.total)} /> : null}
        {rounding.amount === 0 ? null : <Figure label={t("till.shift.rounding")} value={formatMoney(rounding)} />}
        {tips.total.amount > 0 ? (
          <>
            <Figure label={t("till.shift.tips")} value={formatMoney(tips.total)} />
            <Figure label={t("till.shift.tips_cash")} value={formatMoney(tips.cash)} />
            {numbered(tips.byStaff).map(({ n, name, total }) => (
              <Figure key={n} label={t("till.shift.tips_of", { name: name ?? t("till.shift.nobody") })} value={formatMoney(total)} />
            ))}
          </>
        ) : null}
        <Figure label={t("till.shift.opened_customers")} value={shift.customersOpenedWithoutSale} />
      </div>
      <div className={styles.actions}>
        <PrintReport shift={shift} />
        <Button kind="primary" onClick={finish}>
          {t("till.shift.finish")}
        </Button>
      </div>
    </section>
  );
}

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { RegisterView, SessionView, TillDrawerView } from "@weft/contracts/client";
import { newId, type ShiftId } from "@weft/kernel";
import { Button } from "@weft/ui/shop/button.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { formatList, formatMoney } from "@weft/ui/i18n/format.ts";
import { leads, useSignHere } from "../book/use-signing.ts";
import { act } from "../outbox/register-outbox.ts";
import { checkStorage } from "../outbox/storage-check.ts";
import { unwrapAnswer } from "../outbox/answer.ts";
import { CountTable, emptyCount, linesOf, type Count } from "../shift/count-table.tsx";
import { sumOfCount } from "../../../../hub/src/modules/till/domain/index.ts";
import { t } from "../t.ts";
import { stateQuery } from "./session.ts";
import styles from "./device.module.css";

type OpenShiftProps = {
  readonly register: RegisterView;
  readonly staff: NonNullable<SessionView["staff"]>;
  readonly currency: string;
  readonly switchStaff: () => void;
  readonly drawer: TillDrawerView;
  /** What is said of the drawer is what the hub knows now. */
  readonly isNow: boolean;
  /** Nobody signs for this register yet. A demo does not ask: its registers are shared. */
  readonly offersSigning: boolean;
};

/**
 * The drawer is counted, then the shift begins. The float is proposed as it usually is: one tap when it is right. Where others work on the same
 * drawer it was counted already [TIL-60].
 */
export function OpenShiftScreen({ register, staff, currency, switchStaff, drawer, isNow, offersSigning }: OpenShiftProps) {
  const queries = useQueryClient();
  const [count, setCount] = useState<Count>(() => usualFloat(currency));
  const atWork = drawer.others.filter(({ openedAt }) => openedAt !== null).map(({ registerName }) => registerName);
  const [isCounting, setCounting] = useState(false);
  const joins = isNow && atWork.length > 0 && !isCounting;
  const isShared = drawer.others.length > 0;
  // Another till may have begun on the drawer since this one asked.
  useEffect(() => {
    if (isShared) void queries.invalidateQueries({ queryKey: stateQuery(register.id).queryKey });
  }, [isShared, queries, register.id]);
  const total = sumOfCount(linesOf(count));
  const storage = useQuery({ queryKey: ["own-storage"], queryFn: checkStorage, staleTime: 0 });
  const trouble = storage.data ?? null;
  const open = useMutation({
    mutationFn: async () => {
      const body = joins ? { float: { lines: [] }, joins } : { float: { lines: linesOf(count) } };
      const answer = await act("shift.open", { shiftId: newId<ShiftId>(), ...body });
      return answer && unwrapAnswer(answer);
    },
    // Also after a refusal: the shift may have been opened on another screen of this register.
    onSettled: () => queries.invalidateQueries({ queryKey: stateQuery(register.id).queryKey }),
  });
  return (
    <section className={styles.screen} aria-labelledby="open-title">
      <div className={styles.card} data-wide>
        <p className={styles.lead}>
          {register.name} · {staff.name}
        </p>
        <h1 id="open-title">{t("till.open.title")}</h1>
        {isShared ? (
          <p className={styles.lead}>
            {t("till.drawer.shared", { drawer: drawer.name, others: formatList(drawer.others.map(({ registerName }) => registerName)) })}
          </p>
        ) : null}
        <p>{joins ? t("till.drawer.is_open", { others: formatList(atWork) }) : t("till.open.text")}</p>
        {offersSigning && leads(staff) ? <OfferSigning staffId={staff.id} currency={currency} /> : null}
        {joins ? null : <CountTable currency={currency} count={count} onChange={setCount} />}
        {trouble ? <p role="alert">{t(`till.open.storage_${trouble}`)}</p> : null}
        {open.error ? <ProblemNote error={open.error} /> : null}
        <div className={styles.actions}>
          <Button kind="quiet" onClick={switchStaff}>
            {t("till.open.other_person")}
          </Button>
          {joins ? (
            <Button onClick={() => setCounting(true)}>{t("till.drawer.count_anyway")}</Button>
          ) : (
            <Button onClick={() => setCount(emptyCount())}>{t("till.open.clear")}</Button>
          )}
          <Button kind="primary" busy={open.isPending} disabled={storage.isPending || trouble !== null} onClick={() => open.mutate()}>
            {joins ? t("till.drawer.join") : t("till.open.open", { amount: formatMoney({ amount: total, currency }) })}
          </Button>
        </div>
      </div>
    </section>
  );
}

/** A register that is new here is offered to sign; it sells without, as it always did. */
function OfferSigning({ staffId, currency }: { readonly staffId: string; readonly currency: string }) {
  const sign = useSignHere(staffId, currency);
  return (
    <div className={styles.form}>
      <p>{t("till.sign.text")}</p>
      {sign.error ? <ProblemNote error={sign.error} /> : null}
      <Button wide busy={sign.isPending} onClick={() => sign.mutate(false)}>
        {t("till.sign.begin")}
      </Button>
    </div>
  );
}

/** 100 in change, as most drawers begin; counted again when it differs. */
function usualFloat(currency: string): Count {
  return currency === "EUR" ? { 1000: 3, 500: 6, 200: 10, 100: 10, 50: 14, 20: 10, 10: 10 } : emptyCount();
}

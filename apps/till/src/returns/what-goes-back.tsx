import type { ReactNode } from "react";
import type { ReturnOfferView } from "@weft/contracts/client";
import { formatMoney, formatNumber } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { t } from "../t.ts";
import styles from "./returns.module.css";

type WhatGoesBackProps = {
  readonly refund: ReturnOfferView["refund"];
  /** The choice of where it goes. */
  readonly target: ReactNode;
  /** Whether it is for what is chosen now, and not for what was chosen before. */
  readonly isFresh: boolean;
  /** Whether all is said that it needs; left out, it is. */
  readonly isReady?: boolean;
  readonly error: unknown;
  readonly isPending: boolean;
  readonly onTake: () => void;
  /** The other way: what is on the ticket goes out for it. */
  readonly children?: ReactNode;
};

/** The money by where it goes, the points, and the one button. */
export function WhatGoesBack({ refund, target, isFresh, isReady = true, error, isPending, onTake, children }: WhatGoesBackProps) {
  return (
    <section className={styles.back} aria-labelledby="back-title">
      <h2 id="back-title">{t("till.returns.goes_back")}</h2>
      {refund === null ? (
        <p className={styles.quiet}>{t("till.returns.choose")}</p>
      ) : (
        <>
          <output className={styles.total} aria-live="polite">
            {formatMoney(refund.total)}
          </output>
          <dl className={styles.parts}>
            {refund.parts.map(({ kind, amount }) => (
              <div key={kind}>
                <dt>{t(`ui.return.to.${kind}`)}</dt>
                <dd>{formatMoney(amount)}</dd>
              </div>
            ))}
            {refund.delivery.amount > 0 ? (
              <div className={styles.quiet}>
                <dt>{t("till.returns.delivery")}</dt>
                <dd>{formatMoney(refund.delivery)}</dd>
              </div>
            ) : null}
            <div className={styles.quiet}>
              <dt>{t("till.returns.tax")}</dt>
              <dd>{formatMoney(refund.tax)}</dd>
            </div>
          </dl>
          <Points taken={refund.pointsTaken} given={refund.pointsGiven} />
        </>
      )}
      {target}
      {error ? <ProblemNote error={error} /> : null}
      <Button
        kind="primary"
        wide
        data-tour="take-back"
        className={styles.take}
        disabled={refund === null || !isFresh || !isReady}
        busy={isPending}
        onClick={onTake}
      >
        {refund === null ? t("till.returns.take_nothing") : t("till.returns.take", { amount: formatMoney(refund.total) })}
      </Button>
      {children}
    </section>
  );
}

/** What happens to the points of the order: the cashier says it before the customer asks. */
export function Points({ taken, given }: { readonly taken: number; readonly given: number }) {
  if (taken === 0 && given === 0) return null;
  return (
    <p>
      {taken > 0 ? t("ui.return.points_taken", { points: formatNumber(taken), count: taken }) : null}
      {taken > 0 && given > 0 ? <br /> : null}
      {given > 0 ? t("ui.return.points_given", { points: formatNumber(given), count: given }) : null}
    </p>
  );
}

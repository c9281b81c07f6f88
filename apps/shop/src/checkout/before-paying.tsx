import type { CartView, RequirementView } from "@weft/contracts/client";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import type { ReactNode } from "react";
import { requirementText } from "../cart/requirement-text.ts";
import { t } from "../t.ts";
import styles from "./checkout.module.css";

type Props = {
  readonly cart: CartView;
  /** What is missing before it can be ordered. */
  readonly missing: readonly RequirementView[];
  readonly error: unknown;
  /** What was kept although it failed. */
  readonly kept: string;
  readonly isWaiting: boolean;
  /** The button that orders and pays, or the way to the bank. */
  readonly children: ReactNode;
};

/** What stands in the way of paying, what went wrong and what is waited for; below it how one goes on. */
export function BeforePaying({ cart, missing, error, kept, isWaiting, children }: Props) {
  return (
    <>
      {missing.length > 0 ? (
        <ul className={styles.warn} role="status">
          {missing.map((requirement) => (
            <li key={`${requirement.code} ${requirement.lineId}`}>{requirementText(requirement, cart)}</li>
          ))}
        </ul>
      ) : null}
      {error ? <ProblemNote error={error} kept={kept} /> : null}
      <p role="status">{isWaiting ? t("shop.checkout.waiting") : null}</p>
      {children}
    </>
  );
}

import { useState } from "react";
import IconCreditCard from "@tabler/icons-react/dist/esm/icons/IconCreditCard.mjs";
import { formatMoney } from "@weft/ui/i18n/format.ts";
import { once } from "../common/once.ts";
import { useTill } from "../device/till-context.ts";
import { t } from "../t.ts";
import { useCardWay } from "./card-way.ts";
import { SANDBOX_TOKENS, type SandboxToken } from "./sandbox.ts";
import styles from "./pay.module.css";

type CardButtonProps = {
  /** What the card is to pay, tip included; null while there is nothing. */
  readonly amount: { readonly amount: number; readonly currency: string } | null;
  readonly isAway: boolean;
  /** The terminal beside the till; null where the hub takes cards. */
  readonly terminal: { readonly name: string } | null;
  readonly onTerminal: () => void;
  /** By what the hub is told. */
  readonly onToken: (token: string) => void;
};

/** A card: at the terminal beside the till, on the reader of the hub, or one of the sandbox, which does as it is told. */
export function CardButton({ amount, isAway, terminal, onTerminal, onToken }: CardButtonProps) {
  const { isDemo } = useTill();
  const [chosen, setChosen] = useState<SandboxToken>("sandbox_approve");
  const way = useCardWay();
  const token = way.isTest ? chosen : way.token;
  const card = (): void => {
    if (terminal) onTerminal();
    else if (token !== null) onToken(token);
  };
  return (
    <>
      {isAway ? <p className={styles.cut}>{t(terminal ? "till.pay.away_terminal" : "till.pay.away")}</p> : null}
      <button
        type="button"
        className={styles.card}
        disabled={!amount || (token === null && !terminal) || (isAway && !terminal)}
        onClick={once(card)}
      >
        <IconCreditCard size={40} aria-hidden />
        <span>{t("till.pay.card_pay", { amount: amount ? formatMoney(amount) : "" })}</span>
      </button>
      {terminal ? <p className={styles.sandbox}>{t("till.pay.on_reader", { reader: terminal.name })}</p> : null}
      {way.reader === null || terminal ? null : <p className={styles.sandbox}>{t("till.pay.on_reader", { reader: way.reader })}</p>}
      {token === null && !terminal ? <p className={styles.sandbox}>{t("till.pay.no_reader")}</p> : null}
      {isDemo && way.isTest && !terminal && !isAway ? (
        <label className={styles.sandbox}>
          {t("till.pay.sandbox")}
          <select
            value={chosen}
            onChange={({ target }) => setChosen(SANDBOX_TOKENS.find((known) => known === target.value) ?? "sandbox_approve")}
          >
            {SANDBOX_TOKENS.map((known) => (
              <option key={known} value={known}>
                {t(`till.pay.${known}`)}
              </option>
            ))}
          </select>
        </label>
      ) : null}
    </>
  );
}

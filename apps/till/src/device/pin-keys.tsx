import IconBackspace from "@tabler/icons-react/dist/esm/icons/IconBackspace.mjs";
import { t } from "../t.ts";
import styles from "./device.module.css";

const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"] as const;
export const SHORTEST_PIN = 4;
export const LONGEST_PIN = 8;

type PinKeysProps = {
  readonly pin: string;
  readonly onPin: (change: (typed: string) => string) => void;
  readonly enter: string;
  /** Absent where the key of entering submits the form that it stands in. */
  readonly onEnter?: () => void;
};

/** A PIN with one digit more, if there is room for it. */
export const withDigit =
  (digit: string) =>
  (typed: string): string =>
    typed.length < LONGEST_PIN ? typed + digit : typed;

export const withoutLast = (typed: string): string => typed.slice(0, -1);

/** The keys that a PIN is typed by on glass. */
export function PinKeys({ pin, onPin, enter, onEnter }: PinKeysProps) {
  return (
    <div className={styles.pad}>
      {DIGITS.map((digit) => (
        <button key={digit} type="button" onClick={() => onPin(withDigit(digit))}>
          {digit}
        </button>
      ))}
      <button type="button" aria-label={t("till.pin.delete")} onClick={() => onPin(withoutLast)}>
        <IconBackspace aria-hidden />
      </button>
      <button type="button" onClick={() => onPin(withDigit("0"))}>
        0
      </button>
      <button type={onEnter ? "button" : "submit"} className={styles.enter} disabled={pin.length < SHORTEST_PIN} onClick={onEnter}>
        {enter}
      </button>
    </div>
  );
}

import { useMutation } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import IconBackspace from "@tabler/icons-react/dist/esm/icons/IconBackspace.mjs";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { api } from "../api.ts";
import { t } from "../t.ts";
import pad from "../device/device.module.css";
import styles from "./kiosk.module.css";

const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"] as const;
const SHORTEST = 4;
const LONGEST = 8;

/** Asks for the PIN of a manager, by touch or by keyboard. Nobody is signed in by it. */
export function PinPad({ onLetIn }: { readonly onLetIn: () => void }) {
  const [pin, setPin] = useState("");
  const unlock = useMutation({
    networkMode: "always",
    mutationFn: () => api.ask("kiosks.unlock", { body: { pin } }),
    onSuccess: onLetIn,
    onError: () => setPin(""),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (pin.length >= SHORTEST) unlock.mutate();
  };
  const press = (digit: string): void => setPin((typed) => (typed.length < LONGEST ? typed + digit : typed));
  return (
    <form className={styles.pin} onSubmit={submit}>
      <label>
        {t("till.kiosk.pin")}
        <input
          type="password"
          inputMode="none"
          autoComplete="off"
          data-autofocus
          maxLength={LONGEST}
          value={pin}
          onChange={({ target }) => setPin(target.value.replaceAll(/\D/g, ""))}
        />
      </label>
      <p className={pad.problem} role="alert">
        {unlock.error ? problemText(unlock.error) : ""}
      </p>
      <div className={pad.pad}>
        {DIGITS.map((digit) => (
          <button key={digit} type="button" onClick={() => press(digit)}>
            {digit}
          </button>
        ))}
        <button type="button" aria-label={t("till.pin.delete")} onClick={() => setPin((typed) => typed.slice(0, -1))}>
          <IconBackspace aria-hidden />
        </button>
        <button type="button" onClick={() => press("0")}>
          0
        </button>
        <button type="submit" className={pad.enter} disabled={pin.length < SHORTEST}>
          {t("till.kiosk.pin_enter")}
        </button>
      </div>
    </form>
  );
}

import { useMutation } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { api } from "../api.ts";
import { t } from "../t.ts";
import pad from "../device/device.module.css";
import { LONGEST_PIN, PinKeys, SHORTEST_PIN } from "../device/pin-keys.tsx";
import styles from "./kiosk.module.css";

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
    if (pin.length >= SHORTEST_PIN) unlock.mutate();
  };
  return (
    <form className={styles.pin} onSubmit={submit}>
      <label>
        {t("till.kiosk.pin")}
        <input
          type="password"
          inputMode="none"
          autoComplete="off"
          data-autofocus
          maxLength={LONGEST_PIN}
          value={pin}
          onChange={({ target }) => setPin(target.value.replaceAll(/\D/g, ""))}
        />
      </label>
      <p className={pad.problem} role="alert">
        {unlock.error ? problemText(unlock.error) : ""}
      </p>
      <PinKeys pin={pin} onPin={setPin} enter={t("till.kiosk.pin_enter")} />
    </form>
  );
}

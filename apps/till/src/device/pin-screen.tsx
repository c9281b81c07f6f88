import { useMutation } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useState } from "react";
import type { RegisterView } from "@weft/contracts/client";
import { LanguagePicker } from "@weft/ui/app/language-picker.tsx";
import { SchemePicker } from "@weft/ui/app/scheme-picker.tsx";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { api } from "../api.ts";
import { t } from "../t.ts";
import { PinKeys, SHORTEST_PIN, withDigit, withoutLast } from "./pin-keys.tsx";
import { useSetSession } from "./session.ts";
import { useBadges } from "../scan/badge.ts";
import { useScanner } from "../scan/use-scanner.ts";
import { signInByBadge, signInByPin } from "./sign-in.ts";
import styles from "./device.module.css";

type PinScreenProps = {
  readonly register: RegisterView;
  readonly isDemo: boolean;
  readonly onDone: () => void;
  /** Back to who was here; absent when nobody is signed in. */
  readonly onBack?: () => void;
};

/** Who stands at the till: a PIN, by touch or by keyboard, or a badge that is scanned. */
export function PinScreen({ register, isDemo, onDone, onBack }: PinScreenProps) {
  const [pin, setPin] = useState("");
  const setSession = useSetSession();
  const arrive = (session: Parameters<typeof setSession>[0]): void => {
    setSession(session);
    onDone();
  };
  const signIn = useMutation({
    mutationFn: signInByPin,
    onSuccess: arrive,
    onError: () => setPin(""),
  });
  const badge = useMutation({ mutationFn: signInByBadge, onSuccess: arrive });
  // A scanner types: what it pressed is no PIN, except digits that somebody types as fast as one.
  const forgetTyped = (): void => setPin("");
  useScanner((text) => {
    forgetTyped();
    if (/^\d{4,8}$/.test(text)) signIn.mutate(text);
  });
  useBadges((scanned) => {
    forgetTyped();
    badge.mutate(scanned);
  });
  const demo = useMutation({ mutationFn: () => api.ask("access.demoSignIn", { body: { persona: "jordi" } }), onSuccess: arrive });
  const problem = signIn.error ?? badge.error ?? demo.error;
  const enter = (): void => {
    if (pin.length >= SHORTEST_PIN && !signIn.isPending) signIn.mutate(pin);
  };
  useKeys({ press: (digit) => setPin(withDigit(digit)), enter, back: () => setPin(withoutLast) });
  return (
    <section className={styles.screen} aria-labelledby="pin-title">
      <div className={styles.card}>
        <p className={styles.lead}>{register.name}</p>
        <h1 id="pin-title">{t("till.pin.title")}</h1>
        <output className={styles.dots} aria-label={t("till.pin.typed", { count: pin.length })} data-wrong={signIn.isError || undefined}>
          {Array.from({ length: Math.max(SHORTEST_PIN, pin.length) }, (_, n) => (
            <span key={n} data-filled={n < pin.length || undefined} />
          ))}
        </output>
        <p className={styles.lead}>{t("till.pin.badge")}</p>
        <p className={styles.problem} role="alert">
          {problem ? problemText(problem) : ""}
        </p>
        <PinKeys pin={pin} onPin={setPin} enter={t("till.pin.enter")} onEnter={enter} />
        {isDemo ? (
          <Button wide busy={demo.isPending} onClick={() => demo.mutate()}>
            {t("till.pin.demo")}
          </Button>
        ) : null}
        {onBack ? (
          <Button kind="quiet" wide onClick={onBack}>
            {t("till.back")}
          </Button>
        ) : null}
        <div className={styles.settings}>
          <LanguagePicker />
          <SchemePicker />
        </div>
      </div>
    </section>
  );
}

function useKeys({
  press,
  enter,
  back,
}: {
  readonly press: (digit: string) => void;
  readonly enter: () => void;
  readonly back: () => void;
}): void {
  const handle = useEffectEvent((event: KeyboardEvent) => {
    if (event.target instanceof HTMLSelectElement) return;
    if (/^\d$/.test(event.key)) press(event.key);
    else if (event.key === "Backspace") back();
    // A focused button already answers to Enter by itself.
    else if (event.key === "Enter" && !(event.target instanceof HTMLButtonElement)) enter();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => handle(event);
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
}

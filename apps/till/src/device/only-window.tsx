import { useEffect, useState } from "react";
import { ownName } from "@weft/ui/browser/device.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { t } from "../t.ts";
import styles from "./device.module.css";

type Where = "here" | "elsewhere" | "asking";

/**
 * Whether this window is the till: of several on one register exactly one is, as long as it is open. Another one takes over when it is
 * closed, or when somebody says so there: then this one stops.
 */
export function useOnlyWindow(registerId: string): { readonly where: Where; readonly takeOver: () => void } {
  const [where, setWhere] = useState<Where>("locks" in navigator ? "asking" : "here");
  const [isTaking, setTaking] = useState(0);
  useEffect(() => {
    // Only over a safe connection are there locks; elsewhere a store is trusted to open its till once.
    if (!("locks" in navigator)) return undefined;
    const name = ownName(`weft-till ${registerId}`);
    const closing = new AbortController();
    const held = async (lock: Lock | null): Promise<void> => {
      if (!lock || closing.signal.aborted) return;
      setWhere("here");
      await new Promise<void>((resolve) => closing.signal.addEventListener("abort", () => resolve()));
    };
    const stand = async (): Promise<void> => {
      let how: LockOptions = isTaking > 0 ? { steal: true } : { ifAvailable: true };
      while (!closing.signal.aborted) {
        // It rejects where another window takes over, or where this one is left.
        await navigator.locks.request(name, how, held).catch(() => undefined);
        if (closing.signal.aborted) return;
        setWhere("elsewhere");
        how = { signal: closing.signal };
      }
    };
    void stand();
    return () => closing.abort();
  }, [registerId, isTaking]);
  return { where, takeOver: () => setTaking((times) => times + 1) };
}

/** The till is open in another window of this browser: two would write one journal. */
export function OtherWindow({ onTakeOver }: { readonly onTakeOver: () => void }) {
  return (
    <section className={styles.screen} aria-labelledby="window-title">
      <div className={styles.card}>
        <h1 id="window-title">{t("till.window.title")}</h1>
        <p className={styles.lead}>{t("till.window.text")}</p>
        <Button kind="primary" wide onClick={onTakeOver}>
          {t("till.window.here")}
        </Button>
      </div>
    </section>
  );
}

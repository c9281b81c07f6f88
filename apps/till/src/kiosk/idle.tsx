import { useEffect, useState } from "react";
import { Button } from "@weft/ui/shop/button.tsx";
import { Dialog } from "@weft/ui/shop/dialog.tsx";
import { t } from "../t.ts";
import { startOver, type Step } from "./order.ts";
import { afterIdle } from "./after-idle.ts";

const LOOK_MS = 500;
const SIGNS = ["pointerdown", "keydown", "wheel", "touchmove"] as const;

/** Who has gone is asked whether they are still there; then the order begins anew, and nothing of theirs is left [KSK-6]. */
export function IdleWatch({ step }: { readonly step: Step }) {
  const [touchedAt, setTouchedAt] = useState(() => Date.now());
  const [now, setNow] = useState(touchedAt);
  useEffect(() => {
    const touch = (): void => setTouchedAt(Date.now());
    touch();
    for (const sign of SIGNS) window.addEventListener(sign, touch, { capture: true, passive: true });
    const timer = setInterval(() => setNow(Date.now()), LOOK_MS);
    return () => {
      for (const sign of SIGNS) window.removeEventListener(sign, touch, { capture: true });
      clearInterval(timer);
    };
  }, [step]);
  const idle = afterIdle(step, now - touchedAt);
  const isOver = idle.kind === "over";
  useEffect(() => {
    if (isOver) startOver();
  }, [isOver]);
  const stay = (): void => setTouchedAt(Date.now());
  return (
    <Dialog
      open={idle.kind === "asking"}
      onClose={stay}
      title={t("till.kiosk.idle")}
      actions={
        <>
          <Button onClick={startOver}>{t("till.kiosk.start_over")}</Button>
          <Button kind="primary" data-autofocus onClick={stay}>
            {t("till.kiosk.idle_stay")}
          </Button>
        </>
      }
    >
      <p role="timer">{t("till.kiosk.idle_text", { seconds: idle.kind === "asking" ? idle.seconds : 0 })}</p>
    </Dialog>
  );
}

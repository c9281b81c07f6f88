import { useEffect, useRef, type ReactNode } from "react";
import IconWheelchair from "@tabler/icons-react/dist/esm/icons/IconWheelchair.mjs";
import type { KioskView } from "@weft/contracts/client";
import { BRAND } from "@weft/ui/theme/brand.ts";
import { t } from "../t.ts";
import { IdleWatch } from "./idle.tsx";
import { changeOrder, startOver, useOrder } from "./order.ts";
import { StaffDoor } from "./staff.tsx";
import styles from "./kiosk.module.css";

type FrameProps = {
  readonly kiosk: KioskView;
  /** The hub went away while somebody orders: what they chose stays for a while, and there is the counter. */
  readonly isCut: boolean;
  readonly children: ReactNode;
};

/** What stays around every step: whose place it is, the way to the beginning, and the switch that brings everything within reach. */
export function Frame({ kiosk, isCut, children }: FrameProps) {
  const { step, isLow } = useOrder();
  const main = useRef<HTMLElement>(null);
  const before = useRef(step);
  useEffect(() => {
    // What was pressed is gone with its step: whoever hears the screen, or uses keys, begins at the top of the next one.
    if (before.current !== step) main.current?.focus({ preventScroll: true });
    before.current = step;
  }, [step]);
  return (
    <div className={styles.kiosk} data-kiosk data-low={isLow || undefined} onContextMenu={(event) => event.preventDefault()}>
      <header className={styles.head}>
        <strong>{BRAND.name}</strong>
        <span>{kiosk.placeName}</span>
        {isCut ? (
          <p className={styles.cut} role="alert">
            {t("till.kiosk.cut")}
          </p>
        ) : null}
      </header>
      <main className={styles.main} ref={main} tabIndex={-1}>
        {children}
      </main>
      <footer className={styles.foot}>
        <button type="button" className={styles.low} aria-pressed={isLow} onClick={() => changeOrder({ isLow: !isLow })}>
          <IconWheelchair size={28} aria-hidden /> {t("till.kiosk.low")}
        </button>
        {step === "start" ? (
          <StaffDoor kiosk={kiosk} />
        ) : step === "card" || step === "done" ? null : (
          <button type="button" className={styles.leave} onClick={startOver}>
            {t("till.kiosk.start_over")}
          </button>
        )}
      </footer>
      <IdleWatch step={step} />
    </div>
  );
}

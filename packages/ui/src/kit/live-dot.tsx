import { useLiveState } from "../api/context.tsx";
import { LiveText } from "../app/live-text.tsx";
import styles from "./live-dot.module.css";

/** Live, reconnecting, or offline and since when, on the clock of a place where there is one: by color, shape and word. */
export function LiveDot({ timeZone }: { readonly timeZone?: string }) {
  const state = useLiveState();
  return (
    <span className={styles.live} data-state={state.kind} role="status">
      <span className={styles.dot} aria-hidden />
      <span>
        <LiveText state={state} timeZone={timeZone} />
      </span>
    </span>
  );
}

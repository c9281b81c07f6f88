import { useLiveState } from "../api/context.tsx";
import { LiveText } from "../app/live-text.tsx";
import styles from "./live-dot.module.css";

/** Live, reconnecting, or offline and since when: by color, shape and word. */
export function LiveDot() {
  const state = useLiveState();
  return (
    <span className={styles.live} data-state={state.kind} role="status">
      <span className={styles.dot} aria-hidden />
      <LiveText state={state} />
    </span>
  );
}

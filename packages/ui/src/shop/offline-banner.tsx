import { useLiveState } from "../api/context.tsx";
import { LiveText } from "../app/live-text.tsx";
import styles from "./offline-banner.module.css";

/** Says that the shop is offline and since when; takes no space while all is well. */
export function OfflineBanner() {
  const state = useLiveState();
  return (
    <div role="status">
      {state.kind === "offline" ? (
        <p className={styles.banner}>
          <LiveText state={state} />
        </p>
      ) : null}
    </div>
  );
}

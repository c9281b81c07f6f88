import { useLiveState } from "@weft/ui/api/context.tsx";
import { TimeAgo } from "@weft/ui/kit/time-ago.tsx";
import { t } from "../t.ts";
import styles from "./frame.module.css";

/** How old what is shown is, said only while the screen does not follow the hub. Its line is always there, so that nothing jumps. */
export function Age({ at }: { readonly at: string }) {
  const { kind } = useLiveState();
  return (
    <p className={styles.age} role="status">
      {kind === "live" ? null : (
        <>
          {t("board.age")} <TimeAgo at={at} />
        </>
      )}
    </p>
  );
}

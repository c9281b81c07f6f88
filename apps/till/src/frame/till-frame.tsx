import { Outlet } from "@tanstack/react-router";
import { UpdateNote } from "@weft/ui/app/update-note.tsx";
import { LiveDot } from "@weft/ui/kit/live-dot.tsx";
import { t } from "../t.ts";
import styles from "./till-frame.module.css";

/** What stays while screens change: the screen's place, and the strip with the state of this till. */
export function TillFrame() {
  return (
    <div className={styles.frame}>
      <a className="skip" href="#main">
        {t("till.skip")}
      </a>
      <main id="main" tabIndex={-1} className={styles.main}>
        <Outlet />
      </main>
      <footer className={styles.strip} aria-label={t("till.strip.label")}>
        <LiveDot />
      </footer>
      <UpdateNote />
    </div>
  );
}

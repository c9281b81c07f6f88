import { NavLink } from "@mantine/core";
import IconHome from "@tabler/icons-react/dist/esm/icons/IconHome.mjs";
import { Link, Outlet } from "@tanstack/react-router";
import { LiveDot } from "@weft/ui/kit/live-dot.tsx";
import { t } from "../t.ts";
import styles from "./office-frame.module.css";

/** What stays while screens change: the places of the office on the left, the state of the connection, and the screen's place. */
export function OfficeFrame() {
  return (
    <div className={styles.frame}>
      <a className="skip" href="#main">
        {t("office.skip")}
      </a>
      <nav className={styles.nav} aria-label={t("office.nav.label")}>
        <NavLink component={Link} to="/" label={t("office.nav.home")} leftSection={<IconHome size={18} stroke={1.75} aria-hidden />} />
        <div className={styles.state}>
          <LiveDot />
        </div>
      </nav>
      <main id="main" tabIndex={-1} className={styles.main}>
        <Outlet />
      </main>
    </div>
  );
}

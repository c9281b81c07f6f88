import { Outlet } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { UpdateNote } from "@weft/ui/app/update-note.tsx";
import { Toasts } from "@weft/ui/shop/toast.tsx";
import { Gate } from "../device/gate.tsx";
import { useOutboxState } from "../outbox/register-outbox.ts";
import { t } from "../t.ts";
import { OpenFrame } from "./open-frame.tsx";
import styles from "./till-frame.module.css";

/** What stays while screens change. Before a shift is open there is only what is missing for it. */
export function TillFrame() {
  const { waiting } = useOutboxState();
  return (
    <>
      <a className="skip" href="#main">
        {t("till.skip")}
      </a>
      <Gate bare={bare}>
        <OpenFrame>
          <Outlet />
        </OpenFrame>
      </Gate>
      <Toasts />
      {/* A new version waits for an empty outbox: what is kept here is sent by the version that wrote it. */}
      <UpdateNote held={waiting > 0} />
    </>
  );
}

/** What a screen stands in while the till is not open. */
function bare(screen: ReactNode): ReactNode {
  return (
    <main id="main" tabIndex={-1} className={styles.bare}>
      {screen}
    </main>
  );
}

import { t } from "../t.ts";
import { useAppUpdate } from "./app-update.ts";
import styles from "./update-note.module.css";

/** Offers a new version of an installed app, unless `held` says that something is unfinished. */
export function UpdateNote({ held = false }: { readonly held?: boolean }) {
  const update = useAppUpdate();
  if (!update.waiting || held) return null;
  return (
    <aside className={styles.note} role="status">
      <span>{t("ui.update.ready")}</span>
      <button type="button" onClick={update.use}>
        {t("ui.update.now")}
      </button>
    </aside>
  );
}

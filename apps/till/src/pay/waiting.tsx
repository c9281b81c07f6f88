import { useOutboxState } from "../outbox/register-outbox.ts";
import { t } from "../t.ts";
import styles from "./pay.module.css";

/** What is paid is kept here already; what the hub or the terminal says is awaited. */
export function Waiting() {
  const { trouble } = useOutboxState();
  return (
    <div className={styles.waiting} role="status">
      <span className={styles.spinner} aria-hidden />
      <p>
        {trouble === "offline" || trouble === "stuck"
          ? t("till.pay.waiting_hub")
          : trouble === "asking_provider"
            ? t("till.pay.waiting_terminal")
            : t("till.pay.waiting")}
      </p>
    </div>
  );
}

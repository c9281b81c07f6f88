import type { RegisterView, SessionView } from "@weft/contracts/client";
import { Button } from "@weft/ui/shop/button.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import styles from "../device/device.module.css";
import { useOutboxState } from "../outbox/register-outbox.ts";
import { t } from "../t.ts";
import { useSignHere } from "./use-signing.ts";

type SignedElsewhereProps = {
  readonly register: RegisterView;
  readonly staff: NonNullable<SessionView["staff"]>;
  readonly currency: string;
  readonly switchStaff: () => void;
};

/** Another till signs for this register: one at a time, so nothing is sold here until a manager takes the journal over. */
export function SignedElsewhere({ register, staff, currency, switchStaff }: SignedElsewhereProps) {
  const { waiting } = useOutboxState();
  const sign = useSignHere(staff.id, currency);
  return (
    <section className={styles.screen} aria-labelledby="signed-title">
      <div className={styles.card}>
        <p className={styles.lead}>
          {register.name} · {staff.name}
        </p>
        <h1 id="signed-title">{t("till.sign.elsewhere_title")}</h1>
        <p>{t("till.sign.elsewhere_text")}</p>
        {waiting > 0 ? <p role="status">{t("till.strip.waiting", { count: waiting })}</p> : null}
        {sign.error ? <ProblemNote error={sign.error} /> : null}
        <Button kind="primary" wide busy={sign.isPending} disabled={waiting > 0} onClick={() => sign.mutate(true)}>
          {t("till.sign.take_over")}
        </Button>
        <Button kind="quiet" wide onClick={switchStaff}>
          {t("till.open.other_person")}
        </Button>
      </div>
    </section>
  );
}

import { Button } from "@mantine/core";
import type { StaffMemberView } from "@weft/contracts/client";
import { QrCode } from "@weft/ui/kit/qr-code.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { createPortal } from "react-dom";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { Part } from "../common/beside.tsx";
import form from "../common/form.module.css";
import { t } from "../t.ts";
import styles from "./badge.module.css";

/** The badge by which somebody signs in at their tills: made, printed this once, taken away. */
export function Badge({ member: { id, name, hasBadge } }: { readonly member: StaffMemberView }) {
  const [code, setCode] = useState("");
  const make = useAct(() => api.ask("access.makeBadge", { params: { id } }), [["staff"]]);
  const take = useAct(() => api.ask("access.takeBadge", { params: { id } }), [["staff"]]);
  return (
    <Part title={t("office.staff.badge")}>
      <p className={form.quiet}>{t(hasBadge ? "office.staff.badge_has" : "office.staff.badge_text")}</p>
      {code === "" ? null : <NewBadge name={name} code={code} />}
      <div className={form.row}>
        <Button size="xs" variant="default" loading={make.isPending} onClick={() => make.act(undefined, ({ badge }) => setCode(badge))}>
          {t(hasBadge ? "office.staff.badge_another" : "office.staff.badge_make")}
        </Button>
        {hasBadge ? (
          <Button
            size="xs"
            variant="default"
            loading={take.isPending}
            onClick={() =>
              take.act(undefined, () => {
                setCode("");
                showToast(t("office.staff.badge_taken"));
              })
            }
          >
            {t("office.staff.badge_take")}
          </Button>
        ) : null}
      </div>
    </Part>
  );
}

/** The code, shown this once, and the card that is printed of it. */
function NewBadge({ name, code }: { readonly name: string; readonly code: string }) {
  return (
    <div className={styles.new} role="status">
      <QrCode text={code} label={t("office.staff.badge")} size={144} />
      <p>{t("office.staff.badge_once")}</p>
      <Button size="xs" onClick={() => print()}>
        {t("office.staff.badge_print")}
      </Button>
      {createPortal(
        <div className={styles.card} aria-hidden>
          <QrCode text={code} label="" size={144} />
          <strong>{name}</strong>
        </div>,
        document.body,
      )}
    </div>
  );
}

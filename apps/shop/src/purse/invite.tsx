import { useMutation } from "@tanstack/react-query";
import { formatDate } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { pathTo } from "../routes.ts";
import { t } from "../t.ts";
import styles from "./purse.module.css";

/** A link that lets one person in. It is shown once: whoever loses it is sent another. */
export function Invite() {
  const [maySpend, setMaySpend] = useState(true);
  const invite = useMutation({
    mutationFn: () => api.ask("loyalty.inviteToPool", { params: { id: "me" }, body: { maySpend } }),
    onSuccess: ({ code }) => copy(code),
  });
  const copy = async (code: string): Promise<void> => {
    await navigator.clipboard?.writeText(linkOf(code)).catch(() => undefined); // shown below all the same
    showToast(t("shop.purse.copied"));
  };
  return (
    <section className={styles.invite} aria-labelledby="invite-title">
      <h2 id="invite-title">{t("shop.purse.invite")}</h2>
      <label className={styles.allow}>
        <input type="checkbox" checked={maySpend} onChange={({ target }) => setMaySpend(target.checked)} />
        {t("shop.purse.may_spend")}
      </label>
      <Button busy={invite.isPending} onClick={() => invite.mutate()}>
        {t("shop.purse.make_link")}
      </Button>
      {invite.data ? (
        <p>
          <output className={styles.link}>{linkOf(invite.data.code)}</output>
          <span className={styles.quiet}>{t("shop.purse.link_until", { at: formatDate(invite.data.expiresAt) })}</span>
        </p>
      ) : null}
      {invite.error ? <ProblemNote error={invite.error} /> : null}
    </section>
  );
}

const linkOf = (code: string): string => new URL(pathTo("joinPurse", { code }), window.location.href).href;

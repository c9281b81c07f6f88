import { useQuery } from "@tanstack/react-query";
import { Button } from "@weft/ui/shop/button.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { stateQuery } from "../device/session.ts";
import { useTill } from "../device/till-context.ts";
import { useOutboxState } from "../outbox/register-outbox.ts";
import { t } from "../t.ts";
import { leads, useOwnJournal, useSignHere } from "./use-signing.ts";

/** Who signs the journal of this register, and the one act by which this till does. */
export function SigningSettings() {
  const { register, staff, currency } = useTill();
  const signs = useQuery(stateQuery(register.id)).data?.signs ?? "nobody";
  const own = useOwnJournal(register.id);
  const { waiting } = useOutboxState();
  const sign = useSignHere(staff.id, currency);
  const isRefused = own !== null && own.refusedAt !== null;
  return (
    <>
      <h3>{t("till.sign.title")}</h3>
      {signs === "here" ? (
        <p role="status">{t("till.sign.here", { key: (own?.keyId ?? "").slice(0, 8) })}</p>
      ) : (
        <p>{t("till.sign.text")}</p>
      )}
      {signs === "nobody" && !leads(staff) ? <p>{t("till.sign.manager")}</p> : null}
      {signs === "nobody" && leads(staff) ? (
        <Button wide busy={sign.isPending} onClick={() => sign.mutate(false)}>
          {t("till.sign.begin")}
        </Button>
      ) : null}
      {isRefused ? (
        <>
          <p role="alert">{t("till.sign.refused")}</p>
          {/* What was signed with the old key is sent first: the hub would refuse it behind the new one. */}
          <Button wide busy={sign.isPending} disabled={waiting > 0} onClick={() => sign.mutate(true)}>
            {t("till.sign.renew")}
          </Button>
        </>
      ) : null}
      {sign.error ? <ProblemNote error={sign.error} /> : null}
    </>
  );
}

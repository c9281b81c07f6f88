import { useMutation } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import type { RegisterView, SessionView } from "@weft/contracts/client";
import { Button } from "@weft/ui/shop/button.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { leads } from "../book/use-signing.ts";
import { restoreStorage } from "../outbox/register-outbox.ts";
import { pairWithBridge } from "../print/bridge.ts";
import { BridgePairing, BridgeTrouble } from "../print/bridge-pairing.tsx";
import { USUAL_BRIDGE } from "../print/use-pairing.ts";
import { keeperAt } from "../print/copy-keeper.ts";
import { bridgeSetup, setBridge } from "../print/setup.ts";
import { t } from "../t.ts";
import styles from "./device.module.css";

type EmptiedProps = {
  readonly register: RegisterView;
  readonly staff: NonNullable<SessionView["staff"]>;
  readonly onDone: () => void;
  readonly switchStaff: () => void;
};

/**
 * This browser keeps nothing of its register, and the hub has acts of it: the register is locked until its second copy was asked, or a manager says
 * that there is none. Either way the journal has what was found and what is missing [OUT-10].
 */
export function EmptiedScreen({ register, staff, onDone, switchStaff }: EmptiedProps) {
  const [url, setUrl] = useState(bridgeSetup()?.url ?? USUAL_BRIDGE);
  const [code, setCode] = useState("");
  const isPaired = bridgeSetup() !== null;
  const done = (found: number): void => {
    showToast(t("till.emptied.found", { count: found }));
    onDone();
  };
  const ask = useMutation({
    networkMode: "always",
    mutationFn: async () => {
      const bridge = bridgeSetup() ?? (await pairWithBridge(url, code, register));
      setBridge(bridge);
      return restoreStorage(keeperAt(bridge));
    },
    onSuccess: done,
  });
  const goOn = useMutation({ networkMode: "always", mutationFn: () => restoreStorage(null), onSuccess: onDone });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    ask.mutate();
  };
  return (
    <section className={styles.screen} aria-labelledby="emptied-title">
      <form className={styles.card} onSubmit={submit}>
        <p className={styles.lead}>
          {register.name} · {staff.name}
        </p>
        <h1 id="emptied-title">{t("till.emptied.title")}</h1>
        <p>{t("till.emptied.text", { last: register.lastSeq })}</p>
        {isPaired ? null : <BridgePairing url={url} code={code} onUrl={setUrl} onCode={setCode} />}
        <BridgeTrouble error={ask.error} />
        <Button kind="primary" wide type="submit" busy={ask.isPending}>
          {t("till.emptied.ask")}
        </Button>
        {leads(staff) ? (
          <Button wide busy={goOn.isPending} onClick={() => goOn.mutate()}>
            {t("till.emptied.go_on")}
          </Button>
        ) : (
          <p>{t("till.emptied.manager")}</p>
        )}
        <Button kind="quiet" wide onClick={switchStaff}>
          {t("till.open.other_person")}
        </Button>
      </form>
    </section>
  );
}

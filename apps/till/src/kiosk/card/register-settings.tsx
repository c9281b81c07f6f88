import { useMutation, useQuery } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { SelectField } from "@weft/ui/shop/select-field.tsx";
import { api } from "../../api.ts";
import { restoreStorage } from "../../outbox/register-outbox.ts";
import { BridgePairing, BridgeTrouble } from "../../print/bridge-pairing.tsx";
import { useBridgeDevices } from "../../print/bridge-printers.tsx";
import { pairedKeeper } from "../../print/copy-keeper.ts";
import { bridgeSetup, onSetup, setBridge, setTerminal, terminalSetup } from "../../print/setup.ts";
import { usePairing } from "../../print/use-pairing.ts";
import { t } from "../../t.ts";
import { openKioskRegister, RegisterLocked, type CardKiosk } from "./register.ts";
import styles from "../kiosk.module.css";

/** The terminal beside the kiosk, and whether its register can sell. */
export function RegisterSettings({ kiosk }: { readonly kiosk: CardKiosk }) {
  const bridge = useSyncExternalStore(onSetup, bridgeSetup);
  return (
    <section className={styles.settings} aria-label={t("till.kiosk.register")}>
      <h3>{t("till.kiosk.register")}</h3>
      <RegisterState kiosk={kiosk} />
      {bridge ? (
        <>
          <p>{t("till.print.paired", { name: bridge.name })}</p>
          <TerminalChoice />
          <Button kind="quiet" onClick={() => setBridge(null)}>
            {t("till.print.unpair")}
          </Button>
        </>
      ) : (
        <Pairing kiosk={kiosk} />
      )}
    </section>
  );
}

function RegisterState({ kiosk }: { readonly kiosk: CardKiosk }) {
  const state = useQuery({
    queryKey: ["kiosk-register", kiosk.registerId],
    queryFn: async () => {
      await openKioskRegister(kiosk);
      return "ready" as const;
    },
    networkMode: "always",
    retry: false,
    staleTime: 0,
  });
  const takeUp = useMutation({
    networkMode: "always",
    mutationFn: () => restoreStorage(pairedKeeper()),
    onSuccess: () => state.refetch(),
  });
  if (state.isPending) return <p>{t("till.kiosk.register_looks")}</p>;
  if (state.isSuccess) return <p role="status">{t("till.kiosk.register_ready")}</p>;
  const { error } = state;
  if (!(error instanceof RegisterLocked)) return <p role="alert">{problemText(error)}</p>;
  return (
    <>
      <p role="alert">{t(`till.kiosk.register_${error.because}`)}</p>
      {error.because === "emptied" ? (
        <Button wide busy={takeUp.isPending} onClick={() => takeUp.mutate()}>
          {t(bridgeSetup() ? "till.emptied.ask" : "till.emptied.go_on")}
        </Button>
      ) : null}
      <BridgeTrouble error={takeUp.error} />
    </>
  );
}

function TerminalChoice() {
  const own = useSyncExternalStore(onSetup, terminalSetup);
  const devices = useBridgeDevices();
  const terminals = (devices.data ?? []).filter(({ kind }) => kind === "terminal");
  if (devices.isError) return <p role="alert">{t("till.print.problem.bridge_unreachable")}</p>;
  return (
    <SelectField
      label={t("till.terminal.own")}
      value={own?.id ?? ""}
      onChoose={(id) => {
        const chosen = terminals.find((one) => one.id === id);
        setTerminal(chosen ? { id: chosen.id, name: chosen.name } : null);
      }}
    >
      <option value="">{t("till.terminal.none")}</option>
      {terminals.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}

function Pairing({ kiosk }: { readonly kiosk: CardKiosk }) {
  const register = { id: kiosk.registerId, name: kiosk.placeName };
  const config = useQuery({ queryKey: ["config"], queryFn: () => api.config() });
  const { fields, submit, isPairing, error, demo } = usePairing(register, setBridge);
  return (
    <form className={styles.settings} onSubmit={submit}>
      <p>{t("till.kiosk.terminal_text")}</p>
      {config.data?.demo ? (
        <Button wide busy={demo.isPending} onClick={() => demo.mutate()}>
          {t("till.print.bridge_demo")}
        </Button>
      ) : null}
      <BridgePairing {...fields} />
      <BridgeTrouble error={error} />
      <Button type="submit" busy={isPairing}>
        {t("till.print.pair")}
      </Button>
    </form>
  );
}

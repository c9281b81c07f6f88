import { Field } from "@weft/ui/shop/field.tsx";
import { t } from "../t.ts";
import { BridgeError } from "./bridge.ts";

type PairingProps = {
  readonly url: string;
  readonly code: string;
  readonly onUrl: (url: string) => void;
  readonly onCode: (code: string) => void;
};

/** Where the store's bridge answers, and the code that stands on it. */
export function BridgePairing({ url, code, onUrl, onCode }: PairingProps) {
  return (
    <>
      <Field label={t("till.print.bridge_address")} required value={url} onChange={({ target }) => onUrl(target.value)} />
      <Field
        label={t("till.print.bridge_code")}
        inputMode="numeric"
        autoComplete="off"
        required
        value={code}
        onChange={({ target }) => onCode(target.value)}
      />
    </>
  );
}

/** Why the bridge could not be paired, or did not answer. */
export function BridgeTrouble({ error }: { readonly error: Error | null }) {
  if (!error) return null;
  const isWrongCode = error instanceof BridgeError && error.code === "bridge.code_wrong";
  return <p role="alert">{t(isWrongCode ? "till.print.code_wrong" : "till.print.problem.bridge_unreachable")}</p>;
}

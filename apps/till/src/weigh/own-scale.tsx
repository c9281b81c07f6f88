import { SelectField } from "@weft/ui/shop/select-field.tsx";
import { useBridgeDevices } from "../print/bridge-printers.tsx";
import { setScale } from "../print/setup.ts";
import { t } from "../t.ts";
import { useOwnScale } from "./use-scale.ts";

/** The scale beside this till, if the bridge has one. */
export function OwnScale() {
  const own = useOwnScale();
  const devices = useBridgeDevices();
  const scales = (devices.data ?? []).filter(({ kind }) => kind === "scale");
  if (scales.length === 0) return null;
  return (
    <SelectField
      label={t("till.weigh.own")}
      value={own?.id ?? ""}
      onChoose={(id) => {
        const chosen = scales.find((one) => one.id === id);
        setScale(chosen ? { id: chosen.id, name: chosen.name } : null);
      }}
    >
      <option value="">{t("till.weigh.none")}</option>
      {scales.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}

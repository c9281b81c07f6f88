import type { PlaceGroupView } from "@weft/contracts/client";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { SETTINGS, settingKeys } from "../../../../hub/src/modules/places/domain/index.ts";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { Beside, Part } from "../common/beside.tsx";
import form from "../common/form.module.css";
import { keepGroup } from "../common/places.ts";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { SettingRow } from "./settings.tsx";

/** A group of places: what it sets holds for every place below that does not set it itself. */
export function GroupBeside({ group, onClose }: { readonly group: PlaceGroupView; readonly onClose: () => void }) {
  const may = useMay();
  const save = useAct(
    (settings: Record<string, unknown>) => api.ask("places.updateGroup", { params: { id: group.id }, body: { settings } }),
    [["places"]],
    keepGroup,
  );
  const change = (key: string, value: unknown): void => {
    const before = group.settings[key] ?? null;
    save.mutate({ [key]: value }, { onSuccess: () => showToast(t("office.saved"), () => save.mutate({ [key]: before })) });
  };
  return (
    <Beside title={group.name} onClose={onClose}>
      <p className={form.quiet}>{t("office.stores.group_text")}</p>
      <p role="alert" className={form.error}>
        {save.error ? problemText(save.error) : null}
      </p>
      <Part title={t("office.stores.settings")}>
        <ul className={form.rows}>
          {settingKeys().map((key) => {
            const own = group.settings[key];
            return (
              <SettingRow
                key={`${key} ${JSON.stringify(own)}`}
                name={key}
                value={own ?? SETTINGS[key].fallback}
                isOwn={own !== undefined}
                source={own === undefined ? t("office.stores.from_above") : t("office.stores.from_here")}
                isReadOnly={!may("places.updateGroup")}
                onChange={(value) => change(key, value)}
              />
            );
          })}
        </ul>
      </Part>
    </Beside>
  );
}

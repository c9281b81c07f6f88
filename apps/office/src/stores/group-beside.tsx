import type { BodyOf, PlaceGroupView, PlaceTreeView } from "@weft/contracts/client";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { mayStandBelow, SETTINGS, settingKeys } from "../../../../hub/src/modules/places/domain/index.ts";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { Beside, Part } from "../common/beside.tsx";
import form from "../common/form.module.css";
import { currenciesBelow } from "../common/currencies.ts";
import { keepGroup } from "../common/places.ts";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { GroupSelect } from "./group-select.tsx";
import { SettingRow } from "./settings.tsx";

type Props = {
  readonly group: PlaceGroupView;
  readonly tree: PlaceTreeView;
  readonly onClose: () => void;
};

/** A group of places: what it sets holds for every place below that does not set it itself. */
export function GroupBeside({ group, tree, onClose }: Props) {
  const may = useMay();
  const save = useAct(
    (body: BodyOf<"places.updateGroup">) => api.ask("places.updateGroup", { params: { id: group.id }, body }),
    [["places"]],
    keepGroup,
  );
  const change = (key: string, value: unknown): void => {
    const before = group.settings[key] ?? null;
    const undo = (): void => save.mutate({ settings: { [key]: before } });
    save.act({ settings: { [key]: value } }, () => showToast(t("office.saved"), undo));
  };
  const move = (parentId: string | null): void => {
    const undo = (): void => save.mutate({ parentId: group.parentId });
    save.act({ parentId }, () => showToast(t("office.saved"), undo));
  };
  return (
    <Beside title={group.name} onClose={onClose}>
      <p className={form.quiet}>{t("office.stores.group_text")}</p>
      <GroupSelect
        label={t("office.stores.above")}
        groups={tree.groups.filter(({ id }) => mayStandBelow(tree.groups, group.id, id))}
        value={group.parentId}
        isReadOnly={!may("places.updateGroup")}
        onChange={move}
      />
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
                currencies={currenciesBelow(tree, group.id)}
                onChange={(value) => change(key, value)}
              />
            );
          })}
        </ul>
      </Part>
    </Beside>
  );
}

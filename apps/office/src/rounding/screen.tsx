import { ActionIcon, NativeSelect } from "@mantine/core";
import IconArrowBackUp from "@tabler/icons-react/dist/esm/icons/IconArrowBackUp.mjs";
import { queryOptions, useQuery } from "@tanstack/react-query";
import type { RoundingSettingView } from "@weft/contracts/client";
import { Page } from "@weft/ui/kit/app-frame.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import type { ReactElement } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { countryName } from "../common/text.ts";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import styles from "./rounding.module.css";

type Policy = RoundingSettingView["inForce"];

const LEVELS = ["line", "rate", "ticket"] as const;
const MODES = ["half_up", "half_even", "down"] as const;

const roundingQuery = queryOptions({
  queryKey: ["rounding"],
  queryFn: async ({ signal }) => (await api.ask("rounding.list", { signal })).items,
});

/** How tax is rounded: by country, and where a legal entity has its own way within the law; each with where it comes from. */
export function RoundingScreen(): ReactElement {
  const rounding = useQuery(roundingQuery);
  return (
    <Page title={t("office.nav.rounding")}>
      <p className={styles.about}>{t("office.rounding.about")}</p>
      {rounding.isPending ? (
        <ScreenSkeleton />
      ) : rounding.isError ? (
        <ProblemNote error={rounding.error} onRetry={rounding.refetch} />
      ) : (
        <ul className={styles.rows}>
          {rounding.data.map((setting) => (
            <Setting key={`${setting.country} ${setting.entityId} ${JSON.stringify(setting.inForce)}`} setting={setting} />
          ))}
        </ul>
      )}
      <p className={styles.about}>{t("office.rounding.cash")}</p>
    </Page>
  );
}

/** One policy: its level and its way with halves, where it comes from, and the way back to what stands above it. */
function Setting({ setting: { country, entityId, entityName, own, inForce, from } }: { readonly setting: RoundingSettingView }) {
  const may = useMay()("rounding.set");
  const save = useAct(
    (policy: Policy | null) => api.ask("rounding.set", { params: { country }, body: { entityId, policy } }),
    [],
    (queries, { items }) => queries.setQueryData(roundingQuery.queryKey, items),
  );
  const name = entityName ?? countryName(country);
  const set = (policy: Policy | null): void => save.act(policy, () => showToast(t("office.saved"), () => save.mutate(own)));
  return (
    <li data-entity={entityId !== null || undefined}>
      <strong>{name}</strong>
      <NativeSelect
        size="xs"
        aria-label={t("office.rounding.level_of", { name })}
        value={inForce.level}
        disabled={!may}
        data={LEVELS.map((level) => ({ value: level, label: t(`office.rounding.level.${level}`) }))}
        onChange={({ currentTarget }) => set({ ...inForce, level: LEVELS.find((level) => level === currentTarget.value) ?? inForce.level })}
      />
      <NativeSelect
        size="xs"
        aria-label={t("office.rounding.mode_of", { name })}
        value={inForce.mode}
        disabled={!may}
        data={MODES.map((mode) => ({ value: mode, label: t(`office.rounding.mode.${mode}`) }))}
        onChange={({ currentTarget }) => set({ ...inForce, mode: MODES.find((mode) => mode === currentTarget.value) ?? inForce.mode })}
      />
      <small>{own ? t("office.stores.from_here") : from === "country" ? countryName(country) : t("office.stores.from_default")}</small>
      {own && may ? (
        <ActionIcon
          variant="default"
          aria-label={t("office.stores.inherit", { name })}
          title={t("office.stores.inherit", { name })}
          onClick={() => set(null)}
        >
          <IconArrowBackUp size={16} stroke={1.75} aria-hidden />
        </ActionIcon>
      ) : null}
    </li>
  );
}

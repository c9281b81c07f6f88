import { Button, NativeSelect } from "@mantine/core";
import { useQuery, type QueryClient } from "@tanstack/react-query";
import type { PlaceView, StoreView } from "@weft/contracts/client";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { formatTime } from "@weft/ui/i18n/format.ts";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { Part } from "../common/beside.tsx";
import form from "../common/form.module.css";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";

/** What a store in a rush says most: for how long nothing is taken ahead, or how much longer everything takes for an hour. */
const CHOICES = [
  { value: "pause-15", minutes: 15, waitMinutes: null },
  { value: "pause-30", minutes: 30, waitMinutes: null },
  { value: "pause-60", minutes: 60, waitMinutes: null },
  { value: "slow-10", minutes: 60, waitMinutes: 10 },
  { value: "slow-20", minutes: 60, waitMinutes: 20 },
] as const;

/** How the store prepares now, and a word that changes it for a while; it ends by itself. */
export function PlacePace({ place }: { readonly place: PlaceView }) {
  const may = useMay();
  const store = useQuery({
    queryKey: ["stores", place.id],
    queryFn: ({ signal }) => api.ask("stores.read", { params: { id: place.id }, signal }),
    refetchInterval: 30_000,
  });
  const [chosen, setChosen] = useState<string>(CHOICES[1].value);
  const choice = CHOICES.find(({ value }) => value === chosen) ?? CHOICES[1];
  const body = { minutes: choice.minutes, waitMinutes: choice.waitMinutes };
  const touched = [["stores", place.id]];
  const keep = (queries: QueryClient, pace: StoreView["pace"]): void =>
    void queries.setQueryData<StoreView>(["stores", place.id], (known) => known && { ...known, pace });
  const set = useAct(() => api.ask("pace.set", { params: { id: place.id }, body }), touched, keep);
  const end = useAct(
    () => api.ask("pace.end", { params: { id: place.id } }),
    touched,
    (queries) => keep(queries, null),
  );
  const pace = store.data?.pace ?? null;
  const error = set.error ?? end.error ?? store.error;
  return (
    <Part title={t("office.pace.title")}>
      <p className={form.quiet} role="status">
        {pace === null
          ? t("office.pace.always")
          : t(pace.isAway ? "office.pace.away" : pace.waitMinutes === null ? "office.pace.paused" : "office.pace.slowed", {
              minutes: pace.waitMinutes ?? 0,
              time: formatTime(pace.until, { timeZone: place.timeZone }),
            })}
      </p>
      {may("pace.set") && pace !== null && !pace.isAway ? (
        <Button variant="default" loading={end.isPending} onClick={() => end.mutate(undefined)}>
          {t("office.pace.end")}
        </Button>
      ) : null}
      {may("pace.set") && pace === null ? (
        <div className={form.row}>
          <NativeSelect
            label={t("office.pace.choose")}
            value={chosen}
            data={CHOICES.map(({ value, minutes, waitMinutes }) => ({
              value,
              label: waitMinutes === null ? t("office.pace.pause_for", { minutes }) : t("office.pace.slow_by", { minutes: waitMinutes }),
            }))}
            onChange={({ currentTarget }) => setChosen(currentTarget.value)}
          />
          <Button variant="default" loading={set.isPending} onClick={() => set.mutate(undefined)}>
            {t("office.pace.set")}
          </Button>
        </div>
      ) : null}
      <p role="alert" className={form.error}>
        {error ? problemText(error) : null}
      </p>
    </Part>
  );
}
